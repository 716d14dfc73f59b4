from frappe.model.document import Document

from partycell.directives import records


class DirectiveKind(Document):
	def validate(self):
		records.check_kind(self)
