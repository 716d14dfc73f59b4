def get_context(context):
	"""Nothing beyond what Frappe gives: the handover itself says whose turn it is (``awaiting``)."""
