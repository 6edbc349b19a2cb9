"""Adds a table of earlier habits, by which weeks that are over stay as they were counted."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

WEEK = sa.String(8).with_variant(sa.Text(collation="C"), "postgresql")
ANY_LENGTH = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Nothing was kept so far: what is usual now was so in every week."""
    op.create_table(
        "earlier",
        sa.Column("week", WEEK, primary_key=True),
        sa.Column("usual", ANY_LENGTH, nullable=False),
    )
