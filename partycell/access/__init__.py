"""Who may see and change which rows, derived from terms and committee functions; and Frappe's ways past it, closed."""
