from frappe.model.document import Document

from partycell.reorganisation import acts, form, undo


class Reorganisation(Document):
	def onload(self):
		self.set_onload("told", form.of(self))

	def validate(self):
		acts.check(self)

	def before_submit(self):
		acts.guard(self)

	def on_submit(self):
		acts.carry_out(self)

	def before_cancel(self):
		undo.guard(self)

	def on_cancel(self):
		undo.take_back(self)

	def on_trash(self):
		acts.refuse_delete(self)
