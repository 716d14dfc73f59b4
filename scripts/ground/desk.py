"""The processes behind the desk: redis while the site is set up, all of them while it is served."""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from .console import Stop, say, title
from .places import LOGS
from .services import running
from .settings import Settings
from .system import free_port, hand_to, port_answers
from .workshop import Workshop

REDIS = ("redis_cache", "redis_queue")


@contextmanager
def redis_of_bench(shop: Workshop, settings: Settings) -> Iterator[None]:
	"""The bench's two redis servers: those that run already, or ours, stopped at the end.

	Benches must not share one, so where another program has the port, this bench gets another.
	"""
	bench = settings.bench.path
	config_file = bench / "sites" / "common_site_config.json"
	config = json.loads(config_file.read_text())
	running_ones, wanted = [], {}
	for name in REDIS:
		port = urlsplit(config.get(name, "")).port or free_port()
		if port_answers(port) and not _is_of(port, bench):
			say(f"   port {port} of {name} is in other hands, so it gets another")
			port = free_port()
		(running_ones if port_answers(port) else wanted.setdefault(name, [])).append(port)
		config[name] = f"redis://127.0.0.1:{port}"
	config["redis_socketio"] = config["redis_cache"]
	if json.loads(config_file.read_text()) != config:
		config_file.write_text(json.dumps(config, indent=1, sort_keys=True))
		hand_to(shop.user, config_file)
	with ExitStack() as stack:
		for name, (port,) in wanted.items():
			folder = bench / "config" / "pids"
			folder.mkdir(parents=True, exist_ok=True)
			hand_to(shop.user, folder)
			command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder)]
			command += ["--dbfilename", f"{name}.rdb", "--save", "", "--appendonly", "no"]
			log = _log(name)
			process = stack.enter_context(running(name, command, log, env=shop.env, user=shop.user))
			_await_port(name, process, port, log)
		yield


def _is_of(port: int, bench: Path) -> bool:
	"""Whether the redis on a port keeps its files in this bench."""
	try:
		with socket.create_connection(("127.0.0.1", port), timeout=2) as connection:
			connection.sendall(b"*3\r\n$6\r\nCONFIG\r\n$3\r\nGET\r\n$3\r\ndir\r\n")
			answer = connection.recv(4096).decode(errors="replace")
	except OSError:
		return False
	return re.search(rf"^{re.escape(str(bench))}(/|\r?$)", answer, re.M) is not None


def _log(name: str) -> Path:
	LOGS.mkdir(parents=True, exist_ok=True)
	return LOGS / f"serve-{name}.log"


def _await_port(name: str, process: subprocess.Popen, port: int, log: Path, seconds: int = 60) -> None:
	deadline = time.monotonic() + seconds
	while not port_answers(port):
		if process.poll() is not None or time.monotonic() > deadline:
			tail = "\n".join(log.read_text(errors="replace").splitlines()[-15:])
			raise Stop(f"{name} did not start on port {port}:\n{tail}")
		time.sleep(0.2)


def serve(shop: Workshop, settings: Settings) -> None:
	"""Serve the desk until Ctrl-C, or until one of its processes ends."""
	bench = settings.bench
	title("The desk")
	if port_answers(settings.port):
		raise Stop(f"port {settings.port} is in use: choose another with PORT=", 2)
	on_site = ["bench", "--site", settings.site]
	processes = {
		"web": [*on_site, "serve", "--port", str(settings.port), "--noreload"],
		"worker": ["bench", "worker"],
		"schedule": ["bench", "schedule"],
	}
	node = shutil.which("node", path=shop.env["PATH"])
	if node and (bench.frappe / "socketio.js").exists():
		processes["socketio"] = [node, "apps/frappe/socketio.js"]
	with ExitStack() as stack:
		started = {
			name: stack.enter_context(
				running(name, command, _log(name), env=shop.env, cwd=bench.path, user=shop.user)
			)
			for name, command in processes.items()
		}
		_await_port("web", started["web"], settings.port, _log("web"))
		path = "desk" if bench.major >= 16 else "app"
		say(f"\n   http://{settings.site}:{settings.port}/{path}")
		say(f"   Administrator, password {settings.admin_password}; the other logins are above.")
		say("   It listens on all of this machine's addresses, as `bench serve` does. Ctrl-C ends it.\n")
		while True:
			for name, process in started.items():
				if process.poll() is None:
					continue
				if name == "socketio":
					# Only live updates are lost without it.
					say(f"   {name} ended ({process.returncode}); the desk goes on without: {_log(name)}")
					del started[name]
					break
				raise Stop(f"{name} ended with {process.returncode}: {_log(name)}")
			time.sleep(1)
