from frappe.model.document import Document

from partycell.access import permissions


class HandoverItem(Document):
	def has_permission(self, permtype="read", **kwargs):
		return permissions.of_row(self, super().has_permission, permtype, **kwargs)
