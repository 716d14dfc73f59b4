from frappe.model.document import Document


class PartycellSettings(Document):
	pass
