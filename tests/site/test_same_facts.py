"""A site and the command say the same of the same facts: record, digest, minutes, and the files' digests."""

from datetime import datetime
from pathlib import Path

import frappe
import pytest
from frappe.utils import strip_html

from partycell.api import handovers
from partycell.dossier import bag_check, bag_sources, exporting, importing
from partycell.framework import settings
from partycell.handover import minutes, sealing
from partycell.offline import folder, handover, marks
from partycell.papers import party_form, pdf, qr
from partycell.rules import minutes as rules
from partycell.rules import reading, record
from partycell.rules.completeness import PRESENT
from tests.paper import codes
from tests.site import factories as make
from tests.site.support import acts
from tests.site.support.acts import by

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "to-dan-pho-3"
AT = datetime(2026, 11, 30, 9, 0)


@pytest.fixture
def world(standing_world):
	acts.fill(standing_world.cell)
	frappe.set_user(standing_world.secretary)
	return standing_world


@pytest.fixture
def approved(world):
	"""A handover with two files and something wrong, approved."""
	for slot, name in zip(make.slots(world.cell, required=1), ("Điều lệ.txt", "Sổ tay.txt"), strict=False):
		make.attach(slot.name, name.encode() * 99, name)
	name = make.delivered(world)
	row = acts.handover(name).items[2]
	by(world.receiver, handovers.mark, name, {row.name: {"state": "Damaged", "remark": "Rách bìa"}})
	acts.receive(world, name)
	by(world.officer, handovers.approve, name)
	frappe.set_user("Administrator")
	yield acts.handover(name)
	exporting.path_of(acts.handover(name)).unlink(missing_ok=True)


@pytest.fixture
def offline():
	"""The record of the bundled folder's handover, as the command makes it, with its folder."""
	found = folder.read(EXAMPLE, AT.date())
	given = {line.item: marks.Mark(PRESENT) for line in handover.lines(found, {}) if line.received is None}
	given["A1"] = marks.Mark("Damaged", "Rách bìa")
	act = handover.Act(
		"Nguyễn Văn Thuận",
		"Rơ Châm H'Lan",
		"Congress",
		AT,
		venue="Nhà văn hóa tổ dân phố 3",
		basis=("Điều lệ Đảng", "Quyết định số 12-QĐ/ĐU"),
		dues="Thu đủ đến tháng 11",
		giver_position="Bí thư",
		receiver_statement="Đã nhận đủ",
		witness="Siu Hnoanh",
		witness_position="Phó bí thư Đảng ủy",
	)
	wanted = [path for one in found.belonging() for path in one.files]
	prints = folder.fingerprints(found.top, wanted, lambda size: None)
	return handover.record_of(found, act, given, prints)


def test_the_same_facts_have_the_same_bytes_on_a_site_and_off_it(offline):
	"""Kept in the site's database and read back, each value in the type that the database gives it."""
	doc = frappe.get_doc("Handover", _keep(offline))
	assert record.canonical(sealing.of(doc)) == record.canonical(offline)
	assert sealing.digest(doc) == record.digest(offline)
	doc.items[0].received_remark = "Rách bìa, mất trang cuối"
	assert sealing.digest(doc) != record.digest(offline), "a remark that differs is another record"


def test_the_minutes_say_the_same_on_a_site_and_off_it(approved):
	"""What the site prints from its tables, and what the command prints from the sealed record."""
	cell = frappe.get_doc("Cell", approved.cell)
	committee = frappe.get_doc("Party Committee", approved.committee)
	kept = settings.get()
	office = reading.Office(
		cell=cell.cell_name,
		cell_code=cell.name,
		superior=committee.committee_name,
		place=committee.place,
		symbol=cell.symbol or "CB",
		folder_number=cell.folder_number,
		folder_issued_on=cell.folder_issued_on and str(cell.folder_issued_on),
		has_seal=bool(committee.has_seal),
		copies_made=kept.copies_made,
		giver_since=str(frappe.db.get_value("Secretary Term", approved.giver_term, "from_date")),
		term_first_year=kept.term_first_year,
		term_years=kept.term_years,
		sections={row.section: row.section_title for row in approved.items if row.section},
		qr=qr.picture(qr.leads_to(frappe.utils.get_url(), approved.digest)),
	)
	here = minutes.content_of(approved)
	there = reading.minutes_of(sealing.of(approved), approved.digest, office)
	for party in ("giver", "receiver", "witness"):
		# Signed on the screen: the picture and the minute are kept on the site alone.
		here[party]["signature"] = here[party]["signed_at"] = None
	for line in there["discrepancies"]:
		# The record has the account, which is one person's for ever; the paper the name.
		line["responsible"] = frappe.db.get_value("User", line["responsible"], "full_name")
	assert _printed(there) == _printed(here)


