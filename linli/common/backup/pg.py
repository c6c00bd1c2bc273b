"""PostgreSQL's own programs and a direct connection, without a password on any command line."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..later import later
from . import BackupError

if TYPE_CHECKING:
    import psycopg
else:
    psycopg = later("psycopg")

Address = dict[str, Any]
ENVIRONMENT = {
    "host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "options": "PGOPTIONS",
}  # fmt: skip
HASHES = """
SELECT count(*), coalesce(sum(('x' || left(h, 16))::bit(64)::bigint::numeric), 0),
       coalesce(sum(('x' || right(h, 16))::bit(64)::bigint::numeric), 0)
FROM (SELECT md5(t::text) AS h FROM {} t) rows
"""
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1"


def of_url(url: str) -> Address:
    try:
        return dict(psycopg.conninfo.conninfo_to_dict(url))
    except psycopg.Error as error:
        raise BackupError("LINLI_DATABASE 写得不对 · LINLI_DATABASE is no address of a PostgreSQL database") from error


def of_settings(settings: dict[str, Any]) -> Address:
    """Of Django's settings of a connection."""
    names = {"HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password", "NAME": "dbname"}
    found = {ours: settings[theirs] for theirs, ours in names.items() if settings.get(theirs)}
    return {**found, **{name: value for name, value in settings.get("OPTIONS", {}).items() if name in ENVIRONMENT}}


def program(name: str) -> str:
    """The newest installed program of this name. Raises BackupError where there is none."""
    folders = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/usr").glob("pgsql-*/bin")]
    newest = sorted(folders, key=lambda folder: "".join(c for c in str(folder) if c.isdigit()).zfill(4), reverse=True)
    for folder in newest:
        if (folder / name).exists():
            return str(folder / name)
    found = shutil.which(name)
    if not found:
        raise BackupError(f"没有 {name}，请装 postgresql-client · {name} is missing, install postgresql-client")
    return found


def run(name: str, *arguments: str | Path, address: Address, text: str | None = None) -> None:
    """Run a program of PostgreSQL on the address. Raises BackupError with its last lines."""
    environment = {ENVIRONMENT[key]: str(value) for key, value in address.items() if key in ENVIRONMENT and value}
    given: dict[str, Any] = {"stdin": subprocess.DEVNULL} if text is None else {"input": text}
    done = subprocess.run(
        [program(name), *map(str, arguments)], env={**os.environ, **environment}, capture_output=True, text=True, check=False, **given,
    )  # fmt: skip
    if done.returncode:
        tail = " ".join(done.stderr.strip().splitlines()[-4:])
        raise BackupError(f"{name} 失败 · failed: {tail}")


def connect(address: Address, **options: Any) -> psycopg.Connection:
    try:
        return psycopg.connect(**address, **options)
    except psycopg.OperationalError as error:
        raise BackupError(f"连不上数据库 · the database cannot be reached: {str(error).splitlines()[0]}") from error


def hashes(connection: psycopg.Connection) -> dict[str, str]:
    """Rows of every table as their number and a sum over their hashes, which asks for no order."""
    connection.execute("SET LOCAL timezone = 'UTC'")
    found = {}
    for (table,) in connection.execute(TABLES).fetchall():
        row = connection.execute(psycopg.sql.SQL(HASHES).format(psycopg.sql.Identifier(table))).fetchone() or (0, 0, 0)
        found[table] = f"{row[0]}:{int(row[1]):x}:{int(row[2]):x}"
    return found


def is_empty(address: Address) -> bool:
    with connect(address) as connection:
        return connection.execute(TABLES).fetchone() is None


def dump(address: Address, path: Path) -> dict[str, str]:
    """pg_dump into the file, and the hashes of the very same snapshot."""
    with connect(address) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        snapshot = (connection.execute("SELECT pg_export_snapshot()").fetchone() or ("",))[0]
        run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", "--file", path, address=address)
        return hashes(connection)


def load(address: Address, path: Path, *, over: bool = False) -> None:
    """Load a dump in one transaction; `over` puts it in the place of all that is there."""
    if not over:
        run("pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", "--dbname", str(address["dbname"]), path, address=address)
        return
    script = path.with_suffix(".sql")
    try:
        run("pg_restore", "--no-owner", "--file", script, path, address=address)
        empty = "DROP SCHEMA public CASCADE; CREATE SCHEMA public;"
        run("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "--single-transaction", "-c", empty, "-f", script, address=address)
    finally:
        script.unlink(missing_ok=True)


def make_database(address: Address, name: str) -> Address:
    """A fresh database beside the address'. Raises BackupError where its user may not."""
    try:
        with connect(address, autocommit=True) as connection:
            connection.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(name)))
    except psycopg.errors.InsufficientPrivilege as error:
        raise BackupError(
            "演练要建一个临时数据库：ALTER ROLE … CREATEDB · a drill makes a database for its time: ALTER ROLE … CREATEDB"
        ) from error
    return {**address, "dbname": name}


def drop_database(address: Address, name: str) -> None:
    with connect(address, autocommit=True) as connection:
        connection.execute(psycopg.sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(psycopg.sql.Identifier(name)))


def url(address: Address) -> str:
    """The address as LINLI_DATABASE says it."""
    from urllib.parse import quote, urlencode

    part = {name: quote(str(address.get(name) or ""), safe="") for name in ("user", "password", "host", "port", "dbname")}
    who = part["user"] + (f":{part['password']}" if part["password"] else "")
    where = part["host"] + (f":{part['port']}" if part["port"] else "")
    rest = {name: value for name, value in address.items() if name not in part}
    return f"postgresql://{who}@{where}/{part['dbname']}" + (f"?{urlencode(rest)}" if rest else "")
