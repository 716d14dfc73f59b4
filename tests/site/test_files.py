"""Files belong to the office: private, on their own, unchanged, and gone only when they may go."""

import hashlib
from pathlib import Path

import frappe
import pytest
from frappe.utils import add_days, today

from partycell.errors import ClosedCellError, FiledFileError, FolderItemError
from tests.site import factories as make

CONTENT = b"%PDF-1.4 \x90\x81 quyet dinh"


@pytest.fixture
def world(standing_world):
	return standing_world


@pytest.fixture
def item(world):
	"""A slot of the secretary's folder; the session is the secretary's."""
	frappe.set_user(world.secretary)
	return slot_of(world.cell)


def slot_of(cell: str, number: int = 0) -> str:
	return frappe.get_all("Folder Item", filters={"cell": cell}, order_by="section, name", pluck="name")[
		number
	]


def disk(file) -> Path:
	return Path(file.get_full_path())


def test_a_filed_file_is_noted_with_its_digest(world, item):
	file = make.attach(item, CONTENT)
	slot = frappe.get_doc("Folder Item", item)
	assert [(row.file, row.sha256, row.filed_by) for row in slot.files] == [
		(file.name, hashlib.sha256(CONTENT).hexdigest(), world.secretary)
	]
	assert (slot.state, slot.file_count) == ("Present", 1)


def test_a_file_uploaded_as_public_ends_private_and_leaves_no_public_copy(item):
	file = make.attach(item, CONTENT, is_private=0)
	assert file.is_private and file.file_url.startswith("/private/files/")
	assert disk(file).read_bytes() == CONTENT
	assert not list(Path(frappe.get_site_path("public", "files")).glob("nghi-quyet*"))
	assert file.owner == "Administrator"


def test_the_same_content_lying_in_public_stays_there_and_the_filed_one_is_private(item):
	frappe.set_user("Administrator")
	public = frappe.get_doc(
		{"doctype": "File", "file_name": "logo.pdf", "content": CONTENT, "is_private": 0}
	).insert()
	file = make.attach(item, CONTENT, name="logo.pdf", is_private=0)
	public.reload()
	assert not public.is_private and disk(public).read_bytes() == CONTENT
	assert file.is_private and disk(file) != disk(public) and disk(file).read_bytes() == CONTENT


def test_equal_contents_do_not_share_a_place_in_either_order(world, item):
	one = make.attach(item, CONTENT)
	frappe.set_user(world.other_secretary)
	two = make.attach(slot_of(world.other_cell), CONTENT)
	mine = frappe.get_doc(
		{"doctype": "File", "file_name": "nghi-quyet.pdf", "content": CONTENT, "is_private": 1}
	).insert()
	assert len({file.file_url for file in (one, two, mine)}) == 3
	for file in (one, two, mine):
		assert disk(file).read_bytes() == CONTENT


def test_a_link_is_no_file(item):
	with pytest.raises(FolderItemError, match="Choose a file, not a link"):
		make.attach(item, None, file_url="https://example.org/a.pdf")


def test_only_who_may_write_the_record_attaches_to_it(world, item):
	foreign = slot_of(world.other_cell)
	for doctype, name in (
		("Folder Item", foreign),
		("Cell", world.other_cell),
		("Party Committee", world.commune),
		("Secretary Term", world.term),
	):
		with pytest.raises(frappe.PermissionError):
			make.attach(name, CONTENT, attached_to_doctype=doctype)
	assert not frappe.get_all("File", filters={"file_name": ("like", "nghi-quyet%")})


@pytest.mark.parametrize(
	"change",
	[
		{"is_private": 0},
		{"attached_to_name": None, "attached_to_doctype": None},
		{"attached_to_name": "other"},
		{"file_name": "khac.pdf"},
		{"owner": "me"},
		{"content_hash": "0" * 32},
		{"file_url": "/private/files/khac.pdf"},
	],
	ids=str,
)
def test_a_filed_file_stays_as_it_is(world, item, change):
	file = make.attach(item, CONTENT)
	other = slot_of(world.cell, 1)
	file.update(
		{key: {"other": other, "me": world.secretary}.get(value, value) for key, value in change.items()}
	)
	# Frappe 16 asks its own hook too, which goes by the record that was sent.
	with pytest.raises((FiledFileError, frappe.PermissionError)) as refused:
		file.save()
	assert change.get("attached_to_doctype", True) is None or "stays as it was filed" in str(refused.value)


def test_a_file_of_ones_own_cannot_be_moved_into_a_folder(world, item):
	mine = frappe.get_doc(
		{"doctype": "File", "file_name": "a.txt", "content": b"a", "is_private": 1}
	).insert()
	for target in (item, slot_of(world.other_cell)):
		mine.update({"attached_to_doctype": "Folder Item", "attached_to_name": target})
		with pytest.raises((FiledFileError, frappe.PermissionError)):
			mine.save()
	assert not frappe.db.get_value("File", mine.name, "attached_to_doctype")


