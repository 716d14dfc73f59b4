"""Verification: what was done to a dossier is found and named."""

import hashlib
import json
import random
import shutil
import stat
import subprocess
import sys
import zipfile
from contextlib import contextmanager
from pathlib import Path

import bagit
import pytest

from partycell.dossier import bag_check, bag_sources
from partycell.refusal import Refusal
from partycell.rules import bag
from tests.offline.conftest import process, seal

TAMPERINGS = 1000


def findings(path: Path, **how) -> list[tuple[str, str, str]]:
	with bag_sources.source(path) as source:
		report = bag_check.verify(source, **how)
	return [(one.kind, one.path, one.other) for one in report.findings]


def payload(top: Path) -> list[str]:
	return sorted(one.relative_to(top).as_posix() for one in (top / "data").rglob("*") if one.is_file())


@pytest.fixture(scope="module")
def large(tmp_path_factory):
	"""A dossier with 200 files in its payload."""
	top = tmp_path_factory.mktemp("large")
	from tests.offline.conftest import EXAMPLE

	cell = Path(shutil.copytree(EXAMPLE, top / "cell"))
	here = sum(one.is_file() for one in cell.rglob("*")) - 1
	chance = random.Random(5)
	for number in range(200 - 3 - here):
		(cell / "A Văn bản cấp trên" / f"A4 Chỉ thị số {number:03d}.txt").write_bytes(chance.randbytes(300))
	with pytest.MonkeyPatch.context() as patch:
		from partycell.papers import pdf

		patch.setattr(pdf, "make", lambda html, *rest, **how: b"%PDF-1.7 minutes")
		done = seal(cell, top / "out")
	assert len(payload(done.bag)) == 200
	return done.bag


def test_a_dossier_is_whole_and_its_digest_is_that_of_the_record(dossier):
	assert findings(dossier.bag, digest=dossier.digest) == []
	assert hashlib.sha256((dossier.bag / bag.RECORD).read_bytes()).hexdigest() == dossier.digest


def test_each_kind_of_tampering_has_its_name(large):
	one, two = [path for path in payload(large) if "Chỉ thị" in path][:2]
	first, second = (large / one).read_bytes(), (large / two).read_bytes()
	info = (large / bag.INFO).read_text()
	cases = {
		"altered": (lambda: (large / one).write_bytes(first[:-1] + b"?"), ("altered", one, "")),
		"removed": (lambda: (large / one).unlink(), ("removed", one, "")),
		"added": (
			lambda: (large / "data" / "A Văn bản cấp trên" / "lạ.txt").write_text("?"),
			("added", "data/A Văn bản cấp trên/lạ.txt", ""),
		),
		"renamed": (lambda: (large / one).rename(large / f"{one}x"), ("renamed", one, f"{one}x")),
		"swapped": (
			lambda: ((large / one).write_bytes(second), (large / two).write_bytes(first)),
			("swapped", one, two),
		),
		"replaced": (lambda: (large / one).write_bytes(second), ("replaced", one, two)),
		"tag file": (
			lambda: (large / bag.INFO).write_text(info + "Contact-Name: ai\n"),
			("altered", bag.INFO, ""),
		),
	}
	for name, (tamper, expected) in cases.items():
		with put_back(large):
			tamper()
			assert expected in findings(large), name
	assert findings(large) == []


@contextmanager
def put_back(top: Path):
	"""Within, files may be changed; afterwards all is as it was."""
	before = {one: one.read_bytes() for one in top.rglob("*") if one.is_file()}
	try:
		yield
	finally:
		for one in [one for one in top.rglob("*") if one.is_file() or one.is_symlink()]:
			if one not in before or one.is_symlink():
				one.unlink()
		for one, data in before.items():
			if not one.exists() or one.read_bytes() != data:
				one.write_bytes(data)


def _flip(chance, data: bytes) -> bytes:
	place = chance.randrange(len(data))
	return data[:place] + bytes([data[place] ^ chance.randint(1, 255)]) + data[place + 1 :]


