"""The parts of a page that a phone keeps: addresses that change with the content, and the words it says."""

import hashlib
import re
from pathlib import Path

from frappe import _

PUBLIC = Path(__file__).parents[1] / "public"
SAID = re.compile(r'(?<![\w.$])__\(\s*"((?:[^"\\]|\\.)*)"')
NAMES = (
	"Expected",
	"Present",
	"Missing",
	"Damaged",
	"Outdated",
	"Delivered",
	"Received",
	"Contested",
	"Draft",
)
STATES = (*NAMES, "Asked", "Escalated", "Answered", "Returned", "Approved")
"""Words of the records that the scripts translate by their value."""


def of(name: str) -> dict:
	"""For the page whose parts lie in ``public/<name>``: its style, manifest, scripts and words.

	Browsers keep what lies under /assets for a year, so each address ends in a digest of its content.
	imports: an import map, module name to address
	texts: English to the user's language, for every text that the scripts say
	"""
	folder = PUBLIC / name
	scripts = sorted(folder.glob("*.js"))
	prefix = name.replace("_", "-")
	said = {text for script in scripts for text in SAID.findall(script.read_text(encoding="utf-8"))}
	return {
		"style": _address(folder / "page.css"),
		"manifest": _address(folder / "manifest.webmanifest"),
		"imports": {"imports": {f"{prefix}/{script.stem}": _address(script) for script in scripts}},
		"texts": {text: _(text) for text in sorted(said | set(STATES))},
	}


def _address(path: Path) -> str:
	digest = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
	return f"/assets/partycell/{path.relative_to(PUBLIC).as_posix()}?v={digest}"
