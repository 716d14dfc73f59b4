"""What the desk's forms are made of: scripts that are read from where hooks say, and roles that may write."""

import re

import pytest

from partycell.rules import handover
from tests import source

SCRIPTS = sorted((source.APP / "public" / "js").rglob("*.js")) + sorted(
	(source.APP / "doctype").rglob("*.js")
)
# Who can have a part in a handover, by role; the giver may be an officer who acts for the giver.
ROLES_OF = {
	handover.GIVER: {"Cell Secretary", "Committee Officer", "Partycell Manager"},
	handover.RECEIVER: {"Cell Secretary"},
	handover.UPPER_LEVEL: {"Committee Officer", "Partycell Manager"},
}
# Written by the dialog of an act, which does not need the form to be open for writing.
BY_DIALOG = {"withdrawn_reason", "annulled_reason"}


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_is_of_a_size_that_can_be_read(path):
	assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


def test_every_script_is_loaded_by_a_hook_or_lies_with_its_doctype():
	hooked = {path for files in source.value_of("partycell.hooks", "doctype_js").values() for path in files}
	hooked |= {
		path.replace("/assets/partycell/", "public/")
		for path in source.value_of("partycell.hooks", "app_include_js")
	}
	for path in SCRIPTS:
		own = path.relative_to(source.APP)
		if own.parts[0] == "doctype":
			assert path.stem in {path.parent.name, f"{path.parent.name}_list", f"{path.parent.name}_tree"} | {
				f"{path.parent.name}_calendar"
			}
		else:
			assert str(own) in hooked
	assert all((source.APP / path).exists() for path in hooked)


def test_the_workflow_leaves_the_form_open_to_whoever_may_write_on_it():
	workflow = next(one for one in source.fixture("workflow") if one["name"] == "Handover")
	for state, by_part in handover.WRITES.items():
		may_edit = {row["allow_edit"] for row in workflow["states"] if row["state"] == state}
		for part, fields in by_part.items():
			if part in ROLES_OF and fields - BY_DIALOG:
				assert ROLES_OF[part] <= may_edit, (state, part)


def test_the_form_has_a_button_for_every_way_on():
	script = (source.APP / "public/js/handover/acts.js").read_text(encoding="utf-8")
	labelled = set(re.findall(r"^\t(\w+): \{\n\t\tlabel:", script, re.M))
	assert labelled == {new for _old, new in handover.MOVES}
