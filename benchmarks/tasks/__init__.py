"""How well questions and points are found in free speech, and how long that takes."""
