"""The coefficients of a verdict: how they are made from development sounds."""
