"""On PostgreSQL text is as long as it likes and is sorted letter by letter, as in SQLite."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

TABLES = (
    "household", "partners", "hours", "rituals", "ritual_lines", "weeks", "hopes", "choices",
    "sitters", "calendars", "busy", "occurrences", "lived", "noticed", "aside", "taken", "feeds",
    "servers",
)  # fmt: skip


def upgrade() -> None:
    """Changes nothing in an SQLite file."""
    at = op.get_bind()
    if at.dialect.name != "postgresql":
        return
    quoted = at.dialect.identifier_preparer.quote
    there = sa.inspect(at)
    for table in TABLES:
        texts = [c["name"] for c in there.get_columns(table) if isinstance(c["type"], sa.String)]
        changes = (f'ALTER COLUMN {quoted(name)} TYPE TEXT COLLATE "C"' for name in texts)
        op.execute(f"ALTER TABLE {quoted(table)} {', '.join(changes)}")
