from frappe.model.document import Document


class HandoverOpenMatter(Document):
	pass
