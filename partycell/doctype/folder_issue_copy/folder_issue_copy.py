from frappe.model.document import Document


class FolderIssueCopy(Document):
	pass
