"""What the documentation says: its commands, its links, the words of the screen that it names."""

import re
from dataclasses import dataclass
from pathlib import Path

from tests import source

PAGES = sorted(
	path
	for path in (
		*source.ROOT.glob("*.md"),
		*source.ROOT.glob("docs/**/*.md"),
		source.ROOT / "benchmarks" / "README.md",
	)
	if path.name != "CHANGELOG.md"
)
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)

# What no test can run, and why. A command that begins with one of these is left out.
NOT_HERE = {
	"bench get-app": "fetches the app from its public address",
	"bench update": "fetches the app from its public address",
	"bench --site SITE uninstall-app": "tests/site/test_install.py takes the app away and installs it again",
	"bench --site SITE partycell demo-handover": "tests/site/test_demo.py hands a cell of the demo over",
	"bench --site SITE partycell demo": "tests/site/test_demo.py fills the site with the demo, and clears it",
	"bench --site SITE partycell import": "tests/site/test_import.py takes dossiers in by this command",
	"bench --site SITE restore": "asks for the database's root, and replaces the site that runs the tests",
}


@dataclass(frozen=True)
class Command:
	"""One line of a block marked ``sh``, without its comment."""

	page: str
	text: str

	def __str__(self) -> str:
		return f"{self.page}: {self.text}"

	@property
	def reason(self) -> str | None:
		"""Why it is not run, or None."""
		return next((why for start, why in NOT_HERE.items() if self.text.startswith(start)), None)


def text(path: Path) -> str:
	"""A page as it stands."""
	return path.read_text(encoding="utf-8")


def name(path: Path) -> str:
	"""A page, as it is called in a failure."""
	return path.relative_to(source.ROOT).as_posix()


def blocks(language: str) -> list[tuple[str, str]]:
	"""Every fenced block of a language: (page, what it holds)."""
	return [
		(name(path), match.group(2))
		for path in PAGES
		for match in BLOCK.finditer(text(path))
		if match.group(1) == language
	]


def commands() -> list[Command]:
	"""Every command of every block marked ``sh``, in order."""
	found = []
	for page, block in blocks("sh"):
		for line in block.splitlines():
			command = re.sub(r"(^|\s{2,})#\s.*$", "", line).strip()
			if command:
				found.append(Command(page, command))
	return found


def prose(path: Path) -> str:
	"""A page without its blocks and its inline code."""
	return re.sub(r"`[^`\n]*`", "", BLOCK.sub("", text(path)))


def named_words(path: Path) -> list[str]:
	"""What a page sets in bold: in the manuals, words of the screen."""
	return re.findall(r"\*\*([^*]+)\*\*", prose(path))
