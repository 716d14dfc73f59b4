"""The whole site, taken once and put back after each test that commits."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path

import frappe

from tests.site.support import isolation

FOLDERS = ("private/files", "public/files")
FILES = ("site_config.json",)
SCHEMA = (
	"tabDocType",
	"tabDocField",
	"tabDocPerm",
	"tabCustom Field",
	"tabCustom DocPerm",
	"tabProperty Setter",
	"tabModule Def",
	"tabInstalled Application",
	"tabTranslation",
)
"""Where one of these has changed, the caches of the schema are emptied too."""


def take(site: str) -> Snapshot:
	"""Remember the site's rows, files and configuration as committed now."""
	kind = SQLiteSnapshot if frappe.conf.db_type == "sqlite" else MariaDBSnapshot
	return kind(site)


class Snapshot:
	"""Files of a site; the subclasses add the rows."""

	def __init__(self, site: str):
		self.site = site
		self.home = Path(tempfile.mkdtemp(prefix="snapshot-", dir=Path.cwd().parent))
		for folder in FOLDERS:
			shutil.copytree(Path(site) / folder, self.home / folder, dirs_exist_ok=True)
		for name in FILES:
			shutil.copy2(Path(site) / name, self.home / name)
		self.take_rows()

	def restore(self) -> None:
		"""Put everything back; this process gets a new connection, running servers keep working."""
		frappe.db.rollback()
		frappe.destroy()
		schema_changed = self.restore_rows()
		for folder in FOLDERS:
			shutil.rmtree(Path(self.site) / folder, ignore_errors=True)
			shutil.copytree(self.home / folder, Path(self.site) / folder)
		for name in FILES:
			shutil.copy2(self.home / name, Path(self.site) / name)
		isolation.connect(self.site)
		if schema_changed:
			isolation.forget_everything()
		else:
			isolation.forget_touched()

	def forget(self) -> None:
		"""Remove what the snapshot itself keeps."""
		shutil.rmtree(self.home, ignore_errors=True)

	def take_rows(self) -> None:
		"""Copy the database."""
		raise NotImplementedError

	def restore_rows(self) -> bool:
		"""Make the database what it was, without a connection of Frappe's own open.

		Returns whether the schema, or what Frappe keeps about it, was another one.
		"""
		raise NotImplementedError


class SQLiteSnapshot(Snapshot):
	"""A copy by SQLite's own backup, which is a transaction: other processes may have the file open."""

	def take_rows(self) -> None:
		"""Copy the database file."""
		self.live = Path(frappe.db.get_db_path()).resolve()
		self.copy = self.home / "rows.db"
		_copy(self.live, self.copy)
		self.schema = _schema(self.copy)

	def restore_rows(self) -> bool:
		"""Copy it back."""
		changed = _schema(self.live) != self.schema
		_copy(self.copy, self.live)
		return changed


def _schema(database: Path) -> list:
	"""All that is known of the schema in a database file."""
	with closing(sqlite3.connect(database, timeout=30)) as connection:
		found = connection.execute("select type, name, sql from sqlite_master order by type, name").fetchall()
		tables = {name for kind, name, _ in found if kind == "table"}
		return [
			found,
			*(
				sorted(map(repr, connection.execute(f'select * from "{table}"')))
				for table in SCHEMA
				if table in tables
			),
		]


def _copy(source: Path, target: Path) -> None:
	with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target, timeout=30)) as new:
		old.backup(new)


class MariaDBSnapshot(Snapshot):
	"""A second database with the same tables; only tables whose checksum differs are written back."""

	def take_rows(self) -> None:
		"""Copy all tables into the second database."""
		self.live, self.copy = frappe.conf.db_name, f"{frappe.conf.db_name}_snapshot"
		self.client = [
			"mariadb",
			"--no-defaults",
			f"--host={frappe.conf.db_host}",
			f"--port={frappe.conf.db_port}",
			"--protocol=tcp",
			"--user=root",
			"--batch",
			"--skip-column-names",
		]
		self.sql(f"drop database if exists `{self.copy}`; create database `{self.copy}`")
		self.before = self.tables(self.live)
		self.sql(*(self._copying(self.live, self.copy, table) for table in self.before))
		self.sums = self.checksums(self.copy, list(self.before))

	def restore_rows(self) -> bool:
		"""Write back what differs; drop what is new."""
		before, now = self.before, self.tables(self.live)
		# A table with other columns cannot be compared row by row: it is made again.
		remade = {table for table in before if now.get(table) != before[table]}
		dropped = [table for table in now if table not in before or table in remade]
		same = [table for table in before if table not in remade]
		sums = self.checksums(self.live, same)
		changed = [table for table in same if sums[table] != self.sums[table]]
		self.sql(
			*(f"drop table `{self.live}`.`{table}`;" for table in dropped),
			*(self._copying(self.copy, self.live, table) for table in remade),
			*(
				f"delete from `{self.live}`.`{table}`; "
				f"insert into `{self.live}`.`{table}` select * from `{self.copy}`.`{table}`;"
				for table in changed
			),
		)
		return bool(remade or dropped or set(changed) & set(SCHEMA))

	def forget(self) -> None:
		"""Drop the second database."""
		self.sql(f"drop database if exists `{self.copy}`")
		super().forget()

	def sql(self, *statements: str) -> list[list[str]]:
		"""Run statements as root, in one transaction where they allow it; returns all rows."""
		script = "set autocommit=0; set foreign_key_checks=0;\n" + "\n".join(statements) + ";\ncommit;\n"
		done = subprocess.run(
			self.client,
			input=script,
			capture_output=True,
			text=True,
			check=False,
			env={**os.environ, "MYSQL_PWD": os.environ["PARTYCELL_TEST_DB_ROOT_PASSWORD"]},
		)
		assert done.returncode == 0, done.stderr
		return [line.split("\t") for line in done.stdout.splitlines()]

	def tables(self, database: str) -> dict[str, str]:
		"""Each table with its columns, written out so that they can be compared."""
		rows = self.sql(
			"set session group_concat_max_len=1000000;"
			"select t.table_name, group_concat(c.column_name, ' ', c.column_type, ' ', c.is_nullable"
			" order by c.ordinal_position)"
			" from information_schema.tables t join information_schema.columns c"
			" on c.table_schema = t.table_schema and c.table_name = t.table_name"
			f" where t.table_schema = '{database}' and t.table_type = 'BASE TABLE' group by t.table_name"
		)
		return {row[0]: row[1] for row in rows}

	def checksums(self, database: str, tables: list[str]) -> dict[str, str]:
		"""A checksum of the rows of each table, whatever their order."""
		if not tables:
			return {}
		names = ", ".join(f"`{database}`.`{table}`" for table in tables)
		return {row[0].partition(".")[2]: row[1] for row in self.sql(f"checksum table {names} extended")}

	@staticmethod
	def _copying(source: str, target: str, table: str) -> str:
		return (
			f"create table `{target}`.`{table}` like `{source}`.`{table}`; "
			f"insert into `{target}`.`{table}` select * from `{source}`.`{table}`;"
		)
