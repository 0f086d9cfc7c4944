"""Wording against statements: what a claim's sentences say that nothing in its graph says."""
