"""Rituals that each plans for the other in secret."""

import sqlalchemy as sa
from alembic import op

from rituals.store.migrations import ritual_marks

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Those of the catalogue are secret from now on; what was planned of them stays as it lies."""
    no = sa.Column("secret", sa.Boolean, nullable=False, server_default=sa.false())
    op.add_column("rituals", no)
    ritual_marks.keep_secret(op.get_bind())
