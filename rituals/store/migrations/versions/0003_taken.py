"""The ledger of what calendars were told, feeds, servers and alarms."""

from uuid import UUID, uuid5

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Adds the ledger; what was marked as taken becomes its first entries."""
    op.add_column("rituals", sa.Column("alarm", sa.Integer))
    ledger = op.create_table(
        "taken",
        sa.Column("occurrence", sa.String(120), primary_key=True),
        sa.Column("audience", sa.String(8), primary_key=True),
        sa.Column("route", sa.String(8), primary_key=True),
        sa.Column("week", sa.String(8), nullable=False),
        sa.Column("uid", sa.String(100), nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("start", sa.DateTime, nullable=False),
        sa.Column("end", sa.DateTime, nullable=False),
        sa.Column("content", sa.String(32), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("gone", sa.Boolean, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("etag", sa.Text, nullable=False),
        sa.Column("sent", sa.String(32), nullable=False),
    )
    op.create_index("ix_taken_week", "taken", ["week"])
    op.create_table(
        "feeds",
        sa.Column("audience", sa.String(8), primary_key=True),
        sa.Column("token", sa.String(64), nullable=False),
        sa.Column("folder", sa.Text, nullable=False),
    )
    op.create_table(
        "servers",
        sa.Column("audience", sa.String(8), primary_key=True),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("login", sa.String(200), nullable=False),
        sa.Column("calendar", sa.Text, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
    )
    entries = _entries(op.get_bind())
    if entries:
        op.bulk_insert(ledger, entries)
    op.drop_column("occurrences", "taken")


def _entries(at: sa.Connection) -> list[dict[str, object]]:
    """One entry for each occurrence that was marked; its content is not known any more."""
    household = at.execute(sa.text("SELECT id FROM household")).scalar()
    names = {row.key: row.name for row in at.execute(sa.text("SELECT key, name FROM partners"))}
    marked = sa.text(
        'SELECT id, week, partner, title, sequence, start, "end", changed FROM occurrences'
        " WHERE taken"
    ).columns(start=sa.DateTime, end=sa.DateTime, changed=sa.DateTime)
    return [
        {
            "occurrence": row.id,
            "audience": "shared",
            "route": "file",
            "week": row.week,
            "uid": f"{uuid5(UUID(household), f'{row.id}|shared')}@leavewell",
            "sequence": row.sequence,
            "title": row.title if row.partner is None else f"{names[row.partner]}: {row.title}",
            "start": row.start,
            "end": row.end,
            "content": "",
            "at": row.changed,
            "revision": 0,
            "gone": False,
            "name": "",
            "etag": "",
            "sent": "",
        }
        for row in at.execute(marked)
    ]
