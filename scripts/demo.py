#!/usr/bin/env python3
"""`make demo`: from a fresh Debian or Ubuntu to partycell's desk in a browser.

Run it again and it continues where it stopped, or brings the demo up to this checkout.
Environment:
  FRAPPE_BRANCH   version-16 (default) or version-15
  BENCH           a bench that is there, or where to make one
                  (default partycell-bench-<branch> in the home of the bench's user)
  SITE            partycell.localhost
  DB              sqlite (default), mariadb (default with version-15)
  PORT            8000
  PYTHON          for the bench; default: one that suits the branch
  SERVE           0: prepare everything, serve nothing
  ADMIN_PASSWORD  admin
  VERBOSE         1: show all that is printed on the way
As root (or with sudo) it installs packages and makes a user `frappe`, because bench refuses root.
Where Frappe cannot be had, it says why and hands the bundled example folder over offline: the minutes
and the verified dossier are in demo-output/ then.
"""

from __future__ import annotations

import argparse
import os
import sys

if sys.version_info < (3, 10):  # noqa: UP036 (whoever has an older one should read why)
	sys.exit("Python 3.10 or later is needed")

from ground import bench, desk, offline, settings
from ground.console import Stop, say
from ground.site import Site, mariadb_of_system
from ground.system import on_termination
from ground.workshop import Workshop


def main() -> int:
	"""Prepare and serve; the handover offline where there can be no Frappe; 2 where a setting is wrong."""
	argparse.ArgumentParser(
		description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
	).parse_args()
	on_termination()
	os.umask(0o022)
	try:
		chosen = settings.read(os.environ)
		on_mariadb = chosen.database == "mariadb"
		shop = _bench(chosen, mariadb=on_mariadb)
		if not shop:
			return 0
		with mariadb_of_system(wanted=on_mariadb), desk.redis_of_bench(shop, chosen):
			site = Site(shop, chosen)
			site.create()
			site.install_app()
			site.demo()
			if chosen.serve:
				desk.serve(shop, chosen)
		say("\nReady. `make demo` serves it." if not chosen.serve else "\nstopped")
	except Stop as stop:
		say(f"\n{stop}")
		return stop.code
	except KeyboardInterrupt:
		say("\nstopped")
		return 0 if os.environ.get("SERVE") != "0" else 130
	return 0


def _bench(chosen: settings.Settings, *, mariadb: bool) -> Workshop | None:
	"""The bench, made if need be; None where there can be none here and the demo was held offline."""
	try:
		return bench.prepare(chosen, mariadb=mariadb)
	except Stop as stop:
		# 2: the machine or the network stands in the way. A bench that was named is not passed over.
		if stop.code != 2 or chosen.given:
			raise
		offline.demo(str(stop))
		return None


if __name__ == "__main__":
	sys.exit(main())
