from frappe.model.document import Document

from partycell import cells, desk


class Cell(Document):
	def onload(self):
		self.set_onload("desk", desk.cell(self))

	def validate(self):
		cells.check(self)

	def on_update(self):
		cells.fill_folder(self)
