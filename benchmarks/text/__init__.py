"""Texts judged without sound: cases, operator sweep, metamorphic checks, plain baselines."""
