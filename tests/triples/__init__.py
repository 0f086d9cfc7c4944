"""Tests of triples."""
