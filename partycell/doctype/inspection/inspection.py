from frappe.model.document import Document

from partycell.desk import inspection_forms
from partycell.inspections import concluding, inspecting


class Inspection(Document):
	def onload(self):
		self.set_onload("desk", inspection_forms.inspection(self))

	def before_insert(self):
		inspecting.begin(self)

	def validate(self):
		inspecting.check(self)

	def on_update(self):
		inspecting.follow(self)

	def before_submit(self):
		concluding.guard_submit(self)

	def on_submit(self):
		concluding.carry_out(self)

	def before_cancel(self):
		inspecting.refuse_cancel(self)

	def before_discard(self):
		inspecting.refuse_cancel(self)

	def db_insert(self, *args, **kwargs):
		inspecting.write_first(self, super().db_insert, *args, **kwargs)
