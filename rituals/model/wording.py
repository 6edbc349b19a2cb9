"""Hours, days and titles as a couple reads them on every screen, in every file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from rituals.model.context import Cover
from rituals.model.household import Household, Kind, Shade, Strand, Tone
from rituals.model.plan import Occurrence, Season
from rituals.model.ritual import Frequency
from rituals.model.time.formats import WEEKDAYS as WEEKDAYS
from rituals.model.time.formats import Formats
from rituals.model.time.rhythm import LEAP_YEAR, Rhythm
from rituals.model.time.rhythm import MONTHS as MONTHS
from rituals.model.time.span import Span
from rituals.model.time.window import Anchor, Window, day_runs
from rituals.text import single_line

LONGEST_EVENING = timedelta(hours=12)  # what lasts longer ends on a day that is named
SHORT_WEEKDAYS = tuple(day[:3] for day in WEEKDAYS)
KINDS = {
    Kind.TOGETHER: "Together",
    Kind.ALONE: "Alone",
    Kind.SOLO: "With the children",
    Kind.OUT: "Out",
}
RHYTHMS = {
    1: "every week",
    2: "every second week",
    4: "monthly",
    13: "quarterly",
    17: "three times a year",
    52: "yearly",
}  # by the number of weeks
STATES = {"hoped": "hoped for", "planned": "planned", "lived": "happened"}  # of hours
SHADES = {Shade.TWO_OF_US: "the two of us", Shade.ALL_OF_US: "all of us"}
IN_FULL = {Kind.OUT: "nights out and friends"}  # where it stands alone, in legends and on the board
TONES = {kind: name.lower() for kind, name in KINDS.items()} | SHADES | IN_FULL


class SeasonWords(NamedTuple):
    """The words of a season: on its button, and for a week in it."""

    button: str
    week: str


SEASONS = {
    Season.CALM: SeasonWords("Roomy", "a roomy week"),
    Season.USUAL: SeasonWords("Usual", "a usual week"),
    Season.HARD: SeasonWords("Hard", "a hard week"),
    Season.GRACE: SeasonWords("Week off", "a week off"),
}
UNTITLED = "Just happened"  # what is added without a word of its own
HOURS = (
    "midnight",
    *["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"],
)
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven")


@dataclass(frozen=True)
class Caption:
    """Words about one thing, shown as "Week of 23 November · holiday"; without text its name."""

    of: str
    text: str

    def __str__(self) -> str:
        return " · ".join(filter(None, (self.of, self.text)))


def hours(minutes: int) -> str:
    """Minutes as "45 min", "2 h" or "7 h 30"."""
    whole, rest = divmod(minutes, 60)
    if not whole:
        return f"{rest} min" if rest else "0 h"
    return f"{whole} h {rest:02}" if rest else f"{whole} h"


def moment(instant: datetime, household: Household) -> str:
    """An instant at home as "Thursday 20:00"."""
    local = household.clock(instant)
    return f"{WEEKDAYS[local.weekday()]} {household.formats.clock(local)}"


def stretch(span: Span, household: Household, joined: str = "–") -> str:
    """Hours of a day at home as "Thursday 20:00–21:15"; over a night its end has its day."""
    start, end = (household.clock(at) for at in (span.start, span.end))
    if end.date() > start.date() and span.end - span.start > LONGEST_EVENING:
        return f"{moment(start, household)}{joined}{moment(end, household)}"
    return f"{WEEKDAYS[start.weekday()]} {household.formats.from_to(start, end, joined)}"


def number(value: int) -> str:
    """A number as "six", or in digits where it is long."""
    return NUMBERS[value] if value < len(NUMBERS) else str(value)


def spoken_hour(instant: datetime, household: Household) -> str:
    """A clock time to the quarter of an hour as one says it: half past seven, noon."""
    at = household.clock(instant)
    quarters = round((at.hour * 60 + at.minute) / 15) % 96
    hour, quarter = divmod(quarters, 4)
    part = ("", "quarter past ", "half past ", "quarter to ")[quarter]
    named = (hour + (quarter == 3)) % 24
    return part + ("noon" if named == 12 else HOURS[named % 12])


def listed(words: Sequence[str]) -> str:
    """Words joined as "a, b and c"."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def strand(value: Strand, household: Household) -> str:
    """A strand as "Together" or "Maya, alone"."""
    if value.partner is None:
        return KINDS[value.kind]
    return f"{household.name(value.partner)}, {KINDS[value.kind].lower()}"


def heading(tone: Tone) -> str:
    """A kind or a shade at the beginning of a line: "Alone", "All of us"."""
    name = TONES[tone]
    return name[0].upper() + name[1:]


def shade(value: Shade) -> str:
    """A shade that stands alone, as "Together, all of us"."""
    return f"{KINDS[Kind.TOGETHER]}, {SHADES[value]}"


def shades(minutes: Mapping[Shade, int]) -> str:
    """Minutes of together by shade as "the two of us 6 h · all of us 3 h"."""
    return " · ".join(f"{SHADES[shade]} {hours(minutes[shade])}" for shade in minutes)


