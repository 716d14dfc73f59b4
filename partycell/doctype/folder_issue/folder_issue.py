from frappe.model.document import Document

from partycell.folder import issuing


class FolderIssue(Document):
	def validate(self):
		issuing.check(self)

	def before_submit(self):
		issuing.guard(self)

	def on_submit(self):
		issuing.begin(self)

	def before_cancel(self):
		issuing.refuse_cancel(self)
