"""The sealed dossier of a handover on a site, and the page that says whether one stands."""

import inspect
from pathlib import Path

import bagit
import frappe
import pytest
from frappe.website.serve import get_response

from partycell.api import handovers
from partycell.dossier import bag_check, bag_sources, exporting
from partycell.errors import DossierError
from partycell.handover import verifying
from partycell.rules import record
from tests.site import factories as make
from tests.site.support import acts
from tests.site.support.acts import by
from tests.site.support.refusals import refused


@pytest.fixture
def world(standing_world):
	acts.fill(standing_world.cell)
	frappe.set_user(standing_world.secretary)
	return standing_world


@pytest.fixture
def approved(world):
	"""A handover with two files, approved."""
	for slot, name in zip(
		make.slots(world.cell, required=1), ("Điều lệ.txt", "Sổ tay: 85 %.txt"), strict=False
	):
		make.attach(slot.name, name.encode() * 99, name)
	name = acts.receive(world, make.delivered(world))
	by(world.officer, handovers.approve, name)
	yield acts.handover(name)
	exporting.path_of(acts.handover(name)).unlink(missing_ok=True)


def page(path: str) -> str:
	"""A page of the site as a guest gets it."""
	frappe.set_user("Guest")
	frappe.utils.set_request(method="GET", path=path)
	frappe.local.request_ip = "192.0.2.7"
	return get_response(path).get_data(as_text=True)


class TestExport:
	def test_any_validator_finds_it_whole_and_its_digest_is_that_of_the_minutes(
		self, world, approved, tmp_path
	):
		response = by(world.receiver, handovers.download_dossier, approved.name)
		path = tmp_path / "dossier.zip"
		path.write_bytes(b"".join(response.response))
		assert int(response.headers["Content-Length"]) == path.stat().st_size
		with bag_sources.source(path) as source:
			report = bag_check.verify(source, digest=approved.digest)
			assert report.findings == []
			assert len(source.sizes) == 3 + 2 + 6
		assert report.digest == approved.digest and record.digest(report.record) == approved.digest
		import zipfile

		with zipfile.ZipFile(path) as opened:
			opened.extractall(tmp_path / "bag")
		assert bagit.Bag(str(tmp_path / "bag" / f"ban-giao-{approved.name}")).validate()

	def test_a_large_one_is_made_in_the_background_and_says_how_far_it_is(
		self, world, approved, jobs, monkeypatch
	):
		seen, real = [], inspect.signature(frappe.realtime.publish_progress)

		def publish(*args, **how):
			seen.append((real.bind(*args, **how).arguments["percent"], frappe.session.user))

		monkeypatch.setattr(frappe, "publish_progress", publish)
		monkeypatch.setattr(exporting, "AT_ONCE", 1)
		assert by(world.receiver, handovers.prepare_dossier, approved.name) is False
		assert (jobs[-1].method, jobs[-1].queue) == ("partycell.dossier.exporting.build", "long")
		assert len(seen) > 1 and seen == sorted(seen)
		assert seen[-1] == (100, world.receiver), "whoever asked for it sees how far it is"
		assert by(world.receiver, handovers.prepare_dossier, approved.name) is True
		with bag_sources.source(exporting.path_of(approved)) as source:
			assert bag_check.verify(source, digest=approved.digest).findings == []

	def test_only_who_may_print_the_handover_gets_it(self, world, approved):
		stranger = make.user("la")
		for act in (handovers.prepare_dossier, handovers.download_dossier):
			with pytest.raises(frappe.PermissionError):
				by(stranger, act, approved.name)

	def test_a_handover_under_way_has_none(self, world):
		name = make.delivered(world)
		with refused(DossierError, "Only an approved handover has a dossier"):
			by(world.secretary, handovers.prepare_dossier, name)

	def test_a_file_that_changed_or_vanished_on_the_disk_is_named_and_nothing_is_left(self, world, approved):
		path = exporting._paths(approved)[0]
		before = path.read_bytes()
		try:
			path.write_bytes(b"another")
			with refused(DossierError, "no longer as it was filed", "changed"):
				by(world.receiver, handovers.prepare_dossier, approved.name)
			path.unlink()
			with refused(DossierError, "is not on the disk any more"):
				by(world.receiver, handovers.prepare_dossier, approved.name)
		finally:
			path.write_bytes(before)
		assert list(Path(exporting.path_of(approved).parent).glob("*")) == []

	def test_a_record_that_was_changed_in_the_database_is_not_sealed_again(self, world, approved):
		frappe.db.set_value("Handover", approved.name, "venue", "Nơi khác")
		with refused(DossierError, "no longer gives the digest"):
			by(world.receiver, handovers.prepare_dossier, approved.name)


class TestThePage:
	def test_a_guest_learns_that_it_stands_and_nothing_personal(self, world, approved):
		html = page(f"/handover/verify/{approved.digest}")
		assert 'data-status="stands"' in html
		assert frappe.db.get_value("Cell", approved.cell, "cell_name") in html
		for row in approved.items:
			assert row.title not in html
		for person in (
			approved.giver_name,
			approved.receiver_name,
			approved.approved_by_name,
			approved.giver,
		):
			assert person not in html
		for _line, file in verifying.dossier.files_of(exporting.sealing.of(approved)):
			assert file["sha256"] in html and file["name"] not in html

	def test_an_annulled_one_and_an_unknown_one(self, world, approved):
		by(world.manager, handovers.annul, approved.name, "Thử")
		assert 'data-status="annulled"' in page(f"/handover/verify/{approved.digest}")
		assert 'data-status="unknown"' in page(f"/handover/verify/{'0' * 64}")
		assert 'data-status="unknown"' in page("/handover/verify/<script>")

	def test_a_handover_under_way_is_unknown(self, world):
		name = make.delivered(world)
		frappe.db.set_value("Handover", name, "digest", "a" * 64)
		assert verifying.look_up("a" * 64).status == verifying.UNKNOWN

	def test_spaces_and_capitals_of_the_paper_are_forgiven(self, approved):
		typed = " ".join(approved.digest[start : start + 4] for start in range(0, 64, 4)).upper()
		assert verifying.look_up(typed).status == verifying.STANDS

	def test_who_asks_too_often_is_told_to_wait(self, monkeypatch):
		frappe.utils.set_request(method="GET", path="/handover/verify/x")
		frappe.local.request_ip = "192.0.2.99"
		frappe.cache.delete_keys("rl:")
		with pytest.raises(frappe.RateLimitExceededError):
			for _look in range(verifying.LIMIT + 1):
				verifying.look_up_limited(digest="x")
