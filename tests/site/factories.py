"""The records that site tests stand on, made through Frappe as a site makes them."""

import base64
import itertools
import struct
import zlib
from dataclasses import dataclass

import frappe
from frappe.utils import add_days, today

from partycell.api import handovers

_counter = itertools.count(1)


def png(width: int = 4, height: int = 2) -> bytes:
	"""A small valid picture."""
	rows = b"".join(b"\x00" + b"\x20" * width for _ in range(height))

	def chunk(kind: bytes, data: bytes) -> bytes:
		return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

	header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
	return (
		b"\x89PNG\r\n\x1a\n"
		+ chunk(b"IHDR", header)
		+ chunk(b"IDAT", zlib.compress(rows))
		+ chunk(b"IEND", b"")
	)


SIGNATURE = "data:image/png;base64," + base64.b64encode(png()).decode()


def user(name: str = "Người Dùng", *roles: str, password: str | None = None) -> str:
	"""A desk user with an address of its own; returns the user name."""
	email = f"user{next(_counter)}-{frappe.generate_hash(length=5)}@partycell.test"
	doc = frappe.new_doc("User")
	doc.update({"email": email, "first_name": name, "send_welcome_email": 0, "user_type": "System User"})
	doc.flags.no_welcome_mail = True
	if password:
		doc.new_password = password
		doc.flags.ignore_password_policy = True
	for role in roles:
		doc.append("roles", {"role": role})
	return doc.insert(ignore_permissions=True).name


def committee(
	name: str = "Đảng ủy phường", level: str = "Commune", parent: str | None = None, **users
) -> str:
	"""A committee; ``officer=…``, ``inspector=…`` name users who act for it from a week ago."""
	doc = frappe.new_doc("Party Committee")
	doc.update({"committee_name": name, "level": level, "parent_party_committee": parent, "place": "Ayun Pa"})
	for function, who in users.items():
		doc.append(
			"users",
			{
				"user": who,
				"function": function.title(),
				"from_date": add_days(today(), -7),
				"position": "Ủy viên",
			},
		)
	return doc.insert(ignore_permissions=True).name


def cell(committee_name: str, name: str = "Chi bộ Tổ dân phố 1", **values) -> str:
	"""A cell with the default template, its documents kept from the first of this month."""
	doc = frappe.new_doc("Cell")
	doc.update({"cell_name": name, "committee": committee_name, "members": 12, "full_members": 10} | values)
	return doc.insert(ignore_permissions=True).name


def term(cell_name: str, who: str, since=None, until=None) -> str:
	"""A term of office, open unless ``until`` is given."""
	doc = frappe.new_doc("Secretary Term")
	doc.update(
		{"cell": cell_name, "user": who, "from_date": since or add_days(today(), -400), "to_date": until}
	)
	return doc.insert(ignore_permissions=True).name


def slots(cell_name: str, **filters) -> list:
	"""The cell's folder items as documents, in the folder's order."""
	names = frappe.get_all(
		"Folder Item",
		filters={"cell": cell_name, **filters},
		order_by="section, sort_order, period",
		pluck="name",
	)
	return [frappe.get_doc("Folder Item", name) for name in names]


def attach(item: str, content: bytes = b"%PDF-1.4 small", name: str = "nghi-quyet.pdf", **values):
	"""A file filed under a folder item by the session's user."""
	doc = frappe.new_doc("File")
	doc.update(
		{
			"attached_to_doctype": "Folder Item",
			"attached_to_name": item,
			"file_name": name,
			"content": content,
			"is_private": 1,
		}
		| values
	)
	return doc.insert()


def directive(issuer: str, subject: str = "Nghị quyết", issue: bool = True, cells=(), **values) -> str:
	"""A directive of a committee for all cells below it, or for these cells; issued unless said otherwise.

	``supersedes=[…]``, ``amends=[…]`` name what it changes; ``cell_type=…`` restricts it.
	"""
	doc = frappe.new_doc("Directive")
	doc.update(
		{
			"subject": subject,
			"kind": "NQ",
			"number_symbol": f"{next(_counter)}-NQ/ĐU",
			"issued_on": today(),
			"issuer": issuer,
		}
	)
	for effect in ("Supersedes", "Amends"):
		for name in values.pop(effect.lower(), ()):
			doc.append("changes", {"effect": effect, "directive": name})
	for name in cells:
		doc.append("targets", {"cell": name})
	if not cells:
		doc.append("targets", {"committee": issuer, "cell_type": values.pop("cell_type", None)})
	doc.update(values)
	doc.insert()
	if issue:
		doc.submit()
	return doc.name


def folder_issue(committee_name: str, cells=(), submit: bool = True, **values) -> str:
	"""An issue of folders to these cells, or to all below the committee; carried out unless said otherwise."""
	doc = frappe.new_doc("Folder Issue")
	doc.update({"issue_name": "Cấp phát cặp tài liệu", "committee": committee_name, "issued_on": today()})
	for name in cells:
		doc.append("cells", {"cell": name})
	doc.update(values).insert()
	if submit:
		doc.submit()
	return doc.name


def review_values(committee_name: str) -> dict:
	"""What a review of the last month is made of."""
	last = add_days(today()[:8] + "01", -1)
	return {"committee": committee_name, "kind": "Year", "from_date": last[:8] + "01", "to_date": last}


