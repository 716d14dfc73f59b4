from frappe.model.document import Document


class HandbookWord(Document):
	pass
