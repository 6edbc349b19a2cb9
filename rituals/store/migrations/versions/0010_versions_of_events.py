"""The version under which each event went out: its content, and when that last changed."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Nothing is known of what went out before: the next export numbers it anew."""
    op.add_column("taken", sa.Column("modified", sa.DateTime))
    for name in ("body", "sent_body"):
        op.add_column("taken", sa.Column(name, TEXT, nullable=False, server_default=sa.text("''")))