def review(committee_name: str, submit: bool = False, **values) -> str:
	"""A review of last month by the session's user, with every section filled."""
	doc = frappe.new_doc("Programme Review").update(review_values(committee_name))
	doc.update({"strengths": "Nền nếp", "weaknesses": "Chưa đều", "directions": "Tiếp tục"} | values).insert()
	if submit:
		doc.submit()
	return doc.name


def assigned(cell_name: str, who: str, committee_name: str, **values) -> str:
	"""A committee member assigned to a cell from a month ago."""
	doc = frappe.new_doc("Assigned Member")
	given = {"cell": cell_name, "user": who, "committee": committee_name, "from_date": add_days(today(), -30)}
	return doc.update(given | values).insert().name


def list_members() -> None:
	"""The office lists members by name."""
	frappe.db.set_single_value("Partycell Settings", "members_listed", 1)
	frappe.clear_document_cache("Partycell Settings", "Partycell Settings")


def member(cell_name: str, full_name: str = "Nguyễn Văn An", **values) -> str:
	"""A full member of a cell since long ago."""
	doc = frappe.new_doc("Party Member")
	given = {"cell": cell_name, "full_name": full_name, "from_date": add_days(today(), -2000)}
	return doc.update(given | values).insert().name


def meeting(cell_name: str, **values) -> str:
	"""A planned regular meeting of this month, with a task and scores."""
	doc = frappe.new_doc("Cell Meeting")
	doc.update(
		{
			"cell": cell_name,
			"planned_on": today(),
			"criteria_set": frappe.db.get_value("Criteria Set", {"set_name": ("like", "Chất lượng%")}),
			"tasks": [{"task": "Vận động thu quỹ", "responsible": "Đồng chí Hai"}],
		}
		| values
	)
	return doc.insert().name


def acknowledgement(directive_name: str, cell_name: str, **values) -> str:
	"""What the session's user says to have taken note of."""
	doc = frappe.new_doc("Directive Acknowledgement")
	return doc.update({"directive": directive_name, "cell": cell_name} | values).insert().name


def reorganisation(committee_name: str, kind: str, cells=(), successors=(), **values):
	"""The draft of an act that takes effect today; ``successors`` are values of its lines."""
	doc = frappe.new_doc("Reorganisation")
	doc.update(
		{
			"kind": kind,
			"committee": committee_name,
			"takes_effect_on": today(),
			"decision_number": "15-QĐ/ĐU",
			"decided_on": today(),
		}
		| values
	)
	for name in cells:
		doc.append("cells", {"cell": name})
	for line in successors:
		doc.append("successors", line)
	return doc.insert()


@dataclass
class World:
	"""One commune with two cells, and everybody who can look at them."""

	commune: str
	cell: str
	other_cell: str
	secretary: str
	term: str
	other_secretary: str
	receiver: str
	officer: str
	inspector: str
	far_officer: str
	nobody: str
	manager: str


def world() -> World:
	"""A small world; made as Administrator, the session's user stays as it was."""
	before = frappe.session.user
	frappe.set_user("Administrator")
	officer = user("Trần Thị Ủy")
	inspector = user("Kiểm Tra")
	far_officer = user("Nơi Khác")
	commune = committee(officer=officer, inspector=inspector)
	elsewhere = committee("Đảng ủy xã khác", officer=far_officer)
	here = cell(commune, "Chi bộ Tổ dân phố 1")
	other = cell(commune, "Chi bộ Tổ dân phố 2")
	cell(elsewhere, "Chi bộ Thôn Đoàn Kết")
	secretary, other_secretary = user("Nguyễn Văn Giao"), user("Lê Văn Hai")
	made = World(
		commune=commune,
		cell=here,
		other_cell=other,
		secretary=secretary,
		term=term(here, secretary),
		other_secretary=other_secretary,
		receiver=user("Phạm Thị Nhận"),
		officer=officer,
		inspector=inspector,
		far_officer=far_officer,
		nobody=user("Người Ngoài", "Cell Secretary", "Committee Officer", "Inspector"),
		manager=user("Quản Lý", "Partycell Manager"),
	)
	term(other, other_secretary)
	frappe.set_user(before)
	return made


def fill_folder(cell_name: str, all_but: int = 2) -> list:
	"""Marks the required slots present but the last few; returns the folder as documents."""
	folder = slots(cell_name)
	required = [item for item in folder if item.required]
	for item in required[: len(required) - all_but]:
		item.state = "Present"
		item.save()
	return slots(cell_name)


def draft(world: World, **values):
	"""A handover opened by the secretary of ``world.cell``."""
	frappe.set_user(world.secretary)
	doc = frappe.new_doc("Handover")
	doc.update(
		{"cell": world.cell, "reason": "Congress", "receiver": world.receiver, "venue": "Nhà văn hoá"}
		| values
	)
	return doc.insert()


def delivered(world: World, **values):
	"""A handover delivered by the secretary of ``world.cell``; returns its name."""
	name = draft(world, **values).name
	handovers.deliver(name, SIGNATURE)
	return name


def received(world: World, marks: dict | None = None, **values) -> str:
	"""A handover that ``world.receiver`` has signed for; ``marks`` as ``api.handovers.mark`` takes them."""
	name = delivered(world, **values)
	frappe.set_user(world.receiver)
	if marks:
		handovers.mark(name, marks)
	handovers.mark_rest_present(name)
	handovers.receive(name, SIGNATURE)
	return name


def approved(world: World, marks: dict | None = None) -> str:
	"""A handover that ``world.officer`` has approved."""
	name = received(world, marks)
	frappe.set_user(world.officer)
	handovers.approve(name)
	return name
