from frappe.model.document import Document

from partycell.folder import filing


class FolderItem(Document):
	def validate(self):
		filing.check(self)

	def on_update(self):
		filing.follow(self)
