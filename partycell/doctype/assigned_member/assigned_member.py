from frappe.model.document import Document

from partycell.organisation import assigned


class AssignedMember(Document):
	def validate(self):
		assigned.check(self)

	def on_update(self):
		assigned.keep_current(self.cell, self.user)
