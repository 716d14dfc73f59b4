def get_context(context):
	"""Nothing beyond what Frappe gives: the inspection itself says whose turn it is (``awaiting``)."""
