from frappe.model.document import Document

from partycell.organisation import terms


class SecretaryTerm(Document):
	def before_insert(self):
		terms.begin(self)

	def validate(self):
		terms.check(self)

	def on_update(self):
		terms.follow(self)

	def db_insert(self, *args, **kwargs):
		terms.write_first(self, super().db_insert, *args, **kwargs)

	def db_update(self):
		terms.write_first(self, super().db_update)
