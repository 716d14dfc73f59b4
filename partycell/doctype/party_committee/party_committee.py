from frappe.utils.nestedset import NestedSet

from partycell.organisation import committees


class PartyCommittee(NestedSet):
	def validate(self):
		committees.check(self)

	def on_update(self):
		super().on_update()
		committees.give_roles(self)
