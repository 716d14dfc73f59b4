"""What became of folders that were issued: received, lost and replaced, returned, issued anew; and a draft.

The first issue, that of early 2016, is in ``history``, which comes before.
"""

from datetime import date

import frappe
from frappe.utils import add_days

from partycell.api import issuing
from partycell.setup.demo import plan
from partycell.setup.demo.people import Work, acting

NAMES = {"second": "FI-DEMO-02", "draft": "FI-DEMO-03"}
PATTERN = "CT-###"
LOST, DAMAGED, RETURNED = (5, 34), (52,), (58, 119)
REMARKS = {
	5: "Ngập nước trong đợt lũ, không tìm lại được",
	34: "Thất lạc khi chuyển trụ sở",
	52: "Bìa rách, ướt",
}


def make(demo: plan.Plan, today: date, work: Work) -> int:
	"""Makes what is missing; returns how many records it wrote."""
	officer = demo.committees[0].functions[0].person.login
	if frappe.db.exists("Folder Issue", {"committee": plan.TOWN, "status": "Draft"}):
		return 0
	made = 0
	with acting(officer):
		for number in work("Issued folders", [*LOST, *DAMAGED]):
			reason = "Lost" if number in LOST else "Damaged"
			issuing.replace(_current(demo.cell(number)), reason, PATTERN, REMARKS[number])
			made += 1
		for number in RETURNED:
			issuing.take_back(_current(demo.cell(number)), "Chi bộ đổi sang mẫu cặp mới")
		made += _issue(
			"second",
			"Cấp cặp tài liệu mẫu mới",
			issued_on=add_days(today, -6),
			venue="Hội trường Thị ủy",
			explained_by=f"Đồng chí {demo.committees[0].functions[1].person.name}",
		)
		# The draft comes last: while there is none, the rest may be unfinished.
		made += _issue(
			"draft", "Cấp cặp tài liệu cho chi bộ thành lập mới", issued_on=add_days(today, 20), submit=False
		)
	first = demo.cell(RETURNED[0])
	secretary = first.terms[-1].person
	with acting(secretary.login):
		issuing.receive(_current(first), secretary.name, str(add_days(today, -5)))
	frappe.db.commit()  # all of it together: a demo that is cut short begins it again
	return made


def _issue(which: str, title: str, *, submit: bool = True, **values) -> int:
	"""To every cell that has no folder; those are the cells that have returned theirs."""
	doc = frappe.new_doc("Folder Issue")
	doc.update({"issue_name": title, "committee": plan.TOWN, "number_pattern": PATTERN, **values})
	doc.flags.at_once = True
	doc.insert(set_name=NAMES[which])
	if submit:
		doc.submit()
		return 1 + frappe.db.count("Issued Folder", {"issue": doc.name})
	return 1


def _current(cell: plan.Cell) -> str:
	return frappe.db.get_value("Issued Folder", {"current_key": cell.docname})


def figures() -> int:
	"""How many folders the demo's cells have now."""
	return frappe.db.count("Issued Folder", {"cell": ("like", f"{plan.CELL}%"), "current_key": ("is", "set")})
