from frappe.model.document import Document

from partycell import reorganisation, reorganisation_form, reorganisation_undo


class Reorganisation(Document):
	def onload(self):
		self.set_onload("told", reorganisation_form.of(self))

	def validate(self):
		reorganisation.check(self)

	def before_submit(self):
		reorganisation.guard(self)

	def on_submit(self):
		reorganisation.carry_out(self)

	def before_cancel(self):
		reorganisation_undo.guard(self)

	def on_cancel(self):
		reorganisation_undo.take_back(self)

	def on_trash(self):
		reorganisation.refuse_delete(self)
