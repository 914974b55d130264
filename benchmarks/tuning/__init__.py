"""Accuracy against time: window, silence after speech, beams and quantization of Whisper."""
