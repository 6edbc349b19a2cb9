"""Rituals that come every second week, each month, quarter or year, or on a date."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """All that was kept before may come in any week."""
    text = sa.String(40).with_variant(sa.Text(collation="C"), "postgresql")
    weekly = sa.text("'weekly'")
    op.add_column("rituals", sa.Column("rhythm", text, nullable=False, server_default=weekly))
