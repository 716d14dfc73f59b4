"""The app's own source, read as text and syntax trees: for tests that look at it without Frappe."""

import ast
import io
import json
import re
import tokenize
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
APP = ROOT / "partycell"

# Dotted paths to something in the app, as hooks, scripts and jobs name them.
DOTTED = re.compile(r"partycell(?:\.[A-Za-z_]\w*)+")
QUOTED = re.compile(r"""["'`]([^"'`\s]+)["'`]""")


@cache
def modules() -> dict[str, Path]:
	"""Every Python module of the app by the name under which code may import it."""
	found = {}
	for path in sorted(APP.rglob("*.py")):
		parts = path.relative_to(ROOT).with_suffix("").parts
		found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
	return found


@cache
def tree(path: Path) -> ast.Module:
	"""A file's syntax tree."""
	return ast.parse(path.read_text(encoding="utf-8"), str(path))


@cache
def imports(path: Path) -> frozenset[str]:
	"""Modules of the app that a file imports, anywhere in it; names as written where none is known."""
	found = set()
	for node in ast.walk(tree(path)):
		if isinstance(node, ast.Import):
			found |= {alias.name for alias in node.names if alias.name.split(".")[0] == "partycell"}
		elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "partycell":
			for alias in node.names:
				inner = f"{node.module}.{alias.name}"
				found.add(inner if inner in modules() else node.module)
	return frozenset(found)


@cache
def comment_lines(path: Path) -> frozenset[int]:
	"""The numbers of the lines that hold a comment."""
	tokens = tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline)
	return frozenset(token.start[0] for token in tokens if token.type == tokenize.COMMENT)


def defined(path: Path) -> dict[str, ast.AST]:
	"""What a module defines or imports at its top level, by name."""
	names: dict[str, ast.AST] = {}
	for node in tree(path).body:
		if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
			names[node.name] = node
		elif isinstance(node, ast.Assign):
			names |= {target.id: node for target in node.targets if isinstance(target, ast.Name)}
		elif isinstance(node, ast.Import | ast.ImportFrom):
			names |= {alias.asname or alias.name.split(".")[0]: node for alias in node.names}
	return names


def resolve(dotted: str) -> ast.AST | None:
	"""The definition that a dotted path leads to, the module's tree for a module; None if nowhere."""
	parts = dotted.split(".")
	for cut in range(len(parts), 0, -1):
		path = modules().get(".".join(parts[:cut]))
		if path is None:
			continue
		rest = parts[cut:]
		if not rest:
			return tree(path)
		return defined(path).get(rest[0]) if len(rest) == 1 else None
	return None


def is_whitelisted(node: ast.AST) -> bool:
	"""Whether a function carries ``@frappe.whitelist()``."""
	return any(
		"frappe.whitelist" in ast.unparse(decorator) for decorator in getattr(node, "decorator_list", ())
	)


def value_of(module: str, name: str):
	"""A module's constant as a value: a literal, or a literal text that is split."""
	node = defined(modules()[module])[name].value
	if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "split":
		return ast.literal_eval(node.func.value).split()
	return ast.literal_eval(node)


@cache
def doctypes() -> dict[str, dict]:
	"""The app's DocTypes as their JSON files have them, by name."""
	found = [read(path) for path in sorted(APP.glob("doctype/*/*.json"))]
	return {doctype["name"]: doctype for doctype in found}


def fields(doctype: str) -> dict[str, dict]:
	"""A DocType's fields by name."""
	return {field["fieldname"]: field for field in doctypes()[doctype]["fields"]}


def options(doctype: str, field: str) -> list[str]:
	"""What a Select offers, without the empty choice."""
	return [option for option in fields(doctype)[field]["options"].split("\n") if option]


def read(path: Path):
	"""A JSON file."""
	return json.loads(path.read_text(encoding="utf-8"))


def fixture(name: str) -> list[dict]:
	"""The records of a fixture file."""
	path = APP / "fixtures" / f"{name}.json"
	return read(path) if path.exists() else []
