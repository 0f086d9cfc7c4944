"""Tests of endpoint."""
