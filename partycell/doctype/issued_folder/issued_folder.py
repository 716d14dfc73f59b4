from frappe.model.document import Document

from partycell import issuing


class IssuedFolder(Document):
	def onload(self):
		self.set_onload("desk", issuing.for_form(self))
