import io
import os
import re
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream

from rituals.model import wording
from rituals.model.difference import Difference, What
from rituals.model.household import ONE, TWO, Household, Kind, Shade, Strand
from rituals.model.plan import Choice, Hope, Plan, Said, Season, standing
from rituals.model.time.formats import Formats, Paper
from rituals.model.time.week import Week
from rituals.model.time.window import DAYS
from rituals.model.usual import Holidays, Usual
from rituals.planning import catalogue, sample
from rituals.printing import quarter_page, week_page
from rituals.printing.page import MARGIN, MILLIMETRES, TONES
from tests.support import paper
from tests.support.notation import a_household, a_plan, a_ritual, an_occurrence
from tests.support.paths import ROOT

AHEAD = Week(2026, 48)
NEVER_SAID = re.compile(r"\b(failed|missed|behind|overdue|should|streak|score)\b|%", re.IGNORECASE)
POINTS = 72 / 25.4  # in a millimetre
LONG = "Donaudampfschifffahrtsgesellschaft and everything that belongs to it, told at length"


def page(content: bytes) -> PageObject:
    """The one page of a PDF, as another program reads it."""
    (only,) = PdfReader(io.BytesIO(content)).pages
    return only


def pieces(content: bytes) -> list[tuple[str, float, float]]:
    """Each piece of text, and where it begins in millimetres from the lower left corner."""
    found: list[tuple[str, float, float]] = []

    def visit(text: str, _: object, at: list[float], *__: object) -> None:
        if text.strip():
            found.append((text.strip(), at[4] / POINTS, at[5] / POINTS))

    page(content).extract_text(visitor_text=visit)
    return found


def lines(content: bytes) -> list[str]:
    return [text for text, *_ in pieces(content)]


def printed(plan: Plan, household: Household | None = None) -> list[str]:
    return lines(week_page.week(plan, household or a_household()))


def test_what_waits_for_a_sitter_says_so_in_a_dashed_outline() -> None:
    plan = a_plan(an_occurrence("Fri 19:00-22:00", kind=Kind.OUT, way="The small cinema"))
    (waits,) = plan.occurrences
    plain, dashed = (week_page.week(plan, a_household(), waiting=ids) for ids in ((), (waits.id,)))

    assert "Open until a sitter is found · The small cinema" in lines(dashed)
    assert "The small cinema" in lines(plain)
    assert 1 == _dashes(dashed) - _dashes(plain)


def _dashes(content: bytes) -> int:
    """The number of times that a line becomes dashed as an outline is."""
    drawn = ContentStream(page(content).get_contents(), None).operations
    return sum(
        operator == b"d" and len(given[0]) == 2 and given[0][0] > 2 for given, operator in drawn
    )


def the_season(*there: Plan, last: Week = AHEAD, household: Household | None = None) -> bytes:
    by_week = {plan.week: plan for plan in there}
    return quarter_page.quarter(by_week, (last, AHEAD), household or a_household())


def bars(content: bytes) -> list[tuple[tuple[int, ...], float]]:
    """The colour and the height, in millimetres, of every filled box."""
    stream = ContentStream(page(content).get_contents(), None)
    colour, high, found = (0, 0, 0), 0.0, []
    for numbers, operator in stream.operations:
        if operator in (b"rg", b"g"):
            colour = tuple(round(float(n) * 255) for n in numbers) * (3 if operator == b"g" else 1)
        elif operator == b"re":
            high = abs(float(numbers[3])) / POINTS
        elif operator in (b"f", b"B"):
            found.append((colour, high))
            high = 0.0
    return [(tint, tall) for tint, tall in found if tall]


def of_weeks(weeks: Iterable[int], said: Said | None = Said.AS_PLANNED) -> list[Plan]:
    """A plan with one lived hour together for each of the weeks so many ago."""
    told = [(AHEAD - ago, an_occurrence(week=AHEAD - ago, said=said, lived=60)) for ago in weeks]
    return [a_plan(occurrence, week=week) for week, occurrence in told]


# the week


