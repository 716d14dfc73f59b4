from frappe.model.document import Document

from partycell import meeting_filing, meetings


class CellMeeting(Document):
	def onload(self):
		self.set_onload("desk", meetings.for_form(self))

	def validate(self):
		meetings.check(self)

	def before_submit(self):
		meetings.conclude(self)

	def on_submit(self):
		meeting_filing.enqueue(self.name)

	def before_cancel(self):
		meetings.refuse_cancel(self)

	def before_discard(self):
		meetings.refuse_cancel(self)

	def db_insert(self, *args, **kwargs):
		meetings.write_first(self, super().db_insert, *args, **kwargs)
