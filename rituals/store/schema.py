"""Tables of the store in SQLAlchemy Core, with the meaning of null where it is allowed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from rituals.text import LONGEST_TITLE, without_turning


class Instant(sa.types.TypeDecorator[datetime]):
    """Aware datetime, stored as naive UTC because SQLite has no zones."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: sa.Dialect) -> datetime | None:
        """Naive UTC time of an instant."""
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, _dialect: sa.Dialect) -> datetime | None:
        """Instant of a naive UTC time."""
        return None if value is None else value.replace(tzinfo=UTC)


class Words(sa.types.TypeDecorator[str]):
    """Text without NUL, of any length, and sorted by the numbers of letters in both databases."""

    impl = sa.String
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine[str]:
        """Type of the column in one of the two databases."""
        length = self.impl_instance.length  # type: ignore[attr-defined]
        limited = length and dialect.name == "sqlite"
        return dialect.type_descriptor(sa.String(length) if limited else sa.Text())

    def process_bind_param(self, value: str | None, _dialect: sa.Dialect) -> str | None:
        """Text as it is stored."""
        return None if value is None else without_turning(value)


class Whole(sa.Integer):
    """Whole number: SQLite would hand out any text that stands there."""

    def result_processor(self, dialect: sa.Dialect, _coltype: object) -> Any:
        """Function that raises ValueError for anything but a whole number or null."""
        return _whole if dialect.name == "sqlite" else None


def _whole(value: Any) -> Any:
    if value is not None and type(value) is not int:
        raise ValueError("no whole number")
    return value


TABLES = sa.MetaData()

