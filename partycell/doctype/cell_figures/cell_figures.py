from frappe.model.document import Document


class CellFigures(Document):
	pass
