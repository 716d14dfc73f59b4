"""Tests: rules/ and the files here need no Frappe; site/ runs on a real site."""
