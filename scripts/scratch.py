#!/usr/bin/env python3
"""A scratch site for as long as a command runs: a shell by default.

  scripts/scratch.py v16-sqlite                                  a shell; `pytest tests/site -k handover`
  scripts/scratch.py v15-mariadb -- bench partycell demo         one command

On PATH lie `python` and `pytest` of the site's bench, and `bench` for bench commands on the site.
Environment: BENCH, as for `make test`.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys

from ground import environments
from ground.console import Stop, say
from ground.places import CHECKOUT, found_benches, named_benches
from ground.scratch import SITE, Flavour, Scratch, scratch_site
from ground.system import on_termination


def main() -> int:
	"""Make the site, run the command, drop the site; the command's exit status."""
	parser = argparse.ArgumentParser(
		description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
	)
	parser.add_argument("flavour", help="v16-sqlite, v16-mariadb, v15-mariadb")
	parser.add_argument("command", nargs="*", help="after --")
	options = parser.parse_args()
	on_termination()
	major, _, database = options.flavour.removeprefix("v").partition("-")
	benches = [bench for bench in named_benches() or found_benches() if str(bench.major) == major]
	if not benches:
		raise Stop(f"there is no bench with Frappe {major}: name one with BENCH=", 2)
	environments.tools()
	with scratch_site(Flavour(benches[0], database)) as scratch:
		_put_on_path(scratch)
		say(f"\n{options.flavour}: {scratch.sites}/{SITE}; it is gone when this ends.")
		command = options.command or [os.environ.get("SHELL", "/bin/bash")]
		return subprocess.run(command, cwd=CHECKOUT, env=scratch.env, check=False).returncode


def _put_on_path(scratch: Scratch) -> None:
	folder = scratch.root / "bin"
	folder.mkdir()
	python = scratch.flavour.bench.python
	scripts = {
		"python": f'exec "{python}" "$@"',
		"pytest": f'exec "{python}" -m pytest "$@"',
		"bench": f'cd "{scratch.sites}" && exec "{python}" -m frappe.utils.bench_helper frappe --site {SITE} "$@"',
	}
	for name, line in scripts.items():
		(folder / name).write_text(f"#!/bin/sh\n{line}\n")
		(folder / name).chmod(0o755)
	scratch.env["PATH"] = os.pathsep.join([str(folder), scratch.env["PATH"]])


if __name__ == "__main__":
	try:
		sys.exit(main())
	except Stop as stop:
		say(str(stop))
		sys.exit(stop.code)
	except KeyboardInterrupt:
		sys.exit(130)
