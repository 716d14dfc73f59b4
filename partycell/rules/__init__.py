"""What is right: plain functions and dataclasses, given values and dates, that return values.

Nothing here imports frappe, opens a file or asks for today's date. See README.md for which file
holds which rule.
"""
