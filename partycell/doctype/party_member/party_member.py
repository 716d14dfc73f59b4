from frappe.model.document import Document

from partycell.organisation import members


class PartyMember(Document):
	def validate(self):
		members.check(self)

	def on_update(self):
		members.keep_counts(self.cell)

	def on_trash(self):
		members.refuse_delete(self)

	def after_delete(self):
		members.keep_counts(self.cell)
