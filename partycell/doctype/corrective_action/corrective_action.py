from frappe.model.document import Document

from partycell import corrective


class CorrectiveAction(Document):
	def validate(self):
		corrective.check(self)
