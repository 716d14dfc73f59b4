from frappe.model.document import Document

from partycell.handbook import entries, searching


class HandbookNote(Document):
	def onload(self):
		self.set_onload("desk", entries.desk(self))

	def before_insert(self):
		entries.begin(self)

	def validate(self):
		entries.check(self)

	def on_update(self):
		searching.note_words(self)

	def on_trash(self):
		searching.forget_words(self)

	def before_discard(self):
		entries.refuse_discard(self)

	def db_insert(self, *args, **kwargs):
		entries.write_first(self, super().db_insert, *args, **kwargs)
