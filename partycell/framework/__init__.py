"""What partycell needs of the framework and the databases: one code for MariaDB and SQLite, Frappe 15 and 16."""
