"""How good decisions are, in numbers and plots, and plain judges to compare them with."""
