from frappe.model.document import Document

from partycell.inspections import criteria


class CriteriaSet(Document):
	def validate(self):
		criteria.check(self)
