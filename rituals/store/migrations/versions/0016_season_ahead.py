"""The rare rituals that a household keeps, and the weeks chosen for them."""

import sqlalchemy as sa
from alembic import op

from rituals.store.migrations import ritual_marks

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """A rare ritual that was made or changed by hand is kept; no week is chosen yet."""
    kept = sa.Column("kept", sa.Boolean, nullable=False, server_default=sa.false())
    op.add_column("rituals", kept)
    ritual_marks.keep(op.get_bind())
    op.create_table(
        "season",
        sa.Column("ritual", _text(80), primary_key=True),
        sa.Column("partner", _text(8), primary_key=True),
        sa.Column("week", _text(8), primary_key=True),
        sa.Column("by_hand", sa.Boolean, nullable=False),
        sa.Column("left_out", sa.Boolean, nullable=False),
    )


def _text(length: int) -> sa.types.TypeEngine[str]:
    return sa.String(length).with_variant(sa.Text(collation="C"), "postgresql")
