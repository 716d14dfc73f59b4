from frappe.model.document import Document

from partycell import directives, distribution


class Directive(Document):
	def onload(self):
		self.set_onload("desk", directives.for_form(self))

	def before_insert(self):
		directives.begin(self)

	def validate(self):
		directives.check(self)

	def before_submit(self):
		distribution.guard(self)

	def on_submit(self):
		distribution.begin(self)

	def before_cancel(self):
		directives.refuse_cancel(self)

	def on_discard(self):
		directives.free_number(self)

	def db_insert(self, *args, **kwargs):
		directives.write_first(self, super().db_insert, *args, **kwargs)

	def db_update(self):
		directives.write_first(self, super().db_update)