HOUSEHOLD = sa.Table(
    "household",
    TABLES,
    sa.Column("id", Words(36), primary_key=True),
    sa.Column("children", sa.Boolean, nullable=False),
    sa.Column("zone", Words(64), nullable=False),
    sa.Column("week_starts", Whole, nullable=False),
    sa.Column("wake", sa.Time, nullable=False),
    sa.Column("sleep", sa.Time, nullable=False),
    sa.Column("bedtime", sa.Time, nullable=False),
    sa.Column("supper", sa.Time, nullable=False, server_default=sa.text("'18:00:00.000000'")),
    sa.Column("twelve_hours", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("month_first", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("paper", Words(8)),  # null for what is usual in their time zone
)
PARTNERS = sa.Table(
    "partners",
    TABLES,
    sa.Column("key", Words(8), primary_key=True),
    sa.Column("name", Words(80), nullable=False),
)
HOURS = sa.Table(
    "hours",
    TABLES,
    sa.Column("whose", Words(8), primary_key=True),  # a partner's work, or the children's away
    sa.Column("position", Whole, primary_key=True),
    sa.Column("window", Words(60), nullable=False),
)
USUAL = sa.Table(  # one line of what is usual beside the weekly hours
    "usual",
    TABLES,
    sa.Column("what", Words(16), primary_key=True),
    sa.Column("whose", Words(8), primary_key=True),
    sa.Column("position", Whole, primary_key=True),
    sa.Column("text", Words(), nullable=False),
    sa.Column("name", Words(LONGEST_TITLE), nullable=False),  # of a child, or of a place
)
EARLIER = sa.Table(  # what was usual before a week, from which on other things are
    "earlier",
    TABLES,
    sa.Column("week", Words(8), primary_key=True),
    sa.Column("usual", Words(), nullable=False),  # JSON
)
DIFFERENCES = sa.Table(
    "differences",
    TABLES,
    sa.Column("id", Words(36), primary_key=True),
    sa.Column("what", Words(16), nullable=False),
    sa.Column("partner", Words(8), nullable=False),  # "" if it is about nobody or both
    sa.Column("first", sa.Date, nullable=False),
    sa.Column("last", sa.Date, nullable=False, index=True),
    sa.Column("start", sa.Time),  # null: it begins with its first day
    sa.Column("end", sa.Time),  # null: it ends with its last day
    sa.Column("nights", sa.Boolean, nullable=False),
    sa.Column("place", Words(LONGEST_TITLE), nullable=False),
    sa.Column("event", Words(LONGEST_TITLE), nullable=False),  # of a calendar that asked; else ""
    sa.Column("told", Instant, nullable=False),
)
RITUALS = sa.Table(
    "rituals",
    TABLES,
    sa.Column("id", Words(80), primary_key=True),  # the catalogue's key where it was copied
    sa.Column("title", Words(LONGEST_TITLE), nullable=False),
    sa.Column("kind", Words(16), nullable=False),
    sa.Column("takes_part", Words(16), nullable=False),
    sa.Column("least_minutes", Whole, nullable=False),
    sa.Column("most_minutes", Whole, nullable=False),
    sa.Column("least_times", Whole, nullable=False),
    sa.Column("most_times", Whole, nullable=False),
    sa.Column("needs", Words(16), nullable=False),
    sa.Column("size", Words(16), nullable=False),
    sa.Column("note", Words(), nullable=False),
    sa.Column("source", Words(), nullable=False),
    sa.Column("retired", sa.Boolean, nullable=False),
    sa.Column("alarm", Whole),  # minutes before; null if no calendar is to ring
    # A partner's key; "" where it alternates.
    sa.Column("thinks", Words(8), nullable=False, server_default=sa.text("''")),
    sa.Column("leaves", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("in_person", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("rhythm", Words(40), nullable=False, server_default=sa.text("'weekly'")),
    sa.Column("leans", Words(8), nullable=False, server_default=sa.text("'start'")),
    sa.Column("dear", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("kept", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("secret", sa.Boolean, nullable=False, server_default=sa.false()),
)
RITUAL_LINES = sa.Table(
    "ritual_lines",
    TABLES,
    sa.Column(
        "ritual", Words(80), sa.ForeignKey("rituals.id", ondelete="CASCADE"), primary_key=True
    ),
    sa.Column("what", Words(8), primary_key=True),  # "window" or "way"
    sa.Column("position", Whole, primary_key=True),
    sa.Column("text", Words(), nullable=False),
)
WEEKS = sa.Table(
    "weeks",
    TABLES,
    sa.Column("week", Words(8), primary_key=True),
    sa.Column("season", Words(8), nullable=False),
    sa.Column("grace", Words(40), nullable=False, server_default=sa.text("''")),
    sa.Column("paused", Words(8), nullable=False, server_default=sa.text("'usual'")),
)
HOPES = sa.Table(
    "hopes",
    TABLES,
    sa.Column("week", Words(8), sa.ForeignKey("weeks.week", ondelete="CASCADE"), primary_key=True),
    sa.Column("kind", Words(16), primary_key=True),
    sa.Column("partner", Words(8), primary_key=True),
    sa.Column("usual", Whole, nullable=False),
    sa.Column("by_hand", Whole),  # null if nobody moved the slider this week
)
CHOICES = sa.Table(
    "choices",
    TABLES,
    sa.Column("week", Words(8), sa.ForeignKey("weeks.week", ondelete="CASCADE"), primary_key=True),
    sa.Column("ritual", Words(80), primary_key=True),
    sa.Column("partner", Words(8), primary_key=True),
    sa.Column("times", Whole, nullable=False),
    sa.Column("position", Whole, nullable=False),
    sa.Column("most", Whole, nullable=False, server_default="0"),  # 0: as often as chosen
    sa.Column("by_hand", sa.Boolean, nullable=False, server_default=sa.false()),
)
SITTERS = sa.Table(
    "sitters",
    TABLES,
    sa.Column("week", Words(8), sa.ForeignKey("weeks.week", ondelete="CASCADE"), primary_key=True),
    sa.Column("start", Instant, primary_key=True),
    sa.Column("end", Instant, nullable=False),
)
CALENDARS = sa.Table(
    "calendars",
    TABLES,
    sa.Column("id", Words(36), primary_key=True),
    sa.Column("partner", Words(8), nullable=False),
    sa.Column("name", Words(LONGEST_TITLE), nullable=False),
    sa.Column("origin", Words(8), nullable=False),
    sa.Column("where", Words(), nullable=False),
    sa.Column("titles", sa.Boolean, nullable=False),
    sa.Column("whole_days", sa.Boolean, nullable=False),
    sa.Column("on_opening", sa.Boolean, nullable=False),
    sa.Column("read", Instant),  # null as long as it was never read
    sa.Column("skipped", Words(), nullable=False),  # one sentence a line
    sa.Column("longest", Whole, nullable=False),  # minutes of its longest busy time
    sa.Column("away", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("addresses", Words()),  # one a line; null as long as none were proposed
    sa.Column("open_is_busy", sa.Boolean, nullable=False, server_default=sa.true()),
)
BUSY = sa.Table(
    "busy",
    TABLES,
    sa.Column(
        "calendar",
        Words(36),
        sa.ForeignKey("calendars.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    sa.Column("number", Whole, primary_key=True),
    sa.Column("start", Instant, nullable=False),
    sa.Column("end", Instant, nullable=False),
    sa.Column("title", Words(LONGEST_TITLE), nullable=False),  # "" unless its partner wants titles
    sa.Column("whole_day", sa.Boolean, nullable=False),
    sa.Column("free", sa.Boolean, nullable=False, server_default=sa.false()),
    # All that a week's look-up asks for, so that it reads nothing but this index.
    sa.Index("ix_busy_when", "start", "end", "calendar", "whole_day", "free"),
)
OCCURRENCES = sa.Table(
    "occurrences",
    TABLES,
    sa.Column("id", Words(120), primary_key=True),
    sa.Column(
        "week",
        Words(8),
        sa.ForeignKey("weeks.week", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    sa.Column("ritual", Words(80)),  # null if it just happened
    sa.Column("number", Whole, nullable=False),
    sa.Column("title", Words(LONGEST_TITLE), nullable=False),
    sa.Column("kind", Words(16), nullable=False),
    sa.Column("partner", Words(8)),  # null if both take part
    sa.Column("start", Instant, nullable=False),
    sa.Column("end", Instant, nullable=False),
    sa.Column("size", Words(16), nullable=False),
    sa.Column("way", Words(), nullable=False),
    sa.Column("fixed", sa.Boolean, nullable=False),
    sa.Column("let_go", sa.Boolean, nullable=False),
    sa.Column("spontaneous", sa.Boolean, nullable=False),
    sa.Column("chosen", sa.Boolean, nullable=False),  # false: kept for its sequence alone
    sa.Column("said", Words(16)),  # null as long as nobody said anything
    sa.Column("lived", Whole),  # minutes; null as long as nobody said anything
    sa.Column("sequence", Whole, nullable=False),
    sa.Column("created", Instant, nullable=False),
    sa.Column("changed", Instant, nullable=False),
    sa.Column("reason", Words(), nullable=False, server_default=sa.text("''")),
    sa.Column("leaves", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("with_children", sa.Boolean, nullable=False, server_default=sa.false()),
    # One a line: sort, whose, when.
    sa.Column("beside", Words(), nullable=False, server_default=sa.text("''")),
    # All that is asked when a ritual was last lived, so that its occurrences are not read for it.
    sa.Index("ix_occurrences_lived", "ritual", "week", "lived"),
)
YES = sa.Table(  # what each of the two said yes to as it was then, and both as ""
    "yes",
    TABLES,
    sa.Column(
        "occurrence",
        Words(120),
        sa.ForeignKey("occurrences.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    sa.Column("partner", Words(8), primary_key=True),
    sa.Column("week", Words(8), nullable=False, index=True),
    sa.Column("title", Words(LONGEST_TITLE), nullable=False),
    sa.Column("start", Instant, nullable=False),
    sa.Column("end", Instant, nullable=False),
)
LIVED = sa.Table(
    "lived",
    TABLES,
    sa.Column("week", Words(8), sa.ForeignKey("weeks.week", ondelete="CASCADE"), primary_key=True),
    sa.Column("kind", Words(16), primary_key=True),
    sa.Column("partner", Words(8), primary_key=True),
    sa.Column("minutes", Whole, nullable=False),
)
NOTICED = sa.Table(
    "noticed",
    TABLES,
    sa.Column("id", Words(36), primary_key=True),
    sa.Column("week", Words(8), nullable=False),
    sa.Column("writer", Words(8), nullable=False),
    sa.Column("text", Words(), nullable=False),
    sa.Column("shared", sa.Boolean, nullable=False),
    sa.Column("at", Instant, nullable=False),
)
ASIDE = sa.Table(
    "aside",
    TABLES,
    sa.Column("rule", Words(40), primary_key=True),  # of an observation nobody wants again
)
# The ledger of exported events outlives its occurrences, so it refers to no other table.
TAKEN = sa.Table(
    "taken",
    TABLES,
    sa.Column("occurrence", Words(120), primary_key=True),
    sa.Column("audience", Words(8), primary_key=True),
    sa.Column("route", Words(8), primary_key=True),
    sa.Column("week", Words(8), nullable=False, index=True),
    sa.Column("uid", Words(100), nullable=False),
    sa.Column("sequence", Whole, nullable=False),
    sa.Column("title", Words(), nullable=False),
    sa.Column("start", Instant, nullable=False),
    sa.Column("end", Instant, nullable=False),
    sa.Column("content", Words(32), nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("revision", Whole, nullable=False),
    sa.Column("gone", sa.Boolean, nullable=False),
    sa.Column("name", Words(), nullable=False),  # "" unless it lies on a server
    sa.Column("etag", Words(), nullable=False),  # "" until a server has answered
    sa.Column("sent", Words(32), nullable=False),  # "" unless something is on its way
    sa.Column("modified", Instant),  # null where a program before 0010 wrote it
    sa.Column("body", Words(), nullable=False, server_default=sa.text("''")),  # JSON, or unknown
    sa.Column("sent_body", Words(), nullable=False, server_default=sa.text("''")),
)
FEEDS = sa.Table(
    "feeds",
    TABLES,
    sa.Column("audience", Words(8), primary_key=True),
    sa.Column("token", Words(64), nullable=False),  # "" as long as it has no address
    sa.Column("folder", Words(), nullable=False),  # "" as long as it goes into none
)
SERVERS = sa.Table(
    "servers",
    TABLES,
    sa.Column("audience", Words(8), primary_key=True),
    sa.Column("url", Words(), nullable=False),
    sa.Column("login", Words(200), nullable=False),
    sa.Column("calendar", Words(), nullable=False),
    sa.Column("name", Words(200), nullable=False),
)
# What lies in a drawer is sealed as one piece: the store does not know how much of it there is.
DRAWERS = sa.Table(
    "drawers",
    TABLES,
    sa.Column("partner", Words(8), primary_key=True),
    sa.Column("pin", Words(), nullable=False),  # the drawer's key, sealed with the PIN
    sa.Column("recovery", Words(), nullable=False),  # and sealed with the recovery words
    sa.Column("content", sa.LargeBinary, nullable=False),
    sa.Column("tries", Whole, nullable=False),  # wrong ones since the last right one
    sa.Column("until", Instant),  # null if the next try need not wait
    sa.Column("token", Words(64), nullable=False),  # its hash; "" as long as it has no address
    sa.Column("feed", sa.LargeBinary, nullable=False),  # sealed with the token
)
COVERS = sa.Table(  # all that the other may see of a surprise
    "covers",
    TABLES,
    sa.Column("id", Words(36), primary_key=True),
    sa.Column("week", Words(8), nullable=False, index=True),
    sa.Column("giver", Words(8), nullable=False),
    sa.Column("line", Words(LONGEST_TITLE), nullable=False),
    sa.Column("start", Instant, nullable=False),
    sa.Column("end", Instant, nullable=False),
)
WISHED = sa.Table(
    "wished",
    TABLES,
    sa.Column("partner", Words(8), primary_key=True),
    sa.Column("ritual", Words(80), primary_key=True),
)
SEASON = sa.Table(  # the weeks chosen for what is rare, so that they stay put
    "season",
    TABLES,
    sa.Column("ritual", Words(80), primary_key=True),
    sa.Column("partner", Words(8), primary_key=True),  # "" if both take part
    sa.Column("week", Words(8), primary_key=True),
    sa.Column("by_hand", sa.Boolean, nullable=False),
    sa.Column("left_out", sa.Boolean, nullable=False),
)
DOOR = sa.Table(  # one row, or none as long as no other machine is let in
    "door",
    TABLES,
    sa.Column("id", Whole, primary_key=True),
    sa.Column("passphrase", Words(), nullable=False),  # its argon2id hash
    sa.Column("since", Instant, nullable=False),
)
ATTEMPTS = sa.Table(  # wrong passphrases of the last hour; of this store alone
    "attempts",
    TABLES,
    sa.Column("network", Words(64), primary_key=True),
    sa.Column("count", Whole, nullable=False),
    sa.Column("last", Instant, nullable=False),
)
REVISION = sa.Table(  # grows with each change, so that another screen sees that there is one
    "revision",
    TABLES,
    sa.Column("id", Whole, primary_key=True),
    sa.Column("number", Whole, nullable=False),
)
