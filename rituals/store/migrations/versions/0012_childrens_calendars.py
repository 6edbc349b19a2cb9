"""Calendars of the children, and whole days that take no time but may mean something."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Nothing that was read before is free, and no calendar takes the children from home."""
    for table, name in (("calendars", "away"), ("busy", "free")):
        no = sa.Column(name, sa.Boolean, nullable=False, server_default=sa.false())
        op.add_column(table, no)
    op.drop_index("ix_busy_when", "busy")
    op.create_index("ix_busy_when", "busy", ["start", "end", "calendar", "whole_day", "free"])
