"""The minutes that the command prints, as they come out of the printer."""

import pytest

from partycell.papers import pdf, qr
from tests.offline.conftest import seal
from tests.paper import codes


@pytest.mark.parametrize(
	("site", "says"),
	[
		("https://dang-uy.example/", "https://dang-uy.example/handover/verify/{digest}"),
		(None, "sha256:{digest}"),
	],
)
def test_a_phone_reads_the_digest_from_the_paper(example, tmp_path, site, says):
	file = example / "cell.toml"
	if site:
		file.write_text(file.read_text().replace("[office]", f'[office]\nsite = "{site}"'), encoding="utf-8")
	done = seal(example, tmp_path / "out")
	assert codes(done.minutes.read_bytes()) == [says.format(digest=done.digest)]


def test_a_code_is_still_read_when_a_stamp_covers_a_part_of_it(tmp_path):
	"""Level Q gives back a quarter; a stamp in the middle takes about a tenth."""
	digest = "ab" * 32
	stamp = "position:absolute; left:34mm; top:34mm; width:12mm; height:12mm; background:black"
	html = (
		f'<html><head></head><body style="position:relative"><img src="{qr.picture(qr.leads_to(None, digest))}" '
		f'style="position:absolute; left:20mm; top:20mm; width:40mm"><div style="{stamp}"></div></body></html>'
	)
	assert codes(pdf.make(html)) == [f"sha256:{digest}"]
