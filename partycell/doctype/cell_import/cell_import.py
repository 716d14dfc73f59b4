from frappe.model.document import Document

from partycell import cell_import


class CellImport(Document):
	def validate(self):
		cell_import.check_document(self)

	def on_trash(self):
		cell_import.refuse_delete(self)
