from frappe.model.document import Document


class CellSection(Document):
	pass
