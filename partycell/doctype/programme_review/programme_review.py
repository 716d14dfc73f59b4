from frappe.model.document import Document

from partycell import review


class ProgrammeReview(Document):
	def onload(self):
		self.set_onload("review", review.for_form(self))

	def validate(self):
		review.check(self)

	def before_submit(self):
		review.finish(self)

	def before_cancel(self):
		review.refuse_cancel(self)
