"""Entities, annotated sources and what is built from them."""
