from frappe.model.document import Document


class PartyCommitteeUser(Document):
	pass
