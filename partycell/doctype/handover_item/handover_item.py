from frappe.model.document import Document


class HandoverItem(Document):
	pass
