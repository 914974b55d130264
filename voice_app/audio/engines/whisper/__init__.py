"""Whisper on ONNX Runtime: a free transcript, and how likely each given phrase is."""

from voice_app.audio.engines.whisper.recognizer import Tuning, WhisperRecognizer

__all__ = ["Tuning", "WhisperRecognizer"]
