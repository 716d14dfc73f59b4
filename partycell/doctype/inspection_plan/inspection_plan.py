from frappe.model.document import Document

from partycell import desk_inspection, planning


class InspectionPlan(Document):
	def onload(self):
		self.set_onload("desk", desk_inspection.plan(self))

	def validate(self):
		planning.check(self)

	def on_trash(self):
		planning.refuse_delete(self)
