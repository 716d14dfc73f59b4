"""What must hold on every database: names, keys, transactions, and people who act at the same instant."""

import os
from concurrent.futures import ThreadPoolExecutor

import frappe
import pytest
import requests
from frappe.custom.doctype.custom_field.custom_field import create_custom_field

from partycell.folder import provisioning
from partycell.framework import indexes, locking
from tests.site import factories as make

committed = pytest.mark.committed


def at_once(*calls) -> list[requests.Response]:
	"""Sends these requests (client, path, arguments) at the same instant; the answers in their order."""
	frappe.db.commit()

	def send(client, path, arguments):
		# past the client's own request, which speaks with this thread's database
		return requests.Session.request(client, "POST", client.url + path, json=arguments, timeout=120)

	with ThreadPoolExecutor(len(calls)) as pool:
		answers = list(pool.map(lambda call: send(*call), calls))
	frappe.db.rollback()
	return answers


class TestNames:
	def test_vietnamese_that_some_databases_hold_for_the_same_makes_two_cells(self, standing_world):
		names = [make.cell(standing_world.commune, f"Chi bộ thôn {place}") for place in ("Hòa", "Hóa", "Hoa")]
		assert len(set(names)) == 3
		stored = frappe.get_all("Cell", {"name": ("in", names)}, ["name", "cell_name"])
		assert {row.cell_name for row in stored} == {
			"Chi bộ thôn Hòa",
			"Chi bộ thôn Hóa",
			"Chi bộ thôn Hoa",
		}

	@pytest.mark.parametrize("doctype", ["Cell", "Party Committee", "Folder Item", "Secretary Term"])
	def test_are_ascii(self, standing_world, doctype):
		names = frappe.get_all(doctype, pluck="name")
		assert names and all(name.isascii() for name in names)


class TestSearch:
	@pytest.mark.parametrize("typed", ["Đoàn Kết", "doan ket", "ĐOÀN KẾT", "kết đoàn"])
	def test_finds_a_cell_however_it_is_typed(self, standing_world, typed):
		found = frappe.call(
			"partycell.access.search.link_query",
			doctype="Cell",
			txt=typed,
			searchfield="name",
			start=0,
			page_len=10,
			filters=None,
		)
		assert [row[1] for row in found] == ["Chi bộ Thôn Đoàn Kết"]

	def test_other_words_find_nothing(self, standing_world):
		assert not frappe.call(
			"partycell.access.search.link_query",
			doctype="Cell",
			txt="đoàn kêu",
			searchfield="name",
			start=0,
			page_len=10,
			filters=None,
		)

	@committed
	def test_over_http_as_the_desk_asks(self, http):
		world = make.world()
		found = http(world.officer).message(
			"frappe.desk.search.search_link", doctype="Cell", txt="to dan pho 1", page_length=10
		)
		assert [row["value"] for row in found] == [world.cell]
		# The dialog for choosing many reads its rows by field.
		asked = {
			"doctype": "Cell",
			"txt": "to dan pho 1",
			"searchfield": "name",
			"page_length": 10,
			"as_dict": 1,
		}
		(row,) = http(world.officer).message("frappe.desk.search.search_widget", **asked)
		assert (row["name"], row["committee"]) == (world.cell, world.commune)


@committed
class TestKeys:
	def test_a_name_is_refused_twice_after_a_table_was_rebuilt(self):
		"""Adding a field rebuilds a table on SQLite, where it then has no primary key."""
		world = make.world()
		create_custom_field("Cell", {"fieldname": "partycell_probe", "label": "Probe", "fieldtype": "Data"})
		indexes.ensure()
		with pytest.raises(frappe.UniqueValidationError):
			_insert_again("Cell", world.cell)

	def test_a_slot_is_refused_twice_after_a_table_was_rebuilt(self):
		world = make.world()
		create_custom_field(
			"Folder Item", {"fieldname": "partycell_probe", "label": "Probe", "fieldtype": "Data"}
		)
		indexes.ensure()
		slot = make.slots(world.cell)[0].name
		with pytest.raises(frappe.UniqueValidationError):
			_insert_again("Folder Item", slot, name="another")


def _insert_again(doctype: str, known: str, **changed) -> None:
	values = frappe.get_doc(doctype, known).get_valid_dict()
	table = frappe.qb.DocType(doctype)
	row = {field: values[field] for field in ("name", *_keys(doctype))} | changed
	query = frappe.qb.into(table).columns(*row).insert(*row.values())
	try:
		query.run()
	except Exception as error:
		# Which of its names Frappe gives the refusal differs between its databases.
		if frappe.db.is_primary_key_violation(error) or frappe.db.is_unique_key_violation(error):
			raise frappe.UniqueValidationError from error
		raise


def _keys(doctype: str) -> tuple[str, ...]:
	(columns,) = indexes.UNIQUE.get(doctype, {"": ()}).values()
	return columns


