from frappe.model.document import Document


class ReviewFigure(Document):
	pass
