"""Tests on a real site; scripts/test.py makes the site, see conftest.py for the fixtures."""
