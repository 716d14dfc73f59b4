from frappe.model.document import Document

from partycell.desk import forms
from partycell.handover import approval, custody


class Handover(Document):
	def onload(self):
		self.set_onload("desk", forms.handover(self))

	def before_insert(self):
		custody.begin(self)

	def validate(self):
		custody.check(self)

	def on_update(self):
		custody.follow(self)

	def before_submit(self):
		approval.guard_submit(self)

	def on_submit(self):
		approval.carry_out(self)

	def before_cancel(self):
		approval.guard_annul(self)

	def on_cancel(self):
		approval.take_back(self)

	def before_discard(self):
		custody.refuse_discard(self)

	def db_insert(self, *args, **kwargs):
		custody.write_first(self, super().db_insert, *args, **kwargs)
