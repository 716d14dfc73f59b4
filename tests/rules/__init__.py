"""Tests of partycell.rules: plain Python, run anywhere."""
