from frappe.model.document import Document

from partycell import terms


class SecretaryTerm(Document):
	def validate(self):
		terms.check(self)

	def on_update(self):
		terms.follow(self)
