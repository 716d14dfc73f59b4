"""`partycell verify`: every file, every manifest, the record and the digest of a dossier."""

import json
from pathlib import Path

from partycell.dossier import bag_check, bag_sources
from partycell.dossier.bag_check import Report
from partycell.offline import show
from partycell.offline.words import gettext as _
from partycell.rules import minutes
from partycell.rules.bag import Finding


def run(path: Path, digest: str | None) -> Report:
	"""Verifies the bag at a path, with a bar that shows how far it is."""
	with (
		bag_sources.source(path) as source,
		show.progress(_("Verifying"), sum(source.sizes.values())) as told,
	):
		return bag_check.verify(source, digest=digest, progress=told)


def said(finding: Finding) -> str:
	"""A finding in the language that was chosen."""
	return _(finding.text).format(path=finding.path, other=finding.other)


def tell(path: Path, report: Report) -> None:
	"""Says what is wrong, or that the dossier is whole."""
	for finding in report.findings:
		show.line(said(finding))
	if report.digest:
		show.line(_("Digest: {digest}").format(digest=" ".join(minutes.in_fours(report.digest))))
	if report.whole:
		text = _("{path} is whole: {files} files, {size} bytes.")
	else:
		text = _("{path} is NOT whole: {count} differences.")
	show.line(text.format(path=path, files=report.files, size=report.size, count=len(report.findings)))


def as_json(report: Report) -> str:
	"""The report for programs."""
	return json.dumps(
		{
			"whole": report.whole,
			"digest": report.digest,
			"files": report.files,
			"bytes": report.size,
			"findings": [
				{"kind": one.kind, "path": one.path, "other": one.other, "text": said(one)}
				for one in report.findings
			],
		},
		ensure_ascii=False,
		indent=1,
	)
