from frappe.model.document import Document

from partycell.my_cell import sent_once


class SentRequest(Document):
	@staticmethod
	def clear_old_logs(days: int = 30) -> None:
		sent_once.forget(days)
