"""Who did what, in a chain that shows where it was bent."""