def test_a_week_holds_nothing_but_the_standing_occurrences_of_its_plan() -> None:
    talk = an_occurrence("Thu 20:00-21:15", way="One small lamp")
    friends = an_occurrence(
        "Mon 18:00-20:00", ritual="friends", title="Friends", kind=Kind.OUT, partner=ONE
    )
    unseen = [
        an_occurrence("Tue 18:00-19:00", ritual="a", title="Let go", way="No more", let_go=True),
        an_occurrence("Tue 19:00-20:00", ritual="b", title="Unseen", way="Gone", chosen=False),
        an_occurrence("Tue 20:00-21:00", ritual="c", title="Came about", spontaneous=True),
    ]
    hopes = {Strand(Kind.TOGETHER): Hope(300), Strand(Kind.OUT, ONE): Hope(90)}
    content = week_page.week(
        a_plan(talk, friends, *unseen, hopes=hopes), a_household(children=False)
    )

    assert sorted(lines(content)) == sorted(
        [
            "The week of 23 November",
            "Maya and Jonas · 23 to 29 November 2026",
            *("Monday", "23 November", "18:00–20:00", "Maya: Friends"),
            *("Tuesday", "24 November", "Wednesday", "25 November"),
            *("Thursday", "26 November", "20:00–21:15", "Late talk", "One small lamp"),
            *("Friday", "27 November", "Saturday", "28 November", "Sunday", "29 November"),
            *("Together", "1 h 15 in the plan", "5 h hoped for"),
            *("Alone", "nothing hoped for"),
            *("Out", "2 h in the plan", "1 h 30 hoped for"),
        ]
    )


def test_with_children_the_foot_tells_together_by_its_two_shades() -> None:
    pancakes = an_occurrence("Sun 08:30-10:00", ritual="pancakes", with_children=True)
    plan = a_plan(an_occurrence("Thu 20:00-21:15"), pancakes)

    assert {"2 h 45 in the plan", "the two of us 1 h 15", "all of us 1 h 30"} <= set(printed(plan))
    assert not [line for line in printed(plan, a_household(children=False)) if "of us" in line]
    assert not [line for line in printed(a_plan()) if "of us" in line]


def test_of_what_nothing_is_planned_the_page_says_what_is_hoped_for_alone() -> None:
    hopes = {Strand(Kind.TOGETHER): Hope(300)}
    there = lines(week_page.week(a_plan(hopes=hopes), a_household(children=False)))

    assert "5 h hoped for" in there
    assert not [line for line in there if line.startswith("0 h")]


def test_a_file_says_no_more_than_its_page() -> None:
    reader = PdfReader(io.BytesIO(week_page.week(a_plan(an_occurrence()), a_household())))

    assert {
        "/Title": "The week of 23 November 2026",
        "/Producer": "Leavewell",
        "/CreationDate": "D:20261123000000Z",
    } == dict(reader.metadata)
    assert [] == list(reader.attachments)


def test_a_grace_week_says_its_name_and_that_everything_rests() -> None:
    plan = replace(a_plan(an_occurrence(), season=Season.GRACE), grace="the flu")
    there = printed(plan)

    assert {"A week off: the flu", "Everything rests, and nothing is asked."} <= set(there)
    assert not [line for line in there if "talk" in line or "plan" in line or "hoped" in line]


def test_a_grace_week_needs_no_name() -> None:
    assert "A week off" in printed(a_plan(season=Season.GRACE))


@pytest.mark.parametrize(("starts", "first"), [(0, "23"), (5, "21"), (6, "22")])
def test_a_week_begins_on_the_day_the_household_chose(starts: int, first: str) -> None:
    household = a_household(week_starts=starts)

    assert f"The week of {first} November" in printed(a_plan(), household)


def test_hours_are_those_of_the_clock_at_home() -> None:
    talk = an_occurrence("Thu 20:00-21:00")
    household = a_household("America/New_York")

    assert "14:00–15:00" in printed(a_plan(talk), household)


def test_hours_and_days_are_written_as_the_household_does() -> None:
    american = Formats(twelve_hours=True, month_first=True)
    household = replace(a_household(), formats=american)
    there = pieces(week_page.week(a_plan(an_occurrence("Thu 10:00-12:00")), household))
    read = {text.replace("\N{NO-BREAK SPACE}", " "): x for text, x, _ in there}

    assert {"The week of November 23", "November 26", "10:00 am–12:00 pm"} <= set(read)
    assert "Maya and Jonas · November 23 to 29, 2026" in read
    assert read["Late talk"] > read["10:00 am–12:00 pm"] + 27


def test_titles_are_printed_as_they_are() -> None:
    title = "**Late** <b>talk</b> & [a](b) $x$ #1"

    assert title in printed(a_plan(an_occurrence(title=title)))


