"""Cells merged, split, moved, dissolved: each one act, and each can be taken back."""