@committed
class TestTransactions:
	def test_a_failed_request_leaves_none_of_its_rows(self, http):
		world = make.world()
		good = {"doctype": "Folder Item", "cell": world.cell, "title": "Sổ riêng", "section": "C"}
		before = frappe.db.count("Folder Item")
		answer = http(world.secretary).call("frappe.client.insert_many", docs=[good, good | {"copies": -1}])
		assert answer.status_code == 417 and "cannot be negative" in answer.text
		assert frappe.db.count("Folder Item") == before

	def test_nor_does_a_failed_job(self):
		world = make.world()
		frappe.db.commit()
		# A job begins on a connection that nothing has been written on.
		frappe.db.close()
		frappe.db.connect()
		locking.begin_job("partycell.folder.provisioning.begin_periods")
		frappe.db.set_value("Cell", world.cell, "cell_name", "Nửa chừng")
		frappe.db.rollback()
		assert frappe.db.get_value("Cell", world.cell, "cell_name") == "Chi bộ Tổ dân phố 1"


@committed
class TestAtTheSameInstant:
	def test_of_two_approvals_one_is_carried_out_and_the_other_told(self, http):
		world = make.world()
		second = make.user("Phó Ban Hai")
		commune = frappe.get_doc("Party Committee", world.commune)
		commune.append("users", {"user": second, "function": "Officer", "from_date": "2020-01-01"})
		frappe.set_user("Administrator")
		commune.save()
		name = make.received(world)
		frappe.set_user("Administrator")
		path = "/api/method/partycell.api.handovers.approve"
		answers = at_once(
			(http(world.officer), path, {"handover": name}), (http(second), path, {"handover": name})
		)
		lost = [answer for answer in answers if not answer.ok]
		assert len(lost) == 1, [answer.text for answer in answers]
		assert "AlreadyDoneError" in lost[0].text and "has just done this" in lost[0].text
		assert frappe.db.count("Secretary Term", {"cell": world.cell, "status": "Open"}) == 1
		assert frappe.db.get_value("Handover", name, ["docstatus", "minutes_number"]) == (1, 1)

	def test_the_pictures_of_a_page_that_are_loaded_together_all_come(self, http):
		world = make.world()
		frappe.set_user("Administrator")
		files = [make.attach(slot.name, make.png(), "anh.png") for slot in make.slots(world.cell)[:3]]
		client = http(world.secretary)
		frappe.db.commit()

		def load(file) -> int:
			return requests.Session.request(
				client, "GET", client.url + file.file_url, timeout=120
			).status_code

		with ThreadPoolExecutor(8) as pool:
			assert set(pool.map(load, files * 12)) == {200}

	def test_of_two_handovers_of_a_cell_one_is_opened_and_the_other_refused_by_name(self, http):
		world = make.world()
		clients = [http(world.secretary), http(world.secretary)]
		doc = {"cell": world.cell, "reason": "Congress", "receiver": world.receiver}
		answers = at_once(*((client, "/api/resource/Handover", doc) for client in clients))
		assert sorted(answer.status_code for answer in answers) == [200, 417], [a.text for a in answers]
		lost = next(answer for answer in answers if not answer.ok)
		running = frappe.get_all("Handover", {"cell": world.cell}, pluck="name")
		assert len(running) == 1
		assert running[0] in lost.text or "has just opened a handover" in lost.text

	def test_two_processes_that_provision_add_each_slot_once(self):
		world = make.world()
		cells = [make.cell(world.commune, f"Chi bộ {number}") for number in range(20)]
		wanted = frappe.db.count("Folder Item", {"cell": cells[0]})
		frappe.db.delete("Folder Item", {"cell": ("in", cells)})
		frappe.db.commit()
		children = [_provision_in_child(cells) for _ in range(2)]
		assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0, 0]
		frappe.db.connect()
		frappe.db.rollback()
		rows = frappe.get_all("Folder Item", {"cell": ("in", cells)}, ["cell", "source", "period"])
		assert len(rows) == len({tuple(row.values()) for row in rows}) == wanted * len(cells)


def _provision_in_child(cells: list[str]) -> int:
	"""Forks a process that provisions, with a connection of its own; returns its id."""
	frappe.db.close()
	child = os.fork()
	if child:
		return child
	status = 1
	try:
		frappe.db.connect()
		locking.begin_job()
		provisioning.provision_many(cells)
		status = 0
	finally:
		os._exit(status)


@committed
def test_a_form_that_a_browser_knows_already_comes_with_the_fields_of_its_tables(http):
	known = {"doctype": "Handover", "cached_timestamp": str(frappe.get_meta("Handover").modified)}
	answer = http("Administrator").get("/api/method/frappe.desk.form.load.getdoctype", params=known).json()
	assert {"Handover", "Handover Item", "Handover Open Matter"} <= {doc["name"] for doc in answer["docs"]}