def test_a_title_without_a_single_known_letter_is_called_by_its_strand() -> None:
    walk = an_occurrence(title="夜の散歩", kind=Kind.ALONE, partner=TWO)

    assert "Jonas, alone" in printed(a_plan(walk))


def test_names_that_run_from_right_to_left_keep_their_places() -> None:
    household = a_household(names=("רות", "محمد"))
    talk = an_occurrence(title="Late talk", kind=Kind.ALONE, partner=ONE)
    read = " ".join(paper.glyphs(week_page.week(a_plan(talk), household)))

    assert "uni05EA uni05D5 uni05E8 space a n d space uni062F.fina uni0645.medi" in read
    assert "uni05EA uni05D5 uni05E8 colon space L a t e" in read


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Europe/Berlin", Paper.A4),
        ("Asia/Tokyo", Paper.A4),
        ("America/Chicago", Paper.LETTER),
        ("Pacific/Honolulu", Paper.LETTER),
        ("Pacific/Auckland", Paper.A4),
    ],
)
def test_the_paper_is_that_of_the_place_unless_told(zone: str, expected: Paper) -> None:
    household = a_household(zone)
    box = page(week_page.week(a_plan(), household)).mediabox
    asked = page(week_page.week(a_plan(), household, Paper.A4)).mediabox

    assert MILLIMETRES[expected] == pytest.approx(
        (box.width / POINTS, box.height / POINTS), abs=0.01
    )
    assert MILLIMETRES[Paper.A4] == pytest.approx(
        (asked.width / POINTS, asked.height / POINTS), abs=0.01
    )


@pytest.mark.parametrize("size", Paper)
@pytest.mark.parametrize("on_one_day", [True, False])
@pytest.mark.parametrize("count", [0, 1, 14, 40, 150])
def test_every_title_of_a_week_is_on_its_one_page(
    count: int, on_one_day: bool, size: Paper
) -> None:
    days = DAYS[:1] if on_one_day else DAYS
    there = [
        an_occurrence(f"{days[n % len(days)]} 18:00-19:00", title=f"No{n}, {LONG}", way=LONG)
        for n in range(count)
    ]
    content = week_page.week(a_plan(*there), a_household(), size)
    starts = [line.split(",")[0] for line in lines(content) if re.match(r"No\d", line)]
    wide, high = MILLIMETRES[size]

    assert sorted(f"No{n}" for n in range(count)) == sorted(starts)
    assert all(
        MARGIN - 1 <= x <= wide - MARGIN and MARGIN - 1 <= y <= high - MARGIN
        for _, x, y in pieces(content)
    )