def tampering(chance: random.Random, top: Path):
	"""One thing done to a dossier: (names that a finding must have, what puts it back)."""
	files = sorted(one.relative_to(top).as_posix() for one in top.rglob("*") if one.is_file())
	path = chance.choice(files)
	target, data = top / path, (top / path).read_bytes()
	kind = chance.choice(
		["flip", "cut", "append", "empty", "remove", "add", "rename", "swap", "copy", "line"]
	)
	if kind == "remove":
		target.unlink()
	elif kind == "rename":
		other = target.with_name(f"x{target.name}")
		target.rename(other)
		return {path}, lambda: other.rename(target)
	elif kind == "add":
		other = target.with_name(f"new{chance.randrange(10**6)}.txt")
		other.write_bytes(chance.randbytes(9))
		return {other.relative_to(top).as_posix()}, other.unlink
	elif kind in ("swap", "copy"):
		second = chance.choice([one for one in files if (top / one).read_bytes() != data])
		other, content = top / second, (top / second).read_bytes()
		target.write_bytes(content)
		if kind == "swap":
			other.write_bytes(data)

		def back():
			target.write_bytes(data)
			other.write_bytes(content)

		return {path, second} if kind == "swap" else {path}, back
	elif kind == "line" and data.count(b"\n") > 1:
		lines = data.splitlines(keepends=True)
		del lines[chance.randrange(len(lines))]
		target.write_bytes(b"".join(lines))
	else:
		changed = {"cut": data[: len(data) // 2], "append": data + b"\n", "empty": b""}.get(kind)
		target.write_bytes(_flip(chance, data) if changed is None else changed)
	return {path}, lambda: target.write_bytes(data)


def test_a_thousand_random_tamperings_are_each_found_and_named(large):
	chance = random.Random(20261123)
	for number in range(TAMPERINGS):
		named, back = tampering(chance, large)
		try:
			found = findings(large)
		except Refusal as refusal:
			pytest.fail(f"{number}: {refusal}")
		finally:
			back()
		said = {path for _kind, path, _other in found} | {
			part for _kind, _path, other in found for part in (other, *other.split(", "))
		}
		assert named <= said, f"{number}: {named} not among {found}"
	assert findings(large) == []


def test_a_whole_dossier_forged_anew_does_not_have_the_digest_on_the_paper(dossier, example, tmp_path):
	(example / "E Kiểm tra, tài chính, văn thư" / "E5 Quyết định khen thưởng.pdf").write_bytes(b"%PDF forged")
	forged = seal(example, tmp_path / "forged")
	assert findings(forged.bag) == []
	assert findings(forged.bag, digest=dossier.digest) == [("given_digest", bag.RECORD, forged.digest)]
	shutil.rmtree(forged.bag / "data")
	assert ("no_record", bag.RECORD, "") in findings(forged.bag, digest=dossier.digest)


def test_manifests_forged_with_the_file_are_given_away_by_the_record(dossier):
	path = next(one for one in payload(dossier.bag) if "E5" in one)
	(dossier.bag / path).write_bytes(b"%PDF forged")
	rewrite_manifests(dossier.bag)
	found = findings(dossier.bag)
	assert ("not_in_record", path, "") in found
	assert [kind for kind, _path, _other in found] == ["total", "not_in_record", "not_in_bag"]


def test_a_record_that_is_not_canonical_or_no_record_is_named(dossier):
	made = json.loads((dossier.bag / bag.RECORD).read_bytes())
	for text, kind in (
		(json.dumps(made, indent=1), "record_form"),
		(json.dumps({**made, "items": [{**made["items"][0], "copies": 1.5}]}), "record"),
		(json.dumps({**made, "more": 1}), "record"),
		("[" * 100_000, "record"),
		("{", "record"),
	):
		(dossier.bag / bag.RECORD).write_text(text)
		rewrite_manifests(dossier.bag)
		assert (kind, bag.RECORD) in {found[:2] for found in findings(dossier.bag)}, text[:30]


def rewrite_manifests(top: Path) -> None:
	"""What a forger with a checksum tool would do."""
	for algorithm in bag.ALGORITHMS:
		listed = [
			(path, hashlib.new(algorithm, (top / path).read_bytes()).hexdigest()) for path in payload(top)
		]
		(top / bag.manifest_name(algorithm)).write_text(bag.manifest(listed))
	tags = [bag.DECLARATION, bag.INFO, *(bag.manifest_name(one) for one in bag.ALGORITHMS)]
	for algorithm in bag.ALGORITHMS:
		listed = [(path, hashlib.new(algorithm, (top / path).read_bytes()).hexdigest()) for path in tags]
		(top / bag.manifest_name(algorithm, of_tags=True)).write_text(bag.manifest(listed))


@pytest.mark.parametrize("name", bag.OWN_TAG_FILES)
def test_a_tag_file_that_was_taken_away_is_named(dossier, name):
	(dossier.bag / name).unlink()
	assert ("removed", name) in {found[:2] for found in findings(dossier.bag)}


def test_links_and_paths_that_lead_out_are_named_and_not_followed(dossier, tmp_path):
	outside = tmp_path / "secret.txt"
	outside.write_text("secret")
	path = next(one for one in payload(dossier.bag) if "E5" in one)
	(dossier.bag / path).unlink()
	(dossier.bag / path).symlink_to(outside)
	manifest = dossier.bag / "manifest-sha256.txt"
	manifest.write_text(
		manifest.read_text() + f"{'0' * 64}  data/../../secret.txt\n{'0' * 64}  /etc/passwd\n"
	)
	found = findings(dossier.bag)
	assert ("unsafe", path, "") in found
	said = [other for kind, _path, other in found if kind == "manifest"]
	assert any("data/../../secret.txt" in text for text in said) and any(
		"/etc/passwd" in text for text in said
	)


def test_names_that_differ_only_in_case_are_named(dossier):
	path = next(one for one in payload(dossier.bag) if "E5" in one)
	(dossier.bag / path.replace("khen", "KHEN")).write_text("?")
	assert "clash" in {found[0] for found in findings(dossier.bag)}


class TestZip:
	def test_a_zipped_dossier_is_whole_and_says_what_a_folder_says(self, example, tmp_path, no_paper):
		done = seal(example, tmp_path / "zipped", zipped=True)
		assert findings(done.bag, digest=done.digest) == []
		with zipfile.ZipFile(done.bag) as opened:
			opened.extractall(tmp_path / "unpacked")
		(top,) = (tmp_path / "unpacked").iterdir()
		assert findings(top, digest=done.digest) == []

	def test_entries_that_lead_out_are_named(self, example, tmp_path, no_paper):
		done = seal(example, tmp_path / "zipped", zipped=True)
		top = done.bag.stem
		link = zipfile.ZipInfo(f"{top}/data/link.pdf")
		link.external_attr = (stat.S_IFLNK | 0o777) << 16
		with zipfile.ZipFile(done.bag, "a") as opened:
			opened.writestr(f"{top}/data/../../out.txt", "?")
			opened.writestr(link, "/etc/passwd")
			opened.writestr("beside.txt", "?")
		unsafe = {path for kind, path, _other in findings(done.bag) if kind == "unsafe"}
		assert unsafe == {f"{top}/data/../../out.txt", f"{top}/data/link.pdf", "beside.txt"}

	def test_a_zip_bomb_is_not_opened(self, tmp_path):
		path = tmp_path / "bomb.zip"
		with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bomb, bomb.open("data/zeros", "w") as entry:
			for _block in range(80):
				entry.write(bytes(1024 * 1024))
		with pytest.raises(Refusal, match="far more than a dossier"):
			findings(path)

	def test_a_damaged_zip_is_refused_or_named(self, example, tmp_path, no_paper):
		done = seal(example, tmp_path / "zipped", zipped=True)
		data = bytearray(done.bag.read_bytes())
		data[len(data) // 2] ^= 255
		done.bag.write_bytes(data)
		assert findings(done.bag)
		done.bag.write_bytes(data[: len(data) // 2])
		with pytest.raises(Refusal, match="cannot be read as a zip"):
			findings(done.bag)


class TestOthersBags:
	def test_bagit_finds_ours_valid(self, dossier):
		assert bagit.Bag(str(dossier.bag)).validate()
		done = subprocess.run(
			[sys.executable, "-m", "bagit", "--validate", str(dossier.bag)],
			capture_output=True,
			text=True,
			check=False,
		)
		assert done.returncode == 0 and "is valid" in done.stderr

	@pytest.mark.parametrize("algorithms", [["md5"], ["sha1", "sha256"], ["sha512"]])
	def test_ours_finds_theirs_whole_and_names_what_changes(self, tmp_path, algorithms):
		top = tmp_path / "theirs"
		(top / "Thư mục con").mkdir(parents=True)
		for name in ("Biên bản.txt", "Thư mục con/100 % đủ.txt", "a\nb.txt"):
			(top / name).write_text(name)
		bagit.make_bag(str(top), {"Contact-Name": "Đồng chí Hòa"}, checksums=algorithms)
		found = findings(top)
		assert found == []
		(top / "data" / "Biên bản.txt").write_text("khác")
		assert ("altered", "data/Biên bản.txt", "") in findings(top)

	def test_a_bag_without_tag_manifests_is_a_bag(self, tmp_path):
		top = tmp_path / "theirs"
		top.mkdir()
		(top / "a.txt").write_text("a")
		bagit.make_bag(str(top))
		for one in top.glob("tagmanifest-*"):
			one.unlink()
		assert findings(top) == []


class TestTheCommand:
	def test_exit_status_and_words(self, dossier, run):
		whole = run(
			"verify",
			dossier.bag,
			"--digest",
			" ".join(dossier.digest[start : start + 4] for start in range(0, 64, 4)),
		)
		assert whole.status == 0 and "is whole: 32 files" in whole.out
		next((dossier.bag / "data").rglob("E5*")).unlink()
		broken = run("verify", dossier.bag)
		assert broken.status == 1 and "Removed: data/E Kiểm tra, tài chính, văn thư/E5" in broken.out
		said = json.loads(run("verify", dossier.bag, "--json").out)
		assert not said["whole"] and said["findings"][0]["kind"] == "removed"

	def test_what_is_no_dossier_is_said_in_one_line(self, tmp_path, run):
		for path, text in ((tmp_path, "is no dossier"), (tmp_path / "none", "There is nothing at")):
			done = run("verify", path)
			assert (done.status, done.out) == (2, "") and text in done.err and done.err.count("\n") == 1

	def test_a_digest_is_64_digits(self, dossier, run):
		done = run("verify", dossier.bag, "--digest", "abc")
		assert done.status == 2 and "a digest has 64 digits" in done.err

	def test_control_characters_in_names_do_not_reach_the_terminal(self, dossier, run):
		(dossier.bag / "data" / "a\x1b[2Jb.txt").write_text("?")
		assert "\x1b" not in run("verify", dossier.bag).out


def test_memory_does_not_grow_with_the_files(tmp_path):
	"""A file of 300 MB in a bag of others' making is verified in far less."""
	top = tmp_path / "big"
	(top / "data").mkdir(parents=True)
	with (top / "data" / "big.bin").open("wb") as file:
		file.truncate(300 * 1024 * 1024)
	digest = hashlib.sha256(bytes(0))
	for _block in range(300):
		digest.update(bytes(1024 * 1024))
	(top / "bagit.txt").write_text(bag.DECLARED)
	(top / "manifest-sha256.txt").write_text(bag.manifest([("data/big.bin", digest.hexdigest())]))
	done = process("verify", top, preexec_fn=_little_memory)
	assert done.returncode == 0, done.stderr


def _little_memory() -> None:
	import resource

	resource.setrlimit(resource.RLIMIT_DATA, (200 * 1024 * 1024,) * 2)
