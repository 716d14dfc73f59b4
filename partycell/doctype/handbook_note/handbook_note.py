from frappe.model.document import Document

from partycell import handbook, handbook_search


class HandbookNote(Document):
	def onload(self):
		self.set_onload("desk", handbook.desk(self))

	def before_insert(self):
		handbook.begin(self)

	def validate(self):
		handbook.check(self)

	def on_update(self):
		handbook_search.note_words(self)

	def on_trash(self):
		handbook_search.forget_words(self)

	def before_discard(self):
		handbook.refuse_discard(self)

	def db_insert(self, *args, **kwargs):
		handbook.write_first(self, super().db_insert, *args, **kwargs)
