"""People a center knows: candidates with their cards, staff with their accounts."""
