"""A realm for the permission matrix: everybody who can stand in a relation to a cell, and its records."""

from dataclasses import dataclass

import frappe
from frappe.utils import add_days, today

from partycell import api
from tests.site import factories as make

PLACES = ("home", "beside", "far")
"""The cell in question, one beside it under the same committee, and one under another committee."""


@dataclass
class Realm:
	"""people: who: user name; records: DocType: one record's name for each of ``PLACES``; file: one at home."""

	people: dict[str, str]
	records: dict[str, tuple[str, str, str]]
	committees: dict[str, str]
	file: str

	def name(self, doctype: str, place: str) -> str:
		"""The record of a DocType in a place."""
		return self.records[doctype][PLACES.index(place)]

	def new(self, doctype: str, place: str):
		"""A document that is not saved yet, as somebody would make it in a place."""
		cell, committee = self.name("Cell", place), self.committees[place]
		values = {
			"Party Committee": {"committee_name": "Mới", "parent_party_committee": committee},
			"Cell": {"cell_name": "Mới", "committee": committee},
			"Secretary Term": {"cell": cell, "user": self.people["nobody"], "from_date": today()},
			"Folder Item": {"cell": cell, "title": "Mới"},
			"Handover": {"cell": cell, "reason": "Congress", "receiver": self.people["nobody"]},
			"Corrective Action": {"cell": cell, "subject": "Mới", "due_on": today()},
			"Folder Template": {
				"template_name": "Mới",
				"sections": [{"code": "A", "title": "A"}],
				"items": [{"code": "A1", "title": "A1"}],
			},
			"Directive Kind": {"code": "ZZ", "abbreviation": "ZZ", "kind_name": "Mới"},
			"Directive": {
				"subject": "Mới",
				"kind": "NQ",
				"number_symbol": "99-NQ/ĐU",
				"issued_on": today(),
				"issuer": committee,
				"targets": [{"committee": committee}],
			},
			"Directive Acknowledgement": {"cell": cell, "directive": self.name("Directive", place)},
			"Partycell Settings": {},
		}
		return frappe.new_doc(doctype).update(values[doctype])


def build() -> Realm:
	"""Makes and commits the realm; the session is Administrator's."""
	frappe.set_user("Administrator")
	people = {who: make.user(name, *roles) for who, (name, roles) in PEOPLE.items()}
	committees = _committees(people)
	cells = {place: make.cell(committees[place], f"Chi bộ {place}") for place in PLACES}
	make.term(cells["home"], people["former"], add_days(today(), -900), add_days(today(), -500))
	# Closed on the first day that is not read any more, and on the last that is.
	make.term(cells["home"], people["late"], add_days(today(), -499), add_days(today(), -31))
	make.term(cells["home"], people["predecessor"], add_days(today(), -31), add_days(today(), -30))
	terms = {
		"home": make.term(cells["home"], people["secretary"], add_days(today(), -29)),
		"beside": make.term(cells["beside"], people["beside_secretary"]),
		"far": make.term(cells["far"], people["far_secretary"]),
	}
	slots = {place: _present(cells[place]) for place in PLACES}
	givers = {"home": "secretary", "beside": "beside_secretary", "far": "far_secretary"}
	handovers = {}
	for place, giver in givers.items():
		frappe.set_user(people[giver])
		doc = frappe.new_doc("Handover")
		receiver = people["receiver" if place == "home" else "beside_receiver"]
		doc.update({"cell": cells[place], "reason": "Congress", "receiver": receiver})
		handovers[place] = doc.insert().name
	frappe.set_user(people["secretary"])
	file = make.attach(slots["home"], b"%PDF home", name="cua-chi-bo.pdf")
	api.deliver(handovers["home"], make.SIGNATURE)
	frappe.set_user(people["receiver"])
	api.mark_rest_present(handovers["home"])
	api.receive(handovers["home"], make.SIGNATURE)
	frappe.set_user("Administrator")
	actions = {place: _action(cells[place], people["secretary"]) for place in PLACES}
	issued, acknowledged = {}, {}
	for place, who in givers.items():
		frappe.set_user("Administrator")
		issued[place] = make.directive(
			committees[place], f"Nghị quyết {place}", cells=[cells[place]], acknowledgement_asked=1
		)
		frappe.set_user(people[who])
		acknowledged[place] = make.acknowledgement(issued[place], cells[place])
	frappe.set_user("Administrator")
	template = frappe.db.get_value("Folder Template", {"is_default": 1})
	records = {
		"Party Committee": (committees["home"], committees["above"], committees["far"]),
		"Cell": _in_order(cells),
		"Secretary Term": _in_order(terms),
		"Folder Item": _in_order(slots),
		"Handover": _in_order(handovers),
		"Corrective Action": _in_order(actions),
		"Directive": _in_order(issued),
		"Directive Acknowledgement": _in_order(acknowledged),
		"Directive Kind": ("NQ",) * 3,
		"Folder Template": (template,) * 3,
		"Partycell Settings": ("Partycell Settings",) * 3,
	}
	frappe.db.commit()
	return Realm(people, records, committees, file.name)


