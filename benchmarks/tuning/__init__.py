"""Accuracy against time: window, silence after speech and quantization of Whisper."""
