"""Making a bench, and keeping the app in it equal to this checkout."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

from . import environments, frappe_source
from .console import Stop, say, title
from .frappe_source import Wants
from .places import BENCH_USER, CHECKOUT, Bench, is_root
from .settings import Settings
from .system import ensure_user, hand_to, program
from .workshop import Workshop, choose_python, equip, install_packages, needs_root_for_user


def prepare(settings: Settings, *, mariadb: bool) -> Workshop:
	"""Everything up to a bench with Frappe in it; continues where an earlier run stopped.

	Raises Stop (2) within seconds where Frappe is needed and cannot be reached.
	"""
	bench = settings.bench
	to_make = bool(bench.usable()) or _unfinished(bench).exists()
	if to_make:
		_may_be_made(bench)
		if program("git"):
			_check_reachable(settings.branch)
	title("The machine")
	install_packages(mariadb=mariadb)
	if to_make:
		_check_reachable(settings.branch)
	if is_root() and not bench.path.exists():
		ensure_user(BENCH_USER)
	if settings.user == "root":
		raise Stop(
			f"{bench.path} belongs to root, as whom bench does not work: give it to a user (chown -R)", 2
		)
	if needs_root_for_user(settings.user):
		raise Stop(f"{bench.path} belongs to {settings.user}: run this as {settings.user} or as root", 2)
	wants = (
		frappe_source.wants_of_branch(settings.branch)
		if to_make
		else frappe_source.wants_of_bench(bench.frappe)
	)
	shop = equip(settings.user, wants)
	title(f"The bench: {bench.path}")
	if to_make:
		_make(shop, settings, wants)
	else:
		say(f" + Frappe {bench.version} is there")
	if environments.lacks_pkg_resources(bench):
		_pip(shop, bench, "setuptools with pkg_resources", environments.OLD_SETUPTOOLS)
	return shop


def _check_reachable(branch: str) -> None:
	if why := frappe_source.unreachable(branch):
		raise Stop(why, 2)


def _unfinished(bench: Bench) -> Path:
	"""A mark beside the bench while it is made: `bench init` cannot go on by itself."""
	return bench.path.parent / f".{bench.path.name}.unfinished"


def _may_be_made(bench: Bench) -> None:
	if bench.path.exists() and not _unfinished(bench).exists() and any(bench.path.iterdir()):
		raise Stop(f"{bench.usable()}. Remove it, or choose another place with BENCH=", 2)


def _make(shop: Workshop, settings: Settings, wants: Wants) -> None:
	bench = settings.bench
	python = choose_python(shop, wants, settings.python)
	if bench.path.exists():
		say(f"   what an interrupted run left of {bench.path} is removed")
		shutil.rmtree(bench.path)
	_unfinished(bench).touch()
	# Made here, because its parent may belong to root.
	bench.path.mkdir(parents=True)
	hand_to(shop.user, bench.path)
	# Assets are a step of their own, and backups of a demo by cron serve nobody.
	shop.run(
		f"bench init, Frappe {settings.branch} (some minutes)",
		"bench",
		"init",
		"--ignore-exist",
		"--skip-assets",
		"--no-backups",
		"--frappe-branch",
		settings.branch,
		"--python",
		python,
		bench.path,
		hint="Run the command again: it continues.",
	)
	fresh = Bench(bench.path)
	if why := fresh.usable():
		raise Stop(f"bench init said nothing, but {why}")
	_unfinished(bench).unlink()


def _pip(shop: Workshop, bench: Bench, what: str, *arguments: str | Path) -> None:
	shop.run(what, "uv", "pip", "install", "--quiet", "--python", bench.python, *arguments, cwd=bench.path)


def sync_app(shop: Workshop, bench: Bench) -> bool:
	"""Make the bench's copy of the app equal to this checkout, with what is not committed yet.

	Returns whether anything changed. The copy is a clone of a clone: bench wants a Git repository
	of its own user's, and the checkout may be readable to root only or be no repository at all.
	"""
	source = shop.folder / "source" / "partycell"
	changed = _stage(shop, source)
	app = bench.path / "apps" / "partycell"
	listed = bench.path / "sites" / "apps.txt"
	if app.exists() and not app.is_symlink() and "partycell" not in listed.read_text().split():
		say("   an earlier get-app did not finish: it is done anew")
		shutil.rmtree(app)
	if not app.exists():
		shop.run("bench get-app partycell", "bench", "get-app", "--skip-assets", source, cwd=bench.path)
		return True
	if app.is_symlink() or not (app / ".git").exists():
		say(f"   {app} is not ours to change: it is used as it is")
		return True
	head = shop.output("git", "rev-parse", "HEAD", cwd=app)
	if not changed and head == shop.output("git", "rev-parse", "HEAD", cwd=source):
		say(" + the bench has this checkout's partycell")
		return False
	before = _digest(app / "pyproject.toml")
	shop.run("fetch partycell", "git", "fetch", "--quiet", source, "HEAD", cwd=app)
	shop.run("partycell as in this checkout", "git", "reset", "--quiet", "--hard", "FETCH_HEAD", cwd=app)
	if before != _digest(app / "pyproject.toml"):
		_pip(shop, bench, "partycell's dependencies", "--editable", app)
	return True


def _digest(path: Path) -> str:
	return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""


def _stage(shop: Workshop, source: Path) -> bool:
	"""Copy the checkout's files into a repository of the bench's user; whether they differ from before."""
	names = _files()
	source.mkdir(parents=True, exist_ok=True)
	for old in source.rglob("*"):
		inside = old.relative_to(source)
		if inside.parts[0] != ".git" and not old.is_dir() and inside not in names:
			old.unlink()
	for name in names:
		target = source / name
		target.parent.mkdir(parents=True, exist_ok=True)
		shutil.copy2(CHECKOUT / name, target)
	hand_to(shop.user, source.parent)
	git = ["git", "-c", "user.name=partycell", "-c", "user.email=partycell@localhost"]
	if not (source / ".git").exists():
		shop.run("repository for bench", *git, "init", "--quiet", "--initial-branch=main", cwd=source)
	shop.run("checkout's files", *git, "add", "--all", "--force", cwd=source)
	if not shop.output(*git, "status", "--porcelain", cwd=source) and shop.output(
		"git", "rev-parse", "HEAD", cwd=source
	):
		return False
	shop.run("copy for bench", *git, "commit", "--quiet", "--message=The checkout as it stands", cwd=source)
	return True


def _files() -> set[Path]:
	"""The checkout's files that Git knows or would take, else all but the cache's."""
	listed = subprocess.run(
		["git", "-c", f"safe.directory={CHECKOUT}", "ls-files", "-coz", "--exclude-standard"],
		cwd=CHECKOUT,
		capture_output=True,
		check=False,
	)
	if listed.returncode == 0:
		names = {Path(name.decode()) for name in listed.stdout.split(b"\0") if name}
	else:
		names = {
			path.relative_to(CHECKOUT)
			for path in CHECKOUT.rglob("*")
			if path.is_file() and not {".git", ".cache", "demo-output", "__pycache__"} & set(path.parts)
		}
	return {name for name in names if (CHECKOUT / name).is_file()}