@pytest.mark.parametrize(
	"spelled",
	["{url}", "/private/files/./{name}", "/private/files/x/../{name}", "{site}{url}", "{quoted}"],
)
def test_the_address_of_a_filed_file_gives_nobody_its_content(world, item, spelled):
	file = make.attach(item, CONTENT)
	url = spelled.format(
		url=file.file_url,
		name=disk(file).name,
		site=frappe.utils.get_url(),
		quoted=file.file_url.replace("-", "%2D"),
	)
	frappe.set_user(world.other_secretary)
	thief = frappe.get_doc({"doctype": "File", "file_url": url, "file_name": "x.pdf", "is_private": 1})
	with pytest.raises((frappe.PermissionError, frappe.ValidationError)):
		thief.insert()
	# Frappe itself makes Files without asking, for fields that hold a picture.
	account = frappe.get_doc("User", world.other_secretary)
	account.user_image = url
	account.flags.ignore_permissions = True
	try:
		account.save()
	except (frappe.ValidationError, OSError) as refused:
		assert not isinstance(refused, frappe.PermissionError)
	own = slot_of(world.other_cell)
	with pytest.raises((frappe.PermissionError, frappe.ValidationError)):
		make.attach(own, None, file_url=url)
	assert frappe.get_all("File", filters={"file_url": file.file_url}, pluck="name") == [file.name]


def test_ones_own_file_is_not_turned_to_the_address_of_a_filed_one(world, item):
	file = make.attach(item, CONTENT)
	frappe.set_user(world.other_secretary)
	mine = frappe.get_doc(
		{"doctype": "File", "file_name": "a.txt", "content": b"a", "is_private": 1}
	).insert()
	for url in (file.file_url, file.file_url.replace("-", "%2D")):
		mine.reload()
		mine.file_url = url
		with pytest.raises(
			(FiledFileError, OSError), match=r"belongs to the record of an office|does not exist"
		):
			mine.save()
	assert frappe.get_all("File", filters={"file_url": file.file_url}, pluck="name") == [file.name]


def test_a_private_file_of_somebody_else_cannot_be_filed_by_its_address(world, item):
	frappe.set_user(world.other_secretary)
	private = frappe.get_doc(
		{"doctype": "File", "file_name": "a.txt", "content": b"a", "is_private": 1}
	).insert()
	frappe.set_user(world.secretary)
	with pytest.raises(frappe.PermissionError):
		make.attach(item, None, name="a.txt", file_url=private.file_url)


def test_a_failing_request_leaves_nothing_on_the_disk_and_loses_nothing(world, item):
	file = make.attach(item, CONTENT)
	frappe.db.commit()
	new = make.attach(item, b"%PDF second", name="hai.pdf")
	frappe.delete_doc("File", file.name)
	frappe.db.rollback()
	assert not disk(new).exists()
	assert disk(file).read_bytes() == CONTENT


def test_a_removed_file_is_gone_from_the_disk_when_it_is_gone_for_good(item):
	file = make.attach(item, CONTENT)
	frappe.db.commit()
	frappe.delete_doc("File", file.name)
	assert disk(file).exists()
	frappe.db.commit()
	assert not disk(file).exists()
	assert frappe.get_doc("Folder Item", item).file_count == 0


def test_a_file_that_an_approved_handover_lists_stays(world, item):
	file = make.attach(item, CONTENT)
	make.fill_folder(world.cell)
	make.approved(world)
	frappe.db.commit()
	for user in (world.receiver, world.officer, "Administrator"):
		frappe.set_user(user)
		with pytest.raises(FiledFileError, match="is part of handover"):
			frappe.delete_doc("File", file.name)
		frappe.db.rollback()
	assert disk(file).read_bytes() == CONTENT


def test_a_closed_cell_takes_no_file(world, item):
	frappe.set_user("Administrator")
	frappe.db.set_value("Cell", world.cell, "status", "Dissolved")
	frappe.set_user(world.secretary)
	with pytest.raises(ClosedCellError, match="is no longer active"):
		make.attach(item, CONTENT)


def test_the_list_of_files_shows_those_of_ones_records_only(world, item):
	file = make.attach(item, CONTENT)
	seen = {}
	for who in ("secretary", "other_secretary", "officer", "inspector", "far_officer", "nobody", "manager"):
		frappe.set_user(getattr(world, who))
		seen[who] = frappe.get_list("File", filters={"attached_to_doctype": "Folder Item"}, pluck="name")
	assert seen == {
		"secretary": [file.name],
		"other_secretary": [],
		"officer": [file.name],
		"inspector": [file.name],
		"far_officer": [],
		"nobody": [],
		"manager": [file.name],
	}


def test_who_filed_it_reads_it_no_longer_when_the_days_have_run_out(world, item):
	file = make.attach(item, CONTENT)
	frappe.set_user("Administrator")
	term = frappe.qb.DocType("Secretary Term")
	for days, readable in ((10, True), (31, False)):
		(
			frappe.qb.update(term)
			.set(term.status, "Closed")
			.set(term.open_key, None)
			.set(term.to_date, add_days(today(), -days))
			.where(term.name == world.term)
		).run()
		assert file.has_permission("read", user=world.secretary) is readable
		assert file.has_permission("write", user=world.secretary) is False
