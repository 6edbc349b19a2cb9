"""What each of the two said yes to, their drawers, their wishes, and who thinks of what."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

EMPTY = sa.text("''")


def text(length: int | None = None) -> sa.types.TypeEngine[str]:
    """As long as it likes in PostgreSQL, and sorted letter by letter, as in SQLite."""
    known: sa.types.TypeEngine[str] = sa.String(length) if length else sa.Text()
    return known.with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """The weeks that calendars know were said yes to: what they have stays where it is."""
    op.create_table(
        "yes",
        sa.Column(
            "occurrence",
            text(120),
            sa.ForeignKey("occurrences.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("partner", text(8), primary_key=True),
        sa.Column("week", text(8), nullable=False, index=True),
        sa.Column("title", text(120), nullable=False),
        sa.Column("start", sa.DateTime, nullable=False),
        sa.Column("end", sa.DateTime, nullable=False),
    )
    op.execute(
        'INSERT INTO yes (occurrence, partner, week, title, start, "end") '
        'SELECT o.id, p.partner, o.week, o.title, o.start, o."end" FROM occurrences o, '
        "(SELECT 'one' AS partner UNION SELECT 'two' UNION SELECT '') p "
        "WHERE o.week IN (SELECT week FROM taken)"
    )
    op.create_table(
        "drawers",
        sa.Column("partner", text(8), primary_key=True),
        sa.Column("pin", text(), nullable=False),
        sa.Column("recovery", text(), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("until", sa.DateTime),
        sa.Column("token", text(64), nullable=False),
        sa.Column("feed", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "covers",
        sa.Column("id", text(36), primary_key=True),
        sa.Column("week", text(8), nullable=False, index=True),
        sa.Column("giver", text(8), nullable=False),
        sa.Column("line", text(120), nullable=False),
        sa.Column("start", sa.DateTime, nullable=False),
        sa.Column("end", sa.DateTime, nullable=False),
    )
    op.create_table(
        "wished",
        sa.Column("partner", text(8), primary_key=True),
        sa.Column("ritual", text(80), primary_key=True),
    )
    op.create_table(
        "revision",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
    )
    op.add_column("rituals", sa.Column("thinks", text(8), nullable=False, server_default=EMPTY))
