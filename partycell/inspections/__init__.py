"""Inspections: planned, scored from live facts, answered, concluded, reported."""
