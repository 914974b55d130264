"""How often a spoken answer is judged as it should be: per language, engine and kind of sound."""
