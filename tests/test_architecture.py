"""How the app is laid out and which way its calls run: what docs/architecture.md promises."""

import ast
import re
import subprocess
import sys

import pytest

from tests import source

# The ways in: nothing below them may call back up to them.
ENTRANCES = (
	"partycell.api.handovers",
	"partycell.api.my_cell",
	"partycell.commands",
	"partycell.hooks",
	"partycell.doctype",
	"partycell.report",
)
CONTROLLERS = sorted(path for path in source.APP.glob("doctype/*/*.py") if path.name != "__init__.py")
# What stands beside the capabilities and may call any of them.
BESIDE = ("partycell.setup", "partycell.patches", "partycell.offline", "partycell.www", "partycell.__main__")
# What Frappe and Python look for at the top of the app, and how it refuses; all else lies in a package.
AT_THE_TOP = {"__init__", "__main__", "commands", "errors", "hooks", "partycell", "refusal"}
SMALL, READABLE = 40, 320  # lines
RISKY_NAMES = ("ignore_permissions", "allow_guest")


def short(path) -> str:
	"""A path as people say it."""
	return str(path.relative_to(source.ROOT))


def under(module: str, packages: tuple[str, ...]) -> bool:
	"""Whether a module is one of these, or lies in one of them."""
	return any(module == package or module.startswith(f"{package}.") for package in packages)


def test_rules_are_imported_where_there_is_no_frappe():
	names = [name for name in source.modules() if under(name, ("partycell.rules",))]
	assert len(names) > 10
	program = (
		"import sys\n"
		"class Block:\n"
		"	def find_spec(self, name, path=None, target=None):\n"
		"		if name.split('.')[0] == 'frappe': raise ImportError('rules import ' + name)\n"
		"sys.meta_path.insert(0, Block())\n"
		f"for name in {names!r}: __import__(name)\n"
		"others = [m for m in sys.modules if m.startswith('partycell.') and not m.startswith('partycell.rules')]\n"
		"assert not others, others\n"
	)
	done = subprocess.run(
		[sys.executable, "-c", program], cwd=source.ROOT, capture_output=True, text=True, check=False
	)
	assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("path", sorted(source.APP.glob("rules/*.py")), ids=short)
def test_rules_use_rules_and_nothing_that_reads_or_waits(path):
	assert all(under(name, ("partycell.rules",)) for name in source.imports(path))
	for node in ast.walk(source.tree(path)):
		if isinstance(node, ast.Import):
			assert not {alias.name for alias in node.names} & {
				"frappe",
				"os",
				"time",
				"pathlib",
				"random",
				"socket",
			}
		if isinstance(node, ast.Call):
			called = ast.unparse(node.func)
			assert called not in ("open", "date.today", "datetime.now", "print", "input"), (
				f"line {node.lineno}"
			)


@pytest.mark.parametrize("path", sorted(source.ROOT.glob("[!.]*/**/*.py")), ids=short)
def test_nobody_imports_a_controller(path):
	"""Frappe imports it by another name, and then there are two classes."""
	for node in ast.walk(source.tree(path)):
		names = []
		if isinstance(node, ast.Import):
			names = [alias.name for alias in node.names]
		elif isinstance(node, ast.ImportFrom) and node.module:
			names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
		wrong = [name for name in names if under(name, ("partycell.doctype", "partycell.partycell"))]
		assert not wrong, f"line {node.lineno}: {wrong}"


@pytest.mark.parametrize("path", CONTROLLERS, ids=short)
def test_a_controller_only_calls(path):
	assert len(path.read_text().splitlines()) <= SMALL
	classes = [node for node in source.tree(path).body if isinstance(node, ast.ClassDef)]
	assert len(classes) == 1
	for node in source.tree(path).body:
		assert isinstance(node, ast.Import | ast.ImportFrom | ast.ClassDef | ast.Expr), f"line {node.lineno}"
	for method in classes[0].body:
		if isinstance(method, ast.Pass | ast.Expr):
			continue
		assert isinstance(method, ast.FunctionDef), f"line {method.lineno}: only methods"
		for statement in method.body:
			called = isinstance(statement, ast.Expr | ast.Return) and isinstance(
				statement.value, ast.Call | ast.Constant
			)
			assert called, f"line {statement.lineno}: a controller's method calls, it decides nothing"


def capabilities() -> list[str]:
	"""Every module by its name that is no way in and lies below them."""
	return [name for name in source.modules() if not under(name, (*ENTRANCES, *BESIDE))]


@pytest.mark.parametrize("name", capabilities())
def test_a_capability_calls_no_way_in(name):
	imported = source.imports(source.modules()[name])
	assert not [one for one in imported if under(one, ENTRANCES)]


def test_everything_lies_in_a_room():
	assert {path.stem for path in source.APP.glob("*.py")} == AT_THE_TOP


@pytest.mark.parametrize("path", sorted(source.APP.glob("*/__init__.py")), ids=short)
def test_a_room_says_what_it_is_for_and_holds_no_code_at_its_door(path):
	body = source.tree(path).body
	assert [type(node) for node in body] in ([], [ast.Expr])


