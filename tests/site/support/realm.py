"""A realm for the permission matrix: everybody who can stand in a relation to a cell, and its records."""

from dataclasses import dataclass

import frappe
from frappe.utils import add_days, getdate, today

from partycell.api import handbook
from partycell.api import handovers as api
from partycell.api import inspections as inspection_api
from partycell.api import meetings as api_meetings
from partycell.organisation import figures
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
			"Folder Issue": {
				"issue_name": "Mới",
				"committee": committee,
				"issued_on": today(),
				"cells": [{"cell": cell}],
			},
			"Reorganisation": {
				"kind": "Dissolve",
				"committee": committee,
				"takes_effect_on": today(),
				"decision_number": "1-QĐ/ĐU",
				"decided_on": today(),
				"cells": [{"cell": cell}],
				"successors": [{"new_name": "Mới"}],
			},
			"Issued Folder": {"cell": cell, "folder_number": "Mới"},
			"Programme Review": make.review_values(committee),
			"Cell Figures": {"cell": cell, "committee": committee, "month": today()},
			"Handbook Note": {"note_type": "Question", "cell": cell, "title": "Mới", "body": "<p>Hỏi</p>"},
			"Handbook Word": {"word": "moi", "note": self.name("Handbook Note", place)},
			"Handbook Topic": {"topic_name": "Mới"},
			"Sent Request": {"key": "f" * 32, "user": self.people["nobody"], "act": "ask"},
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
			"Cell Import": {},
			"Assigned Member": {
				"cell": cell,
				"user": self.people["nobody"],
				"committee": committee,
				"from_date": add_days(today(), 900),
			},
			"Meeting Attendance": {"cell": cell, "meeting": self.name("Cell Meeting", place)},
			"Party Member": {"cell": cell, "full_name": "Trần Văn Mới", "from_date": today()},
			"Cell Meeting": {"cell": cell, "meeting_type": "Extraordinary", "planned_on": today()},
			"Inspection": {
				"cell": cell,
				"criteria_set": self.records["Criteria Set"][0],
				"planned_on": today(),
				"lead": self.people["nobody"],
			},
			"Inspection Plan": plan(committee, self.people["nobody"], self.records["Criteria Set"][0]),
			"Criteria Set": {
				"set_name": "Mới",
				"total": 10,
				"blocks": [{"code": "A", "title": "A", "maximum": 10}],
				"criteria": [{"code": "A1", "block": "A", "title": "A1", "maximum": 10}],
				"bands": [{"label": "Đạt", "threshold": 0}],
			},
		}
		return frappe.new_doc(doctype).update(values[doctype])


def build() -> Realm:
	"""Makes and commits the realm; the session is Administrator's."""
	frappe.set_user("Administrator")
	people = {who: make.user(name, *roles) for who, (name, roles) in PEOPLE.items()}
	committees = _committees(people)
	cells = {place: make.cell(committees[place], f"Chi bộ {place}") for place in PLACES}
	make.term(cells["home"], people["former"], add_days(today(), -900), add_days(today(), -500))
	# Closed on the first day that is not read any more, and on the last but one that is: midnight may pass meanwhile.
	make.term(cells["home"], people["late"], add_days(today(), -499), add_days(today(), -31))
	make.term(cells["home"], people["predecessor"], add_days(today(), -31), add_days(today(), -29))
	terms = {
		"home": make.term(cells["home"], people["secretary"], add_days(today(), -29)),
		"beside": make.term(cells["beside"], people["beside_secretary"]),
		"far": make.term(cells["far"], people["far_secretary"]),
	}
	_deputies(terms["home"], people)
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
	questions = {place: _question(cells[place], people[giver]) for place, giver in givers.items()}
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
	reserve = [{"copies": 2}]
	issues = {place: make.folder_issue(committees[place], [cells[place]], copies=reserve) for place in PLACES}
	# On the first of this month these cells were not there yet.
	figures.keep(getdate(today()))
	reviews = {place: make.review(committees[place]) for place in PLACES}
	folders = {place: frappe.db.get_value("Issued Folder", {"cell": cells[place]}) for place in PLACES}
	plans, inspections = _inspections(committees, cells, people)
	criteria_set = frappe.db.get_value("Criteria Set", {})
	words = {place: frappe.db.get_value("Handbook Word", {"note": questions[place]}) for place in PLACES}
	sent = {place: _sent(people[who]) for place, who in givers.items()}
	topic = frappe.db.get_value("Handbook Topic", {})
	template = frappe.db.get_value("Folder Template", {"is_default": 1})
	make.list_members()
	members = {place: make.member(cells[place]) for place in PLACES}
	meetings = {place: make.meeting(cells[place]) for place in PLACES}
	for place in PLACES:
		mark = {"member": members[place], "mark": "Attending"}
		api_meetings.record_attendance(meetings[place], [mark])
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
		"Inspection": _in_order(inspections),
		"Inspection Plan": _in_order(plans),
		"Criteria Set": (criteria_set,) * 3,
		"Folder Issue": _in_order(issues),
		"Issued Folder": _in_order(folders),
		"Reorganisation": tuple(
			make.reorganisation(committees[place], "Dissolve", [cells[place]], [{"new_name": "Mới"}]).name
			for place in PLACES
		),
		"Programme Review": _in_order(reviews),
		"Cell Figures": tuple(
			frappe.db.get_value("Cell Figures", {"cell": cells[place]}) for place in PLACES
		),
		"Handbook Note": _in_order(questions),
		"Handbook Word": _in_order(words),
		"Sent Request": _in_order(sent),
		"Handbook Topic": (topic,) * 3,
		"Assigned Member": tuple(
			make.assigned(cells[place], people["manager"], committees[place], to_date=add_days(today(), 90))
			for place in PLACES
		),
		"Cell Meeting": tuple(meetings.values()),
		"Party Member": tuple(members.values()),
		"Meeting Attendance": tuple(
			frappe.db.get_value("Meeting Attendance", {"cell": cells[place]}) for place in PLACES
		),
		"Cell Import": (frappe.new_doc("Cell Import").insert().name,) * 3,
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
	"team": ("Đoàn viên kiểm tra", ()),
	"deputy": ("Phó bí thư", ()),
	"deputy_before": ("Phó bí thư đã thôi", ("Cell Secretary",)),
	"deputy_of_late": ("Phó bí thư khóa trước", ("Cell Secretary",)),
	"manager": ("Quản lý", ("Partycell Manager",)),
	"administrator": ("Quản trị", ("System Manager",)),
	"stranger": ("Không vai trò", ()),
}


