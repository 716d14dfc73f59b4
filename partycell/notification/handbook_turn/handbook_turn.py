def get_context(context):
	"""Nothing beyond what Frappe gives: the entry itself says for whose attention it is (``awaiting``)."""
