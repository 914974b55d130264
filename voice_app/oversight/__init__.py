"""People over machines: stopping them, signing off, and telling how a decision came about."""
