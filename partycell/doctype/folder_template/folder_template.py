from frappe.model.document import Document

from partycell import provisioning, templating


class FolderTemplate(Document):
	def validate(self):
		templating.check(self)

	def on_update(self):
		templating.make_default(self)
		if not self.flags.in_insert:
			provisioning.provision_template(self.name)
