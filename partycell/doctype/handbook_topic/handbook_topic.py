from frappe.model.document import Document


class HandbookTopic(Document):
	pass
