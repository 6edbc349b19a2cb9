"""The season that comes back after grace."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Weeks that rest already come back as usual ones."""
    usual = sa.text("'usual'")
    op.add_column("weeks", sa.Column("paused", sa.String(8), nullable=False, server_default=usual))