def _deputies(term: str, people: dict[str, str]) -> None:
	"""One who stands in today, one whose days are over, and one of a term that is closed."""
	late = frappe.db.get_value("Secretary Term", {"user": people["predecessor"]})
	for name, who, since, until in (
		(term, "deputy", -1, None),
		(term, "deputy_before", -9, -1),
		(late, "deputy_of_late", -31, None),
	):
		days = {"from_date": add_days(today(), since), "to_date": until and add_days(today(), until)}
		doc = frappe.get_doc("Secretary Term", name)
		doc.append("deputies", {"user": people[who], "function": "Deputy Secretary", **days})
		doc.save()


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


def plan(committee: str, lead: str, criteria_set: str) -> dict:
	"""A plan for the cells of a committee, this month."""
	return {
		"plan_name": "Kế hoạch kiểm tra",
		"committee": committee,
		"criteria_set": criteria_set,
		"from_date": today(),
		"to_date": add_days(today(), 30),
		"lead": lead,
	}


def _inspections(committees: dict, cells: dict, people: dict) -> tuple[dict, dict]:
	"""A plan and an inspection in each place; that at home is carried out by somebody without an office."""
	criteria_set = frappe.db.get_value("Criteria Set", {})
	plans, made = {}, {}
	for place in PLACES:
		lead = people["team"] if place == "home" else people["manager"]
		doc = frappe.new_doc("Inspection Plan").update(plan(committees[place], lead, criteria_set)).insert()
		plans[place] = doc.name
		one = frappe.new_doc("Inspection")
		one.update({"cell": cells[place], "criteria_set": criteria_set, "planned_on": today(), "lead": lead})
		made[place] = one.insert().name
		frappe.db.set_value("Inspection", made[place], "plan", doc.name)
	frappe.set_user(people["team"])
	inspection_api.start(made["home"])
	frappe.set_user("Administrator")
	return plans, made


def _present(cell: str) -> str:
	item = make.slots(cell, required=1)[0]
	item.update({"state": "Present", "copies": 1}).save()
	return item.name


def _action(cell: str, responsible: str) -> str:
	doc = frappe.new_doc("Corrective Action")
	doc.update({"cell": cell, "subject": "Bổ sung sổ", "due_on": today(), "responsible": responsible})
	return doc.insert().name


def _question(cell: str, secretary: str) -> str:
	frappe.set_user(secretary)
	doc = frappe.new_doc("Handbook Note")
	doc.update({"note_type": "Question", "cell": cell, "title": "Hỏi về đảng phí", "body": "<p>Hỏi</p>"})
	doc.append("basis", {"document": "Điều lệ Đảng"})
	handbook.act(doc.insert().name, "Asked")
	return doc.name


def _sent(who: str) -> str:
	frappe.set_user("Administrator")
	doc = frappe.new_doc("Sent Request").update(
		{"key": frappe.generate_hash(length=32), "user": who, "act": "ask"}
	)
	return doc.insert(ignore_permissions=True).name


def _in_order(by_place: dict[str, str]) -> tuple[str, str, str]:
	return tuple(by_place[place] for place in PLACES)
