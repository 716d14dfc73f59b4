from frappe.model.document import Document


class FolderItemFile(Document):
	pass
