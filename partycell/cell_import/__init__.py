"""Committees, cells, secretaries and folders from a spreadsheet: first looked at, then all or nothing."""
