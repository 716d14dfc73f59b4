"""Party cell folders and handbooks that belong to the office and are handed over whole."""

__version__ = "0.1.0"
