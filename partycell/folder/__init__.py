"""The folder of a cell: what it must hold, what it holds, its files, and its being issued."""
