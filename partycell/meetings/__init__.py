"""Meetings of a cell: planned, held, concluded, their papers filed."""