def title(occurrence: Occurrence, household: Household) -> str:
    """An occurrence's title with the name of who has it, where it is one of the two."""
    if occurrence.partner is None:
        return single_line(occurrence.title)
    return single_line(f"{household.name(occurrence.partner)}: {occurrence.title}")


def lies(occurrences: Sequence[Occurrence], household: Household) -> str:
    """The hours of one ritual in a week as "Mon and Fri 06:45 · 20 min", or how often it comes."""
    lengths = {o.minutes for o in occurrences}
    how_long = f" · {hours(lengths.pop())}" if len(lengths) == 1 else ""
    return f"{lies_at(occurrences, household)}{how_long}"


def lies_at(occurrences: Sequence[Occurrence], household: Household) -> str:
    """The hours of one ritual in a week as "Mon and Fri 06:45", or how often it comes."""
    starts = [household.clock(o.start) for o in occurrences]
    clocks = {household.formats.clock(start) for start in starts}
    if len(clocks) > 1:
        several = len(starts) > 2
        often = f"{number(len(starts))} times"
        return often if several else listed(_moments(starts, household))
    days = weekdays(sorted({start.weekday() for start in starts}), SHORT_WEEKDAYS)
    return f"{days} {clocks.pop()}"


def briefly(occurrences: Sequence[Occurrence], household: Household) -> str:
    """The day of one ritual in a week, or how often it comes, in one word: "Sat", or "3×"."""
    if len(occurrences) == 1:
        return SHORT_WEEKDAYS[household.clock(occurrences[0].start).weekday()]
    return f"{len(occurrences)}×"


def _moments(starts: Sequence[datetime], household: Household) -> list[str]:
    clock = household.formats.clock
    return [f"{SHORT_WEEKDAYS[start.weekday()]} {clock(start)}" for start in starts]


def minutes_from_to(least: int, most: int) -> str:
    """A length as "30 to 60 minutes", "1 hour" or "2 to 4 hours"."""
    if least % 60 == most % 60 == 0:
        return _from_to(least // 60, most // 60, "hour")
    return _from_to(least, most, "minute")


def frequency(value: Frequency) -> str:
    """A frequency as "once a week", "once or twice a week" or "three to five times a week"."""
    match value.least, value.most:
        case 1, 1:
            return "once a week"
        case 1, 2:
            return "once or twice a week"
        case 2, 2:
            return "twice a week"
        case least, most if least == most:
            return f"{number(least)} times a week"
        case least, most:
            return f"{number(least)} to {number(most)} times a week"


def rhythm(value: Rhythm, formats: Formats) -> str:
    """A rhythm as "every second week", "three times a year" or "every year on 12 June"."""
    if value.date:
        day = date(LEAP_YEAR, value.date.month, value.date.day)
        return f"every year on {formats.short_day(day)}"
    return RHYTHMS.get(value.every_weeks) or f"every {number(value.every_weeks)} weeks"


def window(value: Window, household: Household) -> str:
    """A window as "Monday to Friday, after the children sleep"."""
    return f"{weekdays(value.days)}, {_stretch(value, household)}"


def anchor(value: Anchor, household: Household) -> str:
    """A named hour as what happens at it: "we get up", "the children sleep"."""
    bedtime = "the children sleep" if household.children else "the evening begins"
    named = {
        Anchor.WAKE: "we get up",
        Anchor.SUPPER: "supper begins",
        Anchor.BEDTIME: bedtime,
        Anchor.SLEEP: "we go to sleep",
    }
    return named[value]


def _from_to(least: int, most: int, unit: str) -> str:
    amount = f"{least}" if least == most else f"{least} to {most}"
    return f"{amount} {unit}" if most == 1 else f"{amount} {unit}s"


def weekdays(days: Sequence[int], names: Sequence[str] = WEEKDAYS) -> str:
    """Days of the week as "Every day", "Monday to Friday" or "Saturday and Sunday"."""
    if len(days) == len(names):
        return "Every day"
    return listed([name for run in day_runs(days) for name in _run(run, names)])


def _run(days: Sequence[int], names: Sequence[str]) -> list[str]:
    """The names in one run of days: three and more are named by the first and the last."""
    first, last = names[days[0]], names[days[-1]]
    return [f"{first} to {last}"] if len(days) > 2 else [names[day] for day in days]


def _stretch(value: Window, household: Household) -> str:
    match value.start, value.end:
        case Anchor.WAKE, Anchor.SLEEP:
            return "at any time of the day"
        case Anchor.BEDTIME, Anchor.SLEEP:
            return "after the children sleep" if household.children else "in the evening"
        case time() as start, time() as end:
            return household.formats.from_to(start, end, " to ")
        case start, end:
            return f"from {_hour(start, household, 'when ')} until {_hour(end, household)}"


def _hour(hour: time | Anchor, household: Household, before: str = "") -> str:
    """A clock time, or what happens at a named hour."""
    if isinstance(hour, Anchor):
        return f"{before}{anchor(hour, household)}"
    return household.formats.clock(hour)


def cover_line(cover: Cover, household: Household) -> str:
    """A cover as the other reads it: "From Maya: keep Thursday evening free"."""
    line = cover.line
    # A word in capitals stays one.
    first = line[:1].lower() if line[1:2].islower() else line[:1]
    return f"From {household.name(cover.giver)}: {first}{line[1:]}"
