from frappe.model.document import Document

from partycell.desk import forms
from partycell.organisation import cells


class Cell(Document):
	def onload(self):
		self.set_onload("desk", forms.cell(self))

	def validate(self):
		cells.check(self)

	def on_update(self):
		cells.fill_folder(self)
