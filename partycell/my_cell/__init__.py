"""The secretary's page on the phone: its contents, photographs, and what is sent twice and done once."""
