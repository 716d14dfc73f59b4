from frappe.model.document import Document

from partycell.reviews import reviewing


class ProgrammeReview(Document):
	def onload(self):
		self.set_onload("review", reviewing.for_form(self))

	def validate(self):
		reviewing.check(self)

	def before_submit(self):
		reviewing.finish(self)

	def before_cancel(self):
		reviewing.refuse_cancel(self)
