"""What a folder, a cell.toml or a disk can do wrong: one clear line, and nothing half-written."""

import errno
import os
import unicodedata
from pathlib import Path

import pytest

from partycell.dossier import bagging
from partycell.offline import folder, new
from partycell.refusal import Refusal
from tests.offline.conftest import AT, GIVE, MARKS, process, seal

SECTION = "E Kiểm tra, tài chính, văn thư"


def refused(source: Path, tmp_path: Path, text: str) -> None:
	"""The handover is refused with this text, and leaves nothing."""
	with pytest.raises(Refusal, match=text):
		seal(source, tmp_path / "out")
	assert not (tmp_path / "out").exists() or not list((tmp_path / "out").iterdir())


def test_a_link_out_of_the_folder(example, tmp_path, no_paper):
	(example / SECTION / "E2 link.pdf").symlink_to("/etc/passwd")
	refused(example, tmp_path, "E2 link.pdf is a link")


def test_a_folder_that_is_a_link(example, tmp_path, no_paper):
	(example / "F").symlink_to("/etc")
	refused(example, tmp_path, "F is a link")


def test_a_pipe(example, tmp_path, no_paper):
	os.mkfifo(example / SECTION / "E2 pipe.pdf")
	refused(example, tmp_path, "is no plain file")


def test_names_that_differ_only_in_case(example, tmp_path, no_paper):
	for name in ("E2 a.txt", "E2 A.txt"):
		(example / SECTION / name).write_text("?")
	refused(example, tmp_path, "differ only in case or in Unicode form")


def test_names_that_differ_only_in_unicode_form(example, tmp_path, no_paper):
	for form in ("NFC", "NFD"):
		(example / SECTION / unicodedata.normalize(form, "E2 Hòa.txt")).write_text("?")
	refused(example, tmp_path, "differ only in case or in Unicode form")


def test_an_empty_file(example, tmp_path, no_paper):
	(example / SECTION / "E2 trống.pdf").touch()
	refused(example, tmp_path, "E2 trống.pdf is empty")
	assert any("is empty" in str(note) for note in folder.read(example, AT.date()).notes)


def test_a_file_that_changes_while_it_is_read(example, tmp_path, no_paper, monkeypatch):
	victim = next(example.rglob("E5*"))
	whole = folder.fingerprints

	def meanwhile(*arguments):
		prints = whole(*arguments)
		victim.write_bytes(b"%PDF another")
		return prints

	monkeypatch.setattr(folder, "fingerprints", meanwhile)
	refused(example, tmp_path, "changed while it was being read")
	with (
		pytest.raises(Refusal, match="changed while it was being read"),
		folder.opened(example, victim.relative_to(example).as_posix()),
	):
		victim.write_bytes(b"%PDF yet another")


def test_a_disk_that_fills_up(example, tmp_path, no_paper, monkeypatch, run):
	def full(*_arguments):
		raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

	monkeypatch.setattr(bagging, "_copied", full)
	done = run("handover", example, *GIVE, "--rest-present", "--output", tmp_path / "out")
	assert (done.status, done.err) == (2, "partycell: No space left on device. Nothing was written.\n")
	assert list((tmp_path / "out").iterdir()) == []


def test_what_is_there_is_not_written_over(example, tmp_path, no_paper):
	done = seal(example, tmp_path / "out")
	before = sorted((path, path.stat().st_mtime_ns) for path in done.bag.rglob("*"))
	with pytest.raises(Refusal, match="is there already"):
		seal(example, tmp_path / "out")
	assert sorted((path, path.stat().st_mtime_ns) for path in done.bag.rglob("*")) == before


@pytest.mark.parametrize(
	("change", "text"),
	[
		(("kept_from = 2026-11-01", 'kept_from = "hôm qua"'), "cell.kept_from must be: date"),
		(("kept_from = 2026-11-01", ""), "cell.kept_from is missing"),
		(
			("has_cell_committee = true", "has_cell_committee = 1"),
			"cell.has_cell_committee must be: true or false",
		),
		(("copies_made = 3", "copies_made = true"), "office.copies_made must be: whole number"),
		(("copies_made = 3", "copies = 3"), "office.copies is not known. Known here: .*copies_made"),
		(("[office]", "[ofice]"), "ofice is not known"),
		(('code = "A1"', 'code = "a-1"'), "Write code a-1 in capital letters"),
		(('code = "A2"', 'code = "A1"'), "Code A1 stands twice"),
		(("[cell]", "[cell"), "cell.toml cannot be read"),
		(('item = "D2"', 'item = "Z9"'), "Z9 is no document of this folder"),
		(('frequency = "Monthly"', 'frequency = "Daily"'), "Choose how often"),
		(("copies = 1", "copies = -1"), "cannot be negative"),
	],
)
def test_a_cell_file_with_something_wrong(example, change, text):
	path = example / "cell.toml"
	assert change[0] in path.read_text()
	path.write_text(path.read_text().replace(*change, 1))
	with pytest.raises(Refusal, match=text):
		folder.read(example, AT.date())


