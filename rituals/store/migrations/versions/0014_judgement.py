"""Leans of rituals, those that are dear, and what was chosen by hand."""

import sqlalchemy as sa
from alembic import op

from rituals.store.migrations import ritual_marks

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Rituals of the catalogue lean as it says; nothing is dear or chosen by hand yet."""
    text = sa.String(8).with_variant(sa.Text(collation="C"), "postgresql")
    start = sa.Column("leans", text, nullable=False, server_default=sa.text("'start'"))
    op.add_column("rituals", start)
    for table, name in (("rituals", "dear"), ("choices", "by_hand")):
        no = sa.Column(name, sa.Boolean, nullable=False, server_default=sa.false())
        op.add_column(table, no)
    ritual_marks.lean(op.get_bind())
