"""Wrong passphrases, by the network they came from: a restart forgets none of them."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

NETWORK = sa.String(64).with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Nobody typed a wrong one so far."""
    op.create_table(
        "attempts",
        sa.Column("network", NETWORK, primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("last", sa.DateTime, nullable=False),
    )
