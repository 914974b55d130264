"""Sounds of answers with what is said in them, made or fetched on the machine that measures."""
