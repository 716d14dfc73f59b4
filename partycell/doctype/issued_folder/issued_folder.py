from frappe.model.document import Document

from partycell.folder import issuing


class IssuedFolder(Document):
	def onload(self):
		self.set_onload("desk", issuing.for_form(self))
