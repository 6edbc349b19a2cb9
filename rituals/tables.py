"""The tables of the store, in SQLAlchemy Core, and what null means where it is allowed."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa


class Instant(sa.types.TypeDecorator[datetime]):
    """An aware datetime, kept as naive UTC because SQLite knows no zones."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: sa.Dialect) -> datetime | None:
        """The naive UTC time of an instant."""
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, _dialect: sa.Dialect) -> datetime | None:
        """The instant of a naive UTC time."""
        return None if value is None else value.replace(tzinfo=UTC)


TABLES = sa.MetaData()

HOUSEHOLD = sa.Table(
    "household",
    TABLES,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("children", sa.Boolean, nullable=False),
    sa.Column("zone", sa.String(64), nullable=False),
    sa.Column("week_starts", sa.Integer, nullable=False),
    sa.Column("wake", sa.Time, nullable=False),
    sa.Column("sleep", sa.Time, nullable=False),
    sa.Column("bedtime", sa.Time, nullable=False),
)
PARTNERS = sa.Table(
    "partners",
    TABLES,
    sa.Column("key", sa.String(8), primary_key=True),
    sa.Column("name", sa.String(80), nullable=False),
)
HOURS = sa.Table(
    "hours",
    TABLES,
    sa.Column("whose", sa.String(8), primary_key=True),  # a partner's work, or the children's away
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("window", sa.String(60), nullable=False),
)
RITUALS = sa.Table(
    "rituals",
    TABLES,
    sa.Column("id", sa.String(80), primary_key=True),  # the catalogue's key where it was copied
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
    sa.Column("alarm", sa.Integer),  # minutes before; null if no calendar is to ring
)
RITUAL_LINES = sa.Table(
    "ritual_lines",
    TABLES,
    sa.Column(
        "ritual", sa.String(80), sa.ForeignKey("rituals.id", ondelete="CASCADE"), primary_key=True
    ),
    sa.Column("what", sa.String(8), primary_key=True),  # "window" or "way"
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("text", sa.Text, nullable=False),
)
WEEKS = sa.Table(
    "weeks",
    TABLES,
    sa.Column("week", sa.String(8), primary_key=True),
    sa.Column("season", sa.String(8), nullable=False),
    sa.Column("grace", sa.String(40), nullable=False, server_default=sa.text("''")),
    sa.Column("paused", sa.String(8), nullable=False, server_default=sa.text("'usual'")),
)
HOPES = sa.Table(
    "hopes",
    TABLES,
    sa.Column(
        "week", sa.String(8), sa.ForeignKey("weeks.week", ondelete="CASCADE"), primary_key=True
    ),
    sa.Column("kind", sa.String(16), primary_key=True),
    sa.Column("partner", sa.String(8), primary_key=True),
    sa.Column("usual", sa.Integer, nullable=False),
    sa.Column("by_hand", sa.Integer),  # null if nobody moved the slider this week
)
CHOICES = sa.Table(
    "choices",
    TABLES,
    sa.Column(
        "week", sa.String(8), sa.ForeignKey("weeks.week", ondelete="CASCADE"), primary_key=True
    ),
    sa.Column("ritual", sa.String(80), primary_key=True),
    sa.Column("partner", sa.String(8), primary_key=True),
    sa.Column("times", sa.Integer, nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("most", sa.Integer, nullable=False, server_default="0"),  # 0: as often as chosen
)
SITTERS = sa.Table(
    "sitters",
    TABLES,
    sa.Column(
        "week", sa.String(8), sa.ForeignKey("weeks.week", ondelete="CASCADE"), primary_key=True
    ),
    sa.Column("start", Instant, primary_key=True),
    sa.Column("end", Instant, nullable=False),
)
CALENDARS = sa.Table(
    "calendars",
    TABLES,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("partner", sa.String(8), nullable=False),
    sa.Column("name", sa.String(120), nullable=False),
    sa.Column("origin", sa.String(8), nullable=False),
    sa.Column("where", sa.Text, nullable=False),
    sa.Column("titles", sa.Boolean, nullable=False),
    sa.Column("whole_days", sa.Boolean, nullable=False),
    sa.Column("on_opening", sa.Boolean, nullable=False),
    sa.Column("read", Instant),  # null as long as it was never read
    sa.Column("skipped", sa.Text, nullable=False),  # one sentence a line
    sa.Column("longest", sa.Integer, nullable=False),  # minutes of its longest busy time
)
BUSY = sa.Table(
    "busy",
    TABLES,
    sa.Column(
        "calendar",
        sa.String(36),
        sa.ForeignKey("calendars.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("start", Instant, nullable=False),
    sa.Column("end", Instant, nullable=False),
    sa.Column("title", sa.String(120), nullable=False),  # "" unless its partner wants titles
    sa.Column("whole_day", sa.Boolean, nullable=False),
    # All that a week's look-up asks for, so that it reads nothing but this index.
    sa.Index("ix_busy_when", "start", "end", "calendar", "whole_day"),
)
OCCURRENCES = sa.Table(
    "occurrences",
    TABLES,
    sa.Column("id", sa.String(120), primary_key=True),
    sa.Column(
        "week",
        sa.String(8),
        sa.ForeignKey("weeks.week", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    sa.Column("ritual", sa.String(80), index=True),  # null if it just happened
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("title", sa.String(120), nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("partner", sa.String(8)),  # null if both take part
    sa.Column("start", Instant, nullable=False),
    sa.Column("end", Instant, nullable=False),
    sa.Column("size", sa.String(16), nullable=False),
    sa.Column("way", sa.Text, nullable=False),
    sa.Column("fixed", sa.Boolean, nullable=False),
    sa.Column("let_go", sa.Boolean, nullable=False),
    sa.Column("spontaneous", sa.Boolean, nullable=False),
    sa.Column("chosen", sa.Boolean, nullable=False),  # false: kept for its sequence alone
    sa.Column("said", sa.String(16)),  # null as long as nobody said anything
    sa.Column("lived", sa.Integer),  # minutes; null as long as nobody said anything
    sa.Column("sequence", sa.Integer, nullable=False),
    sa.Column("created", Instant, nullable=False),
    sa.Column("changed", Instant, nullable=False),
    sa.Column("reason", sa.Text, nullable=False, server_default=sa.text("''")),
)
LIVED = sa.Table(
    "lived",
    TABLES,
    sa.Column(
        "week", sa.String(8), sa.ForeignKey("weeks.week", ondelete="CASCADE"), primary_key=True
    ),
    sa.Column("kind", sa.String(16), primary_key=True),
    sa.Column("partner", sa.String(8), primary_key=True),
    sa.Column("minutes", sa.Integer, nullable=False),
)
NOTICED = sa.Table(
    "noticed",
    TABLES,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("week", sa.String(8), nullable=False),
    sa.Column("writer", sa.String(8), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("shared", sa.Boolean, nullable=False),
    sa.Column("at", Instant, nullable=False),
)
ASIDE = sa.Table(
    "aside",
    TABLES,
    sa.Column("rule", sa.String(40), primary_key=True),  # of an observation nobody wants again
)
# The ledger: what calendars were told. Nothing is ever deleted from it, and it outlives what it
# was told of, so it refers to no other table.
TAKEN = sa.Table(
    "taken",
    TABLES,
    sa.Column("occurrence", sa.String(120), primary_key=True),
    sa.Column("audience", sa.String(8), primary_key=True),
    sa.Column("route", sa.String(8), primary_key=True),
    sa.Column("week", sa.String(8), nullable=False, index=True),
    sa.Column("uid", sa.String(100), nullable=False),
    sa.Column("sequence", sa.Integer, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("start", Instant, nullable=False),
    sa.Column("end", Instant, nullable=False),
    sa.Column("content", sa.String(32), nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("gone", sa.Boolean, nullable=False),
    sa.Column("name", sa.Text, nullable=False),  # "" unless it lies on a server
    sa.Column("etag", sa.Text, nullable=False),  # "" until a server has answered
    sa.Column("sent", sa.String(32), nullable=False),  # "" unless something is on its way
)
FEEDS = sa.Table(
    "feeds",
    TABLES,
    sa.Column("audience", sa.String(8), primary_key=True),
    sa.Column("token", sa.String(64), nullable=False),  # "" as long as it has no address
    sa.Column("folder", sa.Text, nullable=False),  # "" as long as it goes into none
)
SERVERS = sa.Table(
    "servers",
    TABLES,
    sa.Column("audience", sa.String(8), primary_key=True),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("login", sa.String(200), nullable=False),
    sa.Column("calendar", sa.Text, nullable=False),
    sa.Column("name", sa.String(200), nullable=False),
)