@settings(max_examples=settings.default.max_examples // 4)
@given(
    st.lists(st.tuples(st.text(max_size=80), st.text(max_size=200)), max_size=12),
    st.text(max_size=40),
)
def test_whatever_people_write_is_one_page(told: list[tuple[str, str]], name: str) -> None:
    there = [
        an_occurrence(f"{DAYS[n % 7]} 18:00-19:00", title=title, way=way, partner=ONE)
        for n, (title, way) in enumerate(told)
    ]
    household = a_household(names=(name, "Jonas"))
    at_rest = replace(a_plan(season=Season.GRACE), grace=name)

    assert page(week_page.week(a_plan(*there), household))
    assert page(week_page.week(at_rest, household))
    assert page(the_season(at_rest, household=household))


def test_a_line_at_the_foot_says_who_thinks_of_what() -> None:
    rituals = {id: a_ritual(id, thinks=key) for id, key in (("walk", TWO), ("late-talk", ONE))}
    chosen = tuple(Choice(id, None, 1) for id in rituals)
    with_them = week_page.week(a_plan(choices=chosen), a_household(), rituals=rituals)

    assert "Maya looks after Late talk, Jonas after Walk." in lines(with_them)
    assert week_page.week(a_plan(), a_household()) == week_page.week(
        a_plan(), a_household(), rituals=rituals
    )


@pytest.mark.parametrize("size", Paper)
@pytest.mark.parametrize("count", [1, 2, 14, 60])
def test_however_long_that_line_would_be_nothing_is_printed_over_it(
    count: int, size: Paper
) -> None:
    rituals = {f"{n}": a_ritual(f"{n}", title=f"T{n} {LONG}") for n in range(count)}
    there = [an_occurrence(f"{DAYS[n % 7]} 18:00-19:00", title=LONG, way=LONG) for n in range(28)]
    plan = a_plan(*there, choices=tuple(Choice(id, None, 1) for id in rituals))
    found = pieces(week_page.week(plan, a_household(), size, (), rituals))
    told = [y for text, _, y in found if text.startswith("T") and text[1:2].isdigit()]
    told += [y for text, _, y in found if "looks after" in text]
    days = [y for text, _, y in found if text in ("18:00–19:00", LONG)]
    foot = max(y for text, _, y in found if text == "Together")

    assert min(days) > max(told) + 2.5
    assert min(told) > foot + 5
    assert all(MARGIN - 1 <= x <= MILLIMETRES[size][0] - MARGIN for _, x, _ in found)


@pytest.mark.outside
def test_the_same_plan_is_the_same_file() -> None:
    told = (
        "import sys;"
        "from tests.support.notation import *; from rituals.printing import week_page;"
        "titles = ['Late talk', 'Ужин', '夜', 'אבג'];"
        "there = [an_occurrence(title=t, number=n) for n, t in enumerate(titles)];"
        "sys.stdout.buffer.write(week_page.week(a_plan(*there), a_household()))"
    )
    first, second = (
        subprocess.run(
            [sys.executable, "-c", told],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    )

    assert first.startswith(b"%PDF")
    assert first == second


def test_the_sample_couples_pages_are_small_and_kind() -> None:
    suggested = catalogue.load(catalogue.SUGGESTED)
    made = sample.couple(datetime(2026, 11, 22, tzinfo=UTC).date(), 5, suggested)
    plan, by_week = made.plans[-1], {plan.week: plan for plan in made.plans}
    week = week_page.week(plan, made.household)
    season = quarter_page.quarter(by_week, (plan.week, plan.week), made.household)
    titles = {o.title for o in standing(plan)}

    assert max(len(week), len(season)) < 150_000
    assert not NEVER_SAID.search("\n".join(lines(week) + lines(season)))
    assert titles <= {line.split(": ")[-1] for line in lines(week)}


# the season


def test_a_season_is_the_thirteen_weeks_that_end_with_one() -> None:
    there = lines(the_season(*of_weeks(range(20))))

    assert "Maya and Jonas · 31 August to 29 November 2026" in there
    assert {"31 Aug", "23 Nov"} <= set(there)
    assert "24 Aug" not in there


def test_a_bar_is_as_high_as_its_hours_and_softer_ahead() -> None:
    behind = of_weeks([1])
    half_lived = a_plan(an_occurrence(week=AHEAD - 2, said=Said.A_LITTLE, lived=30), week=AHEAD - 2)
    in_the_plan = of_weeks([0], said=None)
    found = bars(the_season(half_lived, *behind, *in_the_plan))
    together = TONES[Kind.TOGETHER]
    lived = [high for colour, high in found if colour == together]
    planned = [high for colour, high in found if colour == together.tinted(0.5)]

    assert pytest.approx([lived[1] / 2, lived[1]], abs=0.01) == lived
    assert pytest.approx([lived[1]], abs=0.01) == planned


def test_a_bar_of_together_is_in_two_shades_and_the_legend_names_both() -> None:
    pancakes = an_occurrence(
        week=AHEAD - 1, id="x", with_children=True, said=Said.A_LITTLE, lived=30
    )
    (talk,) = of_weeks([1])
    plan = replace(talk, occurrences=(*talk.occurrences, pancakes))
    shaded, plain = the_season(plan), the_season(plan, household=a_household(children=False))
    high = dict(bars(shaded))

    assert pytest.approx(high[TONES[Shade.TWO_OF_US]] / 2, abs=0.01) == high[TONES[Shade.ALL_OF_US]]
    assert {"the two of us", "all of us"} <= set(lines(shaded))
    assert TONES[Shade.ALL_OF_US] not in dict(bars(plain))
    assert {"together", "alone", "nights out and friends"} <= set(lines(plain))
    assert not [line for line in lines(plain) if "of us" in line]


def test_a_week_nobody_wrote_down_and_one_of_grace_have_no_bar() -> None:
    grace = replace(a_plan(week=AHEAD - 2, season=Season.GRACE), grace="the flu")
    unsaid = of_weeks([1], said=None)
    content = the_season(grace, *unsaid, *of_weeks([3]))

    assert {"the flu", "not written down"} <= set(lines(content))
    assert 1 == sum(colour == TONES[Kind.TOGETHER] for colour, _ in bars(content))


def a_trip(week: Week) -> Difference:
    """Jonas away from Tuesday to Thursday."""
    days = (week.monday + timedelta(days=n) for n in (1, 3))
    return Difference(
        str(week), What.AWAY, *days, datetime(2026, 11, 1, tzinfo=UTC), TWO, nights=True
    )


def test_a_season_names_what_made_a_week_another_one_above_its_bar() -> None:
    household = replace(a_household(), differences=(a_trip(AHEAD - 2), a_trip(AHEAD)))
    content = the_season(*of_weeks([1, 2, 3]), household=household)
    names = [(x, y) for text, x, y in pieces(content) if text == "Jonas away Tue–Thu"]
    labels = {text: x for text, x, _ in pieces(content)}

    assert 2 == len(names)
    for (x, _), label in zip(sorted(names), ("9 Nov", "23 Nov"), strict=True):
        assert abs(x - labels[label]) < 10
    assert max(tall for _, tall in bars(content)) > 5


def test_a_season_names_holidays_too_and_a_gap_by_its_note_alone() -> None:
    holidays = Usual(holidays=Holidays("DE"))
    household = replace(a_household(), usual=holidays, differences=(a_trip(AHEAD - 2),))
    grace = replace(a_plan(week=AHEAD - 2, season=Season.GRACE), grace="Norway")
    content = the_season(grace, *of_weeks([8]), household=household)

    assert ["German Unity Day Sat"] == [text for text in lines(content) if "Unity" in text]
    assert "Norway" in lines(content)
    assert not [text for text in lines(content) if "Jonas away" in text]


@given(st.lists(st.integers(0, 12), max_size=6), st.integers(1, 40))
@settings(max_examples=20)
def test_names_of_weeks_stay_on_the_chart(weeks: list[int], hours: int) -> None:
    trips = tuple(replace(a_trip(AHEAD - n), id=str(i), place=LONG) for i, n in enumerate(weeks))
    lived = [
        a_plan(
            an_occurrence(week=AHEAD - n, said=Said.AS_PLANNED, lived=60 * hours), week=AHEAD - n
        )
        for n in range(1, 13)
    ]
    household = replace(a_household(), differences=trips)
    plain = max(y for text, _, y in pieces(the_season(*lived)) if text.endswith(" h"))
    named = [y for text, _, y in pieces(the_season(*lived, household=household)) if "away" in text]

    assert all(y < plain for y in named)
    assert len(set(weeks)) <= len(named)


def test_what_was_lived_most_often_is_named_first() -> None:
    def lived(title: str, ago: int, said: Said | None = Said.AS_PLANNED) -> Plan:
        week = AHEAD - ago
        named = an_occurrence(week=week, title=title, ritual=title, said=said, lived=60)
        return a_plan(named, week=week)

    there = lines(
        the_season(
            *(lived("Often", ago) for ago in (1, 2)),
            *(lived("Rarely", ago, Said.A_LITTLE) for ago in (3,)),
            *(lived("Let go", ago, Said.LET_GO) for ago in (4, 5, 6)),
            *(lived("Unsaid", ago, None) for ago in (7, 8, 9)),
        )
    )

    assert ["Often", "Rarely"] == [line for line in there if line in {"Often", "Rarely"}]
    assert not {"Let go", "Unsaid"} & set(there)


def test_what_just_happened_is_among_them_once_it_has_a_name() -> None:
    def happened(title: str, ago: int) -> Plan:
        one = an_occurrence(
            week=AHEAD - ago, title=title, ritual=None, spontaneous=True,
            said=Said.AS_PLANNED, lived=60,
        )  # fmt: skip
        return a_plan(one, week=AHEAD - ago)

    there = lines(the_season(happened(wording.UNTITLED, 1), happened("Rain, and tea", 2)))

    assert "Rain, and tea" in there
    assert wording.UNTITLED not in there


def test_a_first_season_has_room_to_write() -> None:
    there = lines(the_season())

    assert "What we want to keep from these weeks" in there
    assert "What you lived most often" not in there


def test_what_makes_the_week_another_one_stands_under_its_heading():
    told = datetime(2026, 11, 1, tzinfo=UTC)
    tuesday = AHEAD.monday + timedelta(days=1)
    trip = Difference("1", What.AWAY, tuesday, tuesday + timedelta(days=2), told, TWO, nights=True)
    household = replace(a_household(), differences=(trip,))

    assert "Jonas away Tue–Thu" in printed(a_plan(week=AHEAD), household)
    assert "Jonas away" not in " ".join(printed(a_plan(week=AHEAD + 1), household))
