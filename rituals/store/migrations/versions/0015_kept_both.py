"""What an occurrence was kept beside although they meet."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Nobody has answered any of it yet."""
    none = sa.Column("beside", TEXT, nullable=False, server_default=sa.text("''"))
    op.add_column("occurrences", none)
