"""Pure decisions: is an answer right, is an attempt passed, what is said of it."""
