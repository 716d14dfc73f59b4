from frappe.model.document import Document

from partycell import cells


class Cell(Document):
	def validate(self):
		cells.check(self)

	def on_update(self):
		cells.fill_folder(self)
