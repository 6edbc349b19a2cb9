"""Calendars and their busy times, sitters, and what a placement says of an occurrence."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Adds what a week is placed around; what exists stays as it is."""
    op.add_column("choices", sa.Column("most", sa.Integer, nullable=False, server_default="0"))
    op.add_column(
        "occurrences", sa.Column("reason", sa.Text, nullable=False, server_default=sa.text("''"))
    )
    op.add_column(
        "occurrences", sa.Column("taken", sa.Boolean, nullable=False, server_default=sa.false())
    )
    op.create_table(
        "sitters",
        sa.Column(
            "week", sa.String(8), sa.ForeignKey("weeks.week", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("start", sa.DateTime, primary_key=True),
        sa.Column("end", sa.DateTime, nullable=False),
    )
    op.create_table(
        "calendars",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("partner", sa.String(8), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("origin", sa.String(8), nullable=False),
        sa.Column("where", sa.Text, nullable=False),
        sa.Column("titles", sa.Boolean, nullable=False),
        sa.Column("whole_days", sa.Boolean, nullable=False),
        sa.Column("on_opening", sa.Boolean, nullable=False),
        sa.Column("read", sa.DateTime),
        sa.Column("skipped", sa.Text, nullable=False),
        sa.Column("longest", sa.Integer, nullable=False),
    )
    op.create_table(
        "busy",
        sa.Column(
            "calendar",
            sa.String(36),
            sa.ForeignKey("calendars.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("start", sa.DateTime, nullable=False),
        sa.Column("end", sa.DateTime, nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("whole_day", sa.Boolean, nullable=False),
    )
    op.create_index("ix_busy_when", "busy", ["start", "end", "calendar", "whole_day"])
