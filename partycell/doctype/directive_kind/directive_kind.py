from frappe.model.document import Document

from partycell import directives


class DirectiveKind(Document):
	def validate(self):
		directives.check_kind(self)
