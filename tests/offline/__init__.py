"""`python -m partycell`: tests that need no Frappe and no site."""