ALL = ("Cell Secretary", "Committee Officer", "Inspector")
PEOPLE = {
	"secretary": ("Bí thư", ()),
	"beside_secretary": ("Bí thư bên cạnh", ()),
	"far_secretary": ("Bí thư nơi khác", ()),
	"officer": ("Cấp ủy", ()),
	"inspector": ("Kiểm tra", ()),
	"officer_above": ("Cấp ủy cấp trên", ()),
	"inspector_above": ("Kiểm tra cấp trên", ()),
	"far_officer": ("Cấp ủy nơi khác", ()),
	"officer_before": ("Cấp ủy đã thôi", ()),
	"officer_to_be": ("Cấp ủy sắp tới", ()),
	"predecessor": ("Bí thư vừa thôi", ("Cell Secretary",)),
	"late": ("Bí thư thôi đã lâu", ("Cell Secretary",)),
	"former": ("Bí thư khóa trước", ("Cell Secretary",)),
	"receiver": ("Bên nhận", ()),
	"beside_receiver": ("Bên nhận bên cạnh", ("Cell Secretary",)),
	"nobody": ("Người ngoài", ALL),
	"manager": ("Quản lý", ("Partycell Manager",)),
	"administrator": ("Quản trị", ("System Manager",)),
	"stranger": ("Không vai trò", ()),
}


def _committees(people: dict[str, str]) -> dict[str, str]:
	above = make.committee(
		"Đảng bộ tỉnh", "Province", officer=people["officer_above"], inspector=people["inspector_above"]
	)
	home = make.committee(
		"Đảng ủy phường", parent=above, officer=people["officer"], inspector=people["inspector"]
	)
	far = make.committee("Đảng ủy xã khác", officer=people["far_officer"])
	doc = frappe.get_doc("Party Committee", home)
	for who, since, until in (("officer_before", -30, -1), ("officer_to_be", 1, None)):
		days = {"from_date": add_days(today(), since), "to_date": until and add_days(today(), until)}
		doc.append("users", {"user": people[who], "function": "Officer", **days})
	doc.save()
	return {"home": home, "beside": home, "above": above, "far": far}


def _present(cell: str) -> str:
	item = make.slots(cell, required=1)[0]
	item.update({"state": "Present", "copies": 1}).save()
	return item.name


def _action(cell: str, responsible: str) -> str:
	doc = frappe.new_doc("Corrective Action")
	doc.update({"cell": cell, "subject": "Bổ sung sổ", "due_on": today(), "responsible": responsible})
	return doc.insert().name


def _in_order(by_place: dict[str, str]) -> tuple[str, str, str]:
	return tuple(by_place[place] for place in PLACES)
