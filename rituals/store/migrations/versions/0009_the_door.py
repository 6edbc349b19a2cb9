"""The passphrase of the household, which other machines are asked for; only its hash is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """There is none at first: Leavewell stays closed to other machines until one is set."""
    op.create_table(
        "door",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("passphrase", TEXT, nullable=False),
        sa.Column("since", sa.DateTime, nullable=False),
    )