def test_every_room_and_module_is_on_the_page_of_the_architecture():
	page = (source.ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
	rows = dict(re.findall(r"^\| `(\w+)/` \|.*\| ([^|]*) \|$", page, re.MULTILINE))
	for package, listed in rows.items():
		if listed.strip():
			there = {path.stem for path in source.APP.glob(f"{package}/*.py")} - {"__init__"}
			assert set(re.findall(r"`(\w+)`", listed)) == there, f"docs/architecture.md: {package}/"
	doors = {path.parent.name for path in source.APP.glob("*/__init__.py") if source.tree(path).body}
	assert set(rows) >= doors - {"rules", "setup", "patches"}


def test_no_module_leads_back_to_itself():
	graph = {
		name: set(source.imports(path)) & set(source.modules()) - {name}
		for name, path in source.modules().items()
	}
	# A package's __init__ is loaded before its modules; it imports nothing of the app.
	assert not graph["partycell"]
	cleared: set[str] = set()
	while rest := {name: needs - cleared for name, needs in graph.items() if name not in cleared}:
		free = {name for name, needs in rest.items() if not needs}
		assert free, f"in a circle, or above one: {sorted(rest)}"
		cleared |= free


@pytest.mark.parametrize("path", sorted(source.modules().values()), ids=short)
def test_a_module_is_of_a_size_that_can_be_read(path):
	assert len(path.read_text(encoding="utf-8").splitlines()) <= READABLE


def test_the_modules_folder_shadows_nothing():
	"""``partycell/partycell/__init__.py`` would hide ``partycell/partycell.py``, and no DocType would sync."""
	assert not (source.APP / "partycell" / "__init__.py").exists()
	assert (source.APP / "partycell" / "custom" / ".gitkeep").exists()
	assert (source.APP / "partycell.py").exists()
	assert (source.APP / "modules.txt").read_text().split() == ["Partycell"]


def named_paths() -> list:
	"""Every dotted path of the app that a text in it names: (where, path, from a script of the desk)."""
	found = []
	for path in source.modules().values():
		for node in ast.walk(source.tree(path)):
			if (
				isinstance(node, ast.Constant)
				and isinstance(node.value, str)
				and source.DOTTED.fullmatch(node.value)
			):
				found.append((f"{short(path)}:{node.lineno}", node.value, False))
	for ending in ("js", "json", "html"):
		for path in sorted(source.APP.rglob(f"*.{ending}")):
			for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
				if "frappe.provide(" in line:
					continue
				for quoted in source.QUOTED.findall(line):
					if source.DOTTED.fullmatch(quoted):
						found.append((f"{short(path)}:{number}", quoted, ending == "js"))
	for line in (source.APP / "patches.txt").read_text().splitlines():
		if line.strip() and not line.startswith(("[", "#")):
			found.append(("patches.txt", f"{line.split()[0]}.execute", False))
	return [pytest.param(dotted, script, id=f"{where} {dotted}") for where, dotted, script in found]


@pytest.mark.parametrize(("dotted", "script"), named_paths())
def test_a_named_path_leads_somewhere(dotted, script):
	node = source.resolve(dotted)
	assert node is not None, f"{dotted} is nowhere"
	if script:
		assert source.is_whitelisted(node), f"the desk cannot call {dotted}"


def whitelisted() -> list:
	"""Every function that can be called from outside."""
	return [
		pytest.param(node, id=f"{name}.{node.name}")
		for name, path in source.modules().items()
		for node in ast.walk(source.tree(path))
		if source.is_whitelisted(node)
	]


@pytest.mark.parametrize("node", whitelisted())
def test_what_can_be_called_from_outside_says_its_types(node):
	"""Frappe checks arguments against annotations, and only where there are some."""
	arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
	bare = [argument.arg for argument in arguments if argument.arg != "self" and not argument.annotation]
	assert not bare, f"without a type: {bare}"
	assert node.args.vararg is None and node.args.kwarg is None
	assert node.returns is not None and ast.get_docstring(node)


def risks() -> list:
	"""Every place that passes over permissions, commits by itself, lets guests in or writes SQL as text."""
	found = []
	for path in source.modules().values():
		for node, statement in _within_statements(source.tree(path)):
			if what := _risk(node):
				lines = range(statement.lineno - 1, node.end_lineno + 1)
				found.append(pytest.param(path, lines, id=f"{short(path)}:{node.lineno} {what}"))
	return found


def _within_statements(node: ast.AST, statement: ast.stmt | None = None):
	"""Every node with the statement it stands in."""
	for child in ast.iter_child_nodes(node):
		nearest = child if isinstance(child, ast.stmt) else statement
		yield child, nearest
		yield from _within_statements(child, nearest)


def _risk(node: ast.AST) -> str | None:
	if isinstance(node, ast.keyword) and node.arg in RISKY_NAMES:
		return node.arg
	if isinstance(node, ast.Attribute) and node.attr in RISKY_NAMES:
		return node.attr
	if (
		isinstance(node, ast.Call)
		and isinstance(node.func, ast.Attribute)
		and node.func.attr in ("commit", "sql")
	):
		owner = node.func.value
		if getattr(owner, "attr", getattr(owner, "id", "")) == "db":
			return f"db.{node.func.attr}"
	return None


@pytest.mark.parametrize(("path", "lines"), risks())
def test_what_passes_over_a_safeguard_says_why(path, lines):
	assert set(lines) & source.comment_lines(path), "write the reason on the line, or on the line before"


def test_the_search_for_such_places_finds_some():
	assert {param.id.split()[-1] for param in risks()} >= {"ignore_permissions", "db.commit", "db.sql"}