def test_a_phone_reads_from_the_minutes_where_to_check_them(approved):
	said = codes(minutes.pdf_of(approved))
	assert said == [f"{frappe.utils.get_url()}/handover/verify/{approved.digest}"]


def test_what_is_exported_and_taken_in_has_the_same_digest(world, approved, tmp_path):
	path = tmp_path / "dossier.zip"
	path.write_bytes(b"".join(by(world.receiver, handovers.download_dossier, approved.name).response))
	frappe.set_user("Administrator")
	results = importing.run(path, world.other_cell)
	assert importing.FAILED not in {one.what for one in results}
	with bag_sources.source(path) as source:
		sent = bag_check.verify(source).record
	assert record.digest(_files_of(sent)) == record.digest(_files_in(world.other_cell))
	assert len(_files_of(sent)) == 2, "otherwise nothing was compared"


def _keep(facts: dict) -> str:
	"""Writes a handover as the site would hold it, past the acts that lead to it."""
	giver, receiver, approver = facts["giver"], facts["receiver"], facts["approver"]
	doc = frappe.new_doc("Handover")
	doc.update(
		{
			field: facts[field]
			for field in "cell committee reason reason_detail venue basis dues assets".split()
		}
	)
	doc.update(
		{
			"handover_date": facts["date"],
			"minutes_number": facts["number"],
			"congress_term": facts["congress_term"],
			"giver_name": giver["name"],
			"giver_position": giver["position"],
			"giver_term": giver["term"],
			"giver_signed_by": giver["signed_by"],
			"giver_signed_on": giver["signed_on"],
			"giver_commitment": giver["statement"],
			"receiver_name": receiver["name"],
			"receiver_signed_on": receiver["signed_on"],
			"receiver_commitment": receiver["statement"],
			"approved_by_name": approver["name"],
			"approved_by_position": approver["position"],
			"approved_on": approver["approved_on"],
			"witness": approver["witness"],
		}
	)
	doc.name = facts["handover"]
	for line in facts["items"]:
		row = doc.append("items", {field: line[field] for field in _AS_IS})
		row.update(
			{
				"folder_item": line["item"],
				"period_label": line["period"],
				"delivered_state": line["delivered"],
				"received_state": line["received"],
				"files": frappe.as_json(
					[
						{"file_name": file["name"], "sha256": file["sha256"], "file_size": file["size"]}
						for file in line["files"]
					]
				),
			}
		)
	doc.db_insert()
	for row in doc.items:
		row.parent, row.name = doc.name, frappe.generate_hash(length=10)
		row.db_insert()
	return doc.name


_AS_IS = (
	"code section title number_symbol dated copies pages paper_place remark received_remark remedy responsible "
	"due_on"
).split()


def _printed(content: dict) -> list[str]:
	"""The words on the paper, in their order."""
	page = party_form.page_setup()
	html = pdf.render(minutes.TEMPLATE, page, **rules.context(content))
	return strip_html(html.partition("</head>")[2]).split()


def _files_of(facts: dict) -> list:
	return sorted(
		[line["code"], line["period"] or "", file["sha256"], file["size"]]
		for line in facts["items"]
		for file in line["files"]
	)


def _files_in(cell: str) -> list:
	slots = {row.name: row for row in make.slots(cell)}
	files = frappe.get_all(
		"Folder Item File",
		filters={"parent": ("in", list(slots))},
		fields=["parent", "sha256", "file_size"],
	)
	return sorted(
		[slots[row.parent].code, slots[row.parent].period_label or "", row.sha256, int(row.file_size)]
		for row in files
	)
