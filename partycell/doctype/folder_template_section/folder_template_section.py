from frappe.model.document import Document


class FolderTemplateSection(Document):
	pass
