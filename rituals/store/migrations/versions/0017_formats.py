"""Formats of a household: hours, days, and the paper that its printer holds."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """All that was told before is written as it was."""
    for name in ("twelve_hours", "month_first"):
        column = sa.Column(name, sa.Boolean, nullable=False, server_default=sa.false())
        op.add_column("household", column)
    op.add_column("household", sa.Column("paper", _text(8)))


def _text(length: int) -> sa.types.TypeEngine[str]:
    return sa.String(length).with_variant(sa.Text(collation="C"), "postgresql")
