"""What is usual and what is different, supper, and which rituals leave the house."""

import sqlalchemy as sa
from alembic import op

from rituals.store.migrations import ritual_marks

revision = "0011"
down_revision = "0010"

EMPTY = sa.text("''")


def text(length: int | None = None) -> sa.types.TypeEngine[str]:
    """As long as it likes in PostgreSQL, and sorted letter by letter, as in SQLite."""
    known: sa.types.TypeEngine[str] = sa.String(length) if length else sa.Text()
    return known.with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """All that was planned before is marked by its ritual, and supper is at six."""
    op.create_table(
        "usual",
        sa.Column("what", text(16), primary_key=True),
        sa.Column("whose", text(8), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("text", text(), nullable=False),
        sa.Column("name", text(120), nullable=False),
    )
    op.create_table(
        "differences",
        sa.Column("id", text(36), primary_key=True),
        sa.Column("what", text(16), nullable=False),
        sa.Column("partner", text(8), nullable=False),
        sa.Column("first", sa.Date, nullable=False),
        sa.Column("last", sa.Date, nullable=False, index=True),
        sa.Column("start", sa.Time),
        sa.Column("end", sa.Time),
        sa.Column("nights", sa.Boolean, nullable=False),
        sa.Column("place", text(120), nullable=False),
        sa.Column("event", text(120), nullable=False),
        sa.Column("told", sa.DateTime, nullable=False),
    )
    six = sa.text("'18:00:00.000000'")
    op.add_column("household", sa.Column("supper", sa.Time, nullable=False, server_default=six))
    marks = {"rituals": ("leaves", "in_person"), "occurrences": ("leaves", "with_children")}
    for table, names in marks.items():
        for name in names:
            no = sa.Column(name, sa.Boolean, nullable=False, server_default=sa.false())
            op.add_column(table, no)
    ritual_marks.mark(op.get_bind())
