from frappe.model.document import Document

from partycell.directives import acknowledgement


class DirectiveAcknowledgement(Document):
	def before_insert(self):
		acknowledgement.begin(self)

	def validate(self):
		acknowledgement.check(self)

	def db_insert(self, *args, **kwargs):
		acknowledgement.write_first(self, super().db_insert, *args, **kwargs)
