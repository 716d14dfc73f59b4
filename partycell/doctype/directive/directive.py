from frappe.model.document import Document

from partycell.directives import distribution, records


class Directive(Document):
	def onload(self):
		self.set_onload("desk", records.for_form(self))

	def before_insert(self):
		records.begin(self)

	def validate(self):
		records.check(self)

	def before_submit(self):
		distribution.guard(self)

	def on_submit(self):
		distribution.begin(self)

	def before_cancel(self):
		records.refuse_cancel(self)

	def on_discard(self):
		records.free_number(self)

	def db_insert(self, *args, **kwargs):
		records.write_first(self, super().db_insert, *args, **kwargs)

	def db_update(self):
		records.write_first(self, super().db_update)
