from frappe.model.document import Document

from partycell.desk import inspection_forms
from partycell.inspections import planning


class InspectionPlan(Document):
	def onload(self):
		self.set_onload("desk", inspection_forms.plan(self))

	def validate(self):
		planning.check(self)

	def on_trash(self):
		planning.refuse_delete(self)
