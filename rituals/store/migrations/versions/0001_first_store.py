"""The first store: household, rituals, weeks, hopes, choices, occurrences."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Creates all tables."""
    op.create_table(
        "household",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("children", sa.Boolean, nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("week_starts", sa.Integer, nullable=False),
        sa.Column("wake", sa.Time, nullable=False),
        sa.Column("sleep", sa.Time, nullable=False),
        sa.Column("bedtime", sa.Time, nullable=False),
    )
    op.create_table(
        "partners",
        sa.Column("key", sa.String(8), primary_key=True),
        sa.Column("name", sa.String(80), nullable=False),
    )
    op.create_table(
        "hours",
        sa.Column("whose", sa.String(8), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("window", sa.String(60), nullable=False),
    )
    op.create_table(
        "rituals",
        sa.Column("id", sa.String(80), primary_key=True),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("takes_part", sa.String(16), nullable=False),
        sa.Column("least_minutes", sa.Integer, nullable=False),
        sa.Column("most_minutes", sa.Integer, nullable=False),
        sa.Column("least_times", sa.Integer, nullable=False),
        sa.Column("most_times", sa.Integer, nullable=False),
        sa.Column("needs", sa.String(16), nullable=False),
        sa.Column("size", sa.String(16), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("retired", sa.Boolean, nullable=False),
    )
    op.create_table(
        "ritual_lines",
        sa.Column(
            "ritual",
            sa.String(80),
            sa.ForeignKey("rituals.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("what", sa.String(8), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_table(
        "weeks",
        sa.Column("week", sa.String(8), primary_key=True),
        sa.Column("season", sa.String(8), nullable=False),
    )
    op.create_table(
        "hopes",
        sa.Column(
            "week", sa.String(8), sa.ForeignKey("weeks.week", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("partner", sa.String(8), primary_key=True),
        sa.Column("usual", sa.Integer, nullable=False),
        sa.Column("by_hand", sa.Integer),
    )
    op.create_table(
        "choices",
        sa.Column(
            "week", sa.String(8), sa.ForeignKey("weeks.week", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("ritual", sa.String(80), primary_key=True),
        sa.Column("partner", sa.String(8), primary_key=True),
        sa.Column("times", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
    )
    op.create_table(
        "occurrences",
        sa.Column("id", sa.String(120), primary_key=True),
        sa.Column(
            "week",
            sa.String(8),
            sa.ForeignKey("weeks.week", ondelete="CASCADE"),
            nullable=False,
            index=True,
        ),
        sa.Column("ritual", sa.String(80), index=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("partner", sa.String(8)),
        sa.Column("start", sa.DateTime, nullable=False),
        sa.Column("end", sa.DateTime, nullable=False),
        sa.Column("size", sa.String(16), nullable=False),
        sa.Column("way", sa.Text, nullable=False),
        sa.Column("fixed", sa.Boolean, nullable=False),
        sa.Column("let_go", sa.Boolean, nullable=False),
        sa.Column("spontaneous", sa.Boolean, nullable=False),
        sa.Column("chosen", sa.Boolean, nullable=False),
        sa.Column("said", sa.String(16)),
        sa.Column("lived", sa.Integer),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("created", sa.DateTime, nullable=False),
        sa.Column("changed", sa.DateTime, nullable=False),
    )
