"""Taking dossiers and folders from a disk into a cell's folder, and what a cell takes along offline."""

import shutil
from datetime import datetime
from pathlib import Path

import frappe
import pytest

from partycell.dossier import importing, offline_template
from partycell.errors import DossierError
from partycell.offline import cellfile, folder, handover, marks
from partycell.papers import pdf
from partycell.rules.completeness import PRESENT
from tests.site import factories as make
from tests.site.support.command import bench
from tests.site.support.refusals import refused

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "to-dan-pho-3"
AT = datetime(2026, 11, 30, 9, 0)


@pytest.fixture
def cell(standing_world):
	frappe.set_user("Administrator")
	return standing_world.cell


@pytest.fixture
def dossier(tmp_path, monkeypatch):
	"""The bundled folder, handed over offline; one document damaged."""
	monkeypatch.setattr(pdf, "make", lambda html, *rest, **how: b"%PDF-1.7 minutes")
	found = folder.read(EXAMPLE, AT.date())
	given = {line.item: marks.Mark(PRESENT) for line in handover.lines(found, {}) if line.received is None}
	given["A1"] = marks.Mark("Damaged", "Rách bìa")
	act = handover.Act("Nguyễn Văn Thuận", "Rơ Châm H'Lan", "Congress", AT)
	return handover.make(found, act, given, tmp_path / "out").bag


def counted(results) -> dict[str, int]:
	whats = [one.what for one in results]
	return {what: whats.count(what) for what in sorted(set(whats))}


def files(cell: str) -> int:
	names = [slot.name for slot in make.slots(cell)]
	return frappe.db.count("File", {"attached_to_doctype": "Folder Item", "attached_to_name": ("in", names)})


def test_a_dry_run_writes_nothing(cell, dossier):
	before = frappe.db.count("Folder Item"), files(cell)
	assert counted(importing.run(dossier, cell, dry_run=True))
	assert (frappe.db.count("Folder Item"), files(cell)) == before


def test_a_dossier_is_taken_in_once(cell, dossier):
	first = importing.run(dossier, cell)
	assert importing.FAILED not in counted(first), [one for one in first if one.what == importing.FAILED]
	taken = {row.sha256 for row in frappe.get_all("Folder Item File", fields=["sha256"])}
	with importing.bag_sources.source(dossier) as source:
		record = importing.bag_check.verify(source).record
	assert {file["sha256"] for line in record["items"] for file in line["files"]} <= taken
	(a1,) = make.slots(cell, code="A1")
	assert frappe.db.get_value("Folder Item", a1.name, ["state", "file_count"]) in (
		("Damaged", 1),
		["Damaged", 1],
	)
	before = files(cell)
	again = counted(importing.run(dossier, cell))
	assert files(cell) == before and set(again) == {importing.THERE}


def test_a_folder_from_a_disk_is_taken_in(cell):
	results = importing.run(EXAMPLE, cell)
	assert importing.FAILED not in counted(results)
	(a1,) = make.slots(cell, code="A1")
	assert frappe.db.get_value("Folder Item", a1.name, "state") == "Present"


def test_a_document_is_taken_in_whole_or_not_at_all(cell, dossier):
	(a1,) = make.slots(cell, code="A1")
	frappe.db.set_value("Folder Item", a1.name, "classified", 1)
	results = {one.title: one for one in importing.run(dossier, cell)}
	(failed,) = [one for one in results.values() if one.what == importing.FAILED]
	assert failed.title.startswith("A1 ") and "is classified" in failed.why
	assert not frappe.db.exists("File", {"attached_to_name": a1.name})


def test_a_dossier_that_is_not_whole_is_not_taken_in(cell, dossier):
	next(dossier.rglob("E5*")).unlink()
	with refused(DossierError, "not whole, so nothing was taken in", "E5"):
		importing.run(dossier, cell)


def test_what_is_no_dossier_and_no_cell(cell, tmp_path):
	with refused(DossierError, "is no dossier"):
		importing.run(tmp_path, cell)
	with refused(DossierError, "There is no cell X"):
		importing.run(EXAMPLE, "X")


def test_the_cell_file_of_a_cell_is_read_offline_and_asks_for_the_same_slots(cell, tmp_path):
	text = offline_template.of(cell)
	shutil.rmtree(tmp_path / "c", ignore_errors=True)
	(tmp_path / "c").mkdir()
	(tmp_path / "c" / cellfile.NAME).write_text(text)
	found = folder.read(tmp_path / "c", frappe.utils.getdate(frappe.utils.today()))
	offline = sorted((one.code, one.period_label) for one in found.shelves)
	assert offline == sorted((slot.code, slot.period_label or "") for slot in make.slots(cell) if slot.code)
	assert found.cell["cell.code"] == cell and found.cell["term.secretary"]


@pytest.mark.committed
def test_the_commands_at_a_terminal(dossier, tmp_path):
	cell, file = make.world().cell, tmp_path / cellfile.NAME
	assert bench("export-template", cell, "--output", str(file)).returncode == 0
	assert cellfile.read(tmp_path)["cell.code"] == cell
	dry = bench("import", str(dossier), "--cell", cell, "--dry-run")
	assert dry.returncode == 0 and dry.stdout.rstrip().endswith("0 refused. Nothing was written.")
	assert files(cell) == 0
	done = bench("import", str(dossier), "--cell", cell)
	assert done.returncode == 0 and "Điều lệ Đảng" in done.stdout
	taken = files(cell)
	assert taken > 20
	assert bench("import", str(dossier), "--cell", cell).returncode == 0
	assert files(cell) == taken, "a second run takes nothing in again"
	wrong = bench("import", str(dossier), "--cell", "no-such-cell")
	assert wrong.returncode == 1 and "Traceback" not in wrong.stderr
	assert wrong.stderr.startswith("Error: ")
