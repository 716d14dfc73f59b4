from frappe.model.document import Document


class FolderTemplateItem(Document):
	pass
