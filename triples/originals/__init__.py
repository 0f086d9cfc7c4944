"""Passages against the texts they point into."""
