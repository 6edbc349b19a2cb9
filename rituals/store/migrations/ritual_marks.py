"""Marks of rituals that were kept before there were any: told by the catalogue's key and the kind.

Frozen: a migration uses it, and whoever puts back a zip that is older than the marks.
"""

import sqlalchemy as sa

LEAVES = (
    "date-night",
    "day-for-two",
    "evening-walk",
    "spontaneous-night-out",
    "long-walk",
    "hour-out-of-the-house",
    "run-or-swim",
    "half-day-off",
    "saturday-adventure",
    "any-weather-walk",
    "long-way-home",
)
LONG_WALK = "long-walk"  # both leave: only with a sitter, which nobody was told before
IN_PERSON = ("sealed-surprise",)  # beside all that both take part in
SECRET = ("unexpected-text", "note-in-the-bag", "sealed-surprise", "small-act-of-love")
LEANS = {  # beside those that lean to the start, as all of a couple's own do
    "middle": (
        "unexpected-text",
        "long-walk",
        "evening-walk",
        "board-game",
        "something-growing",
        "quiet-hour",
        "hour-out-of-the-house",
        "book-and-blanket",
        "hands-busy",
        "pram-walk",
        "nap-time-tea",
        "one-old-friend",
    ),
    "end": (
        "send-off",
        "days-end",
        "goodnight-kiss",
        "note-in-the-bag",
        "read-aloud",
        "early-night",
        "kitchen-disco",
        "bedtime-solo",
        "their-own-evening",
        "skin-and-song",
    ),
    "09:00": ("pancake-morning",),
    "10:00": (
        "day-for-two",
        "swim-together",
        "half-day-off",
        "saturday-adventure",
        "build-something",
        "baby-swim",
    ),
    "10:30": (
        "bike-tour",
        "outdoors-with-friends",
    ),
    "11:30": ("breakfast-at-noon",),
    "12:00": ("picnic",),
    "13:30": ("honest-nap",),
    "15:00": ("den-of-blankets",),
    "15:30": ("any-weather-walk",),
    "16:00": (
        "one-at-a-time",
        "down-on-the-rug",
    ),
    "17:00": (
        "everyone-cooks",
        "sofa-cinema",
        "small-cooks",
        "their-playlist",
    ),
    "18:00": (
        "table-night",
        "their-dish",
    ),
    "18:30": ("something-fried",),
    "19:00": (
        "good-news",
        "i-noticed",
        "kitchen-radio",
        "evening-class",
        "team-or-club",
    ),
    "19:30": (
        "date-night",
        "spontaneous-night-out",
        "night-with-friends",
    ),
    "20:00": (
        "small-act-of-love",
        "grace-note",
        "phones-away",
        "one-series",
        "something-live",
        "cinema-alone",
    ),
    "21:30": ("tea-at-their-door",),
}

RITUALS = sa.table(
    "rituals",
    *map(sa.column, ("id", "kind", "takes_part", "needs")),
    sa.column("leaves", sa.Boolean),
    sa.column("in_person", sa.Boolean),
    sa.column("leans"),
)
THANKS = "i-noticed"
OCCURRENCES = sa.table(
    "occurrences",
    *map(sa.column, ("ritual", "kind")),
    sa.column("leaves", sa.Boolean),
    sa.column("with_children", sa.Boolean),
)


def mark(at: sa.Connection) -> None:
    """Sets the marks of all rituals, and those of their occurrences."""
    out = RITUALS.c.kind == "out"
    leaves = sa.or_(RITUALS.c.id.in_(LEAVES), out)
    together = sa.or_(RITUALS.c.takes_part == "both", RITUALS.c.id.in_(IN_PERSON))
    at.execute(sa.update(RITUALS).values(leaves=leaves, in_person=together))
    walk = sa.and_(RITUALS.c.id == LONG_WALK, RITUALS.c.needs == "")
    at.execute(sa.update(RITUALS).where(walk).values(needs="sitter"))
    leaving = sa.select(RITUALS.c.id).where(RITUALS.c.leaves)
    children = sa.select(RITUALS.c.id).where(RITUALS.c.needs == "children")
    at.execute(
        sa.update(OCCURRENCES).values(
            leaves=_either(OCCURRENCES.c.kind == "out", leaving),
            with_children=_either(OCCURRENCES.c.kind == "solo", children),
        )
    )


def lean(at: sa.Connection) -> None:
    """Sets where in their hours the rituals of the catalogue would rather lie."""
    for leans, ids in LEANS.items():
        at.execute(sa.update(RITUALS).where(RITUALS.c.id.in_(ids)).values(leans=leans))


def keep(at: sa.Connection) -> None:
    """Keeps now and then what is rare and was made or changed by hand."""
    rituals = sa.table(
        "rituals",
        sa.column("rhythm", sa.String),
        sa.column("retired", sa.Boolean),
        sa.column("kept", sa.Boolean),
    )
    rare = rituals.c.rhythm != "weekly", rituals.c.retired.is_(False)
    at.execute(sa.update(rituals).where(*rare).values(kept=True))


def keep_secret(at: sa.Connection) -> None:
    """Keeps secret what lives from surprise, where one of the two still does it for the other."""
    rituals = sa.table("rituals", *map(sa.column, ("id", "kind", "takes_part", "secret")))
    ours = rituals.c.id.in_(SECRET), rituals.c.kind == "together", rituals.c.takes_part == "either"
    at.execute(sa.update(rituals).where(*ours).values(secret=sa.true()))


def thank_in_person(at: sa.Connection) -> None:
    """Marks a thank-you as one said to the other's face, where one of the two still says it."""
    own = RITUALS.c.id == THANKS, RITUALS.c.kind == "together", RITUALS.c.takes_part == "either"
    at.execute(sa.update(RITUALS).where(*own).values(in_person=sa.true()))


def _either(of_kind: sa.ColumnElement[bool], rituals: sa.Select[tuple[str]]) -> sa.Case[bool]:
    """True by the kind or by the ritual; one that no ritual asked for has none."""
    by_ritual = sa.func.coalesce(OCCURRENCES.c.ritual, "").in_(rituals)
    return sa.case((sa.or_(of_kind, by_ritual), sa.true()), else_=sa.false())