def test_no_cell_file_and_no_folder(tmp_path, run):
	done = run("check", tmp_path)
	assert done.status == 2 and "has no cell.toml. Make one with: partycell new" in done.err
	assert "is no folder" in run("check", tmp_path / "none").err


@pytest.mark.parametrize(
	("rows", "text"),
	[
		("a,b\n", "the first line names the columns"),
		("item,state\nZ9,Thiếu\n", "line 2: Z9 is not on the inventory"),
		("item,state\nB3,vỡ\n", "line 2: vỡ is no state"),
		("item,state\nB3,Thiếu\nb3,Đủ\n", "line 3: B3 stands twice"),
		("item,state,due_on\nB3,Thiếu,mai\n", "mai is no date"),
		("item,state\nE5,Hư hỏng\n", "Say in the remark what is wrong"),
	],
)
def test_marks_with_something_wrong(example, tmp_path, run, no_paper, rows, text):
	path = tmp_path / "marks.csv"
	path.write_text(rows)
	done = run("handover", example, *GIVE, "--marks", path, "--rest-present", "--output", tmp_path / "out")
	assert done.status == 2 and text in done.err and done.err.count("\n") == 1
	assert not (tmp_path / "out").exists() or not list((tmp_path / "out").iterdir())


def test_parties_that_cannot_be(example, tmp_path, run, no_paper):
	same = ["--giver", "Rơ Châm H'Lan", *GIVE, "--rest-present", "--output", tmp_path / "out"]
	assert "Giver and receiver are the same person" in run("handover", example, *same).err
	silent = [*GIVE, "--officer", "Trần Thị Nguyệt", "--rest-present", "--output", tmp_path / "out"]
	assert "Say why the upper level acts" in run("handover", example, *silent).err


def test_nothing_is_asked_where_nobody_can_answer(example, tmp_path):
	done = process("handover", example, "--output", tmp_path)
	assert done.returncode == 2 and done.stderr == "partycell: Who receives is not given. Use --receiver.\n"
	done = process("handover", example, *GIVE, "--output", tmp_path)
	assert done.returncode == 2 and "is not marked. Give a marks file" in done.stderr


def test_new_makes_folders_and_keeps_what_is_there(tmp_path, run):
	top = tmp_path / "cell"
	assert run("new", top, "--code", "CB-1", "--name", "Chi bộ 1", "--from", "2026-11-01").status == 0
	assert (top / "C Sinh hoạt, lãnh đạo").is_dir()
	text = (top / "cell.toml").read_text()
	again = run("new", top)
	assert "was there and is kept" in again.out and (top / "cell.toml").read_text() == text
	assert run("new", tmp_path / "two", "--template", top / "cell.toml").status == 0
	assert "There is no template nix" in run("new", tmp_path / "three", "--template", "nix").err
	with pytest.raises(Refusal, match=r"is missing|must be"):
		new.make(tmp_path / "4", template="default", code="", name="", day=AT.date(), secretary="")


def test_the_whole_handover_in_vietnamese_without_frappe(example, tmp_path):
	program = (
		"import sys\n"
		"class Block:\n"
		"	def find_spec(self, name, path=None, target=None):\n"
		"		if name.split('.')[0] == 'frappe': raise ImportError('imports ' + name)\n"
		"sys.meta_path.insert(0, Block())\n"
		"from partycell.offline.cli import main\n"
		"sys.exit(main(sys.argv[1:]))\n"
	)
	import subprocess
	import sys

	from tests.offline.conftest import ROOT

	env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "LANGUAGE": "vi"}
	command = ["handover", example, *GIVE, "--marks", MARKS, "--rest-present", "--output", tmp_path / "out"]
	done = subprocess.run(
		[sys.executable, "-c", program, *map(str, command)],
		env=env,
		capture_output=True,
		text=True,
		check=False,
	)
	assert done.returncode == 0, done.stderr
	assert "32 tài liệu: 30 đủ, 1 thiếu, 1 hư hỏng, 0 hết hiệu lực." in done.stdout
	from pypdf import PdfReader

	(paper,) = (tmp_path / "out").glob("*.pdf")
	text = "".join(page.extract_text() for page in PdfReader(paper).pages)
	digest = done.stdout.split("Mã kiểm tra: ")[1].splitlines()[0]
	assert digest.replace(" ", "") in "".join(text.split())
	again = process("verify", paper.with_suffix(""), "--digest", digest, env={"LANGUAGE": "vi"})
	assert again.returncode == 0 and "nguyên vẹn: 32 tệp" in again.stdout
