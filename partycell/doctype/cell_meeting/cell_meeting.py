from frappe.model.document import Document

from partycell.meetings import filing, holding


class CellMeeting(Document):
	def onload(self):
		self.set_onload("desk", holding.for_form(self))

	def validate(self):
		holding.check(self)

	def before_submit(self):
		holding.conclude(self)

	def on_submit(self):
		filing.enqueue(self.name)

	def before_cancel(self):
		holding.refuse_cancel(self)

	def before_discard(self):
		holding.refuse_cancel(self)

	def db_insert(self, *args, **kwargs):
		holding.write_first(self, super().db_insert, *args, **kwargs)
