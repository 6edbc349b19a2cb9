"""Grace with a name, strands lived as a whole, what one noticed, and what was put aside."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Adds what looking back asks for; what exists stays as it is."""
    op.add_column(
        "weeks", sa.Column("grace", sa.String(40), nullable=False, server_default=sa.text("''"))
    )
    op.create_table(
        "lived",
        sa.Column(
            "week", sa.String(8), sa.ForeignKey("weeks.week", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("partner", sa.String(8), primary_key=True),
        sa.Column("minutes", sa.Integer, nullable=False),
    )
    op.create_table(
        "noticed",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("week", sa.String(8), nullable=False),
        sa.Column("writer", sa.String(8), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("shared", sa.Boolean, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "aside",
        sa.Column("rule", sa.String(40), primary_key=True),
    )
