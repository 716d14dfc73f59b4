from frappe.model.document import Document

from partycell.cell_import import importing


class CellImport(Document):
	def validate(self):
		importing.check_document(self)

	def on_trash(self):
		importing.refuse_delete(self)
