from frappe.model.document import Document

from partycell.corrective import actions


class CorrectiveAction(Document):
	def validate(self):
		actions.check(self)
