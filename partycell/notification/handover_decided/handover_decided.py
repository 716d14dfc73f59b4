def get_context(context):
	"""Nothing beyond what Frappe gives: the handover itself names both parties."""
