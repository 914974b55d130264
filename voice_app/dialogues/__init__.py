"""What is said and asked: frameworks, items and the turns of an attempt."""
