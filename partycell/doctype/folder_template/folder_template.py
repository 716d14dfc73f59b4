from frappe.model.document import Document

from partycell.folder import provisioning, templating


class FolderTemplate(Document):
	def validate(self):
		templating.check(self)

	def on_update(self):
		templating.make_default(self)
		provisioning.provision_template(self.name)
