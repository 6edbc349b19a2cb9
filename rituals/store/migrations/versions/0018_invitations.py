"""The addresses under which a calendar's owner is invited, and what open invitations mean."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """No addresses were proposed so far, and what is open takes its time, as before."""
    text = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.add_column("calendars", sa.Column("addresses", text))
    busy = sa.Column("open_is_busy", sa.Boolean, nullable=False, server_default=sa.true())
    op.add_column("calendars", busy)
