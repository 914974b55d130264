"""Sound: recordings in, prompts out, and the engines that hear and speak."""
