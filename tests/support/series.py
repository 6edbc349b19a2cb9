"""Random series of a calendar, and a slow reading of them: minute by minute, as RFC 5545 has it.

    PYTHONPATH=. .venv/bin/python tests/support/series.py --rules 5000 --seed 1

compares the reader with it, and both with libical where the system has it; any difference that no
paragraph explains is printed, and ends it with 1. Nothing here is the reader's own.
"""

import argparse
import calendar
import json
import random
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo

from rituals.calendars.incoming.busy_times import read
from tests.clients.readers import HERE, SYSTEM_PYTHON
from tests.support.notation import a_household

ZONES = (
    "Europe/Berlin", "Europe/London", "Europe/Dublin", "America/New_York", "America/St_Johns",
    "America/Santiago", "America/Sao_Paulo", "America/Phoenix", "Africa/Cairo",
    "Africa/Casablanca", "Africa/Nairobi", "Asia/Kathmandu", "Asia/Jerusalem", "Asia/Kolkata",
    "Asia/Tokyo", "Australia/Adelaide", "Australia/Lord_Howe", "Pacific/Auckland",
    "Pacific/Chatham", "UTC",
)  # fmt: skip
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
NIGHTS = ("2026-03-29", "2026-10-25", "2026-03-08", "2026-11-01", "2026-04-05", "2026-10-04")
ENDS = re.compile(";(UNTIL|COUNT)=[^;]*")
WINDOWS = {"YEARLY": 1_200, "MONTHLY": 400, "WEEKLY": 150, "DAILY": 60, "HOURLY": 12, "MINUTELY": 3}


@dataclass(frozen=True)
class Named:
    """A time that a line names, in one of several ways."""

    wall: datetime
    how: str  # "own", "utc", another zone, or "day"


@dataclass(frozen=True)
class Case:
    """A series, with what is excepted from it, added to it, and changed in it."""

    zone: str
    start: datetime
    rule: dict[str, str]
    length: timedelta
    by: str  # "DTEND" or "DURATION"
    excepted: tuple[Named, ...]
    added: tuple[Named, ...]
    changed: tuple[tuple[Named, datetime], ...]

    @property
    def days(self) -> tuple[date, date]:
        """The window in which it is looked at."""
        first = self.start.date() - 2 * DAY
        return first, first + WINDOWS[self.rule["FREQ"]] * DAY

    @property
    def rule_line(self) -> str:
        """Its rule as a line has it."""
        return ";".join(f"{name}={value}" for name, value in self.rule.items())

    @cached_property
    def walls(self) -> tuple[datetime, ...]:
        """Each time of its rule on the wall."""
        return _by_minute_once(self.rule_line, self.zone, self.start, self.days[1])

    @cached_property
    def text(self) -> str:
        """The calendar file."""
        lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x", "BEGIN:VEVENT", "UID:a"]
        lines += [self._line("DTSTART", Named(self.start, "own")), *self._end(self.start)]
        lines += [f"RRULE:{self.rule_line}"]
        lines += [self._line("EXDATE", one) for one in self.excepted]
        lines += [self._line("RDATE", one) for one in self.added]
        lines += ["END:VEVENT"]
        for was, now in self.changed:
            lines += ["BEGIN:VEVENT", "UID:a", self._line("RECURRENCE-ID", was)]
            lines += [self._line("DTSTART", Named(now, "own")), *self._end(now), "END:VEVENT"]
        return "\r\n".join([*lines, "END:VCALENDAR", ""])

    def _end(self, start: datetime) -> list[str]:
        if self.by == "DTEND":
            return [self._line("DTEND", Named(start + self.length, "own"))]
        minutes = self.length.seconds // 60
        days = f"{self.length.days}D" if self.length.days else ""
        return [f"DURATION:P{days}" + (f"T{minutes}M" if minutes else "")]

    def _line(self, name: str, one: Named) -> str:
        if one.how == "day":
            return f"{name};VALUE=DATE:{one.wall:%Y%m%d}"
        if one.how == "own" and self.zone != "UTC":
            return f"{name};TZID={self.zone}:{one.wall:%Y%m%dT%H%M%S}"
        there = in_utc(one.wall, self.zone)
        if one.how in ("own", "utc"):
            return f"{name}:{there:%Y%m%dT%H%M%S}Z"
        local = there.astimezone(ZoneInfo(one.how))
        return f"{name};TZID={one.how}:{local:%Y%m%dT%H%M%S}"


def in_utc(wall: datetime, zone: str) -> datetime:
    """The instant at which a clock first shows a time; in a gap, as before it (3.3.5)."""
    tz = ZoneInfo(zone)
    around = [(wall + n * DAY).replace(tzinfo=UTC).astimezone(tz).utcoffset() for n in (-2, 2)]
    found = [
        (wall - offset).replace(tzinfo=UTC)
        for offset in around
        if (wall - offset).replace(tzinfo=UTC).astimezone(tz).replace(tzinfo=None) == wall
    ]
    return min(found) if found else (wall - around[0]).replace(tzinfo=UTC)


def a_case(chance: random.Random) -> Case:
    """A series made up from a seed."""
    zone = chance.choice(ZONES)
    start = _a_start(chance)
    rule = _a_rule(chance, start)
    length = chance.choice(
        [timedelta(minutes=chance.choice((15, 60, 480, 600))), DAY, DAY + timedelta(hours=3)]
    )
    plain = Case(zone, start, rule, length, chance.choice(("DTEND", "DURATION")), (), (), ())
    walls = list(plain.walls[:200])
    return Case(
        zone, start, rule, length, plain.by,
        tuple(_near(chance, walls, zone) for _ in range(chance.choice((0, 0, 1, 3)))),
        tuple(_elsewhere(chance, start, zone) for _ in range(chance.choice((0, 0, 0, 2)))),
        tuple(
            (Named(wall, chance.choice(_ways(zone))), wall + chance.randrange(-300, 900) * MINUTE)
            for wall in chance.sample(walls, min(len(walls), chance.choice((0, 0, 1, 2))))
        ),
    )  # fmt: skip


def _a_start(chance: random.Random) -> datetime:
    if chance.random() < 0.4:  # around a night in which clocks change somewhere
        night = datetime.fromisoformat(chance.choice(NIGHTS))
        return night + timedelta(days=chance.randrange(-9, 1), minutes=15 * chance.randrange(20))
    return datetime(2025, 1, 1) + timedelta(  # noqa: DTZ001 - a wall clock
        days=chance.randrange(700), minutes=5 * chance.randrange(288)
    )


def _a_rule(chance: random.Random, start: datetime) -> dict[str, str]:
    every = chance.choice(("YEARLY", "MONTHLY", "WEEKLY", "WEEKLY", "DAILY", "DAILY", "HOURLY",
                           "MINUTELY"))  # fmt: skip
    rule = {"FREQ": every}
    if chance.random() < 0.5:
        most = {"YEARLY": 2, "MONTHLY": 5, "MINUTELY": 90}.get(every, 4)
        rule["INTERVAL"] = str(chance.randint(1, most))
    if every == "MINUTELY" and int(rule.get("INTERVAL", 1)) < 5:
        rule["INTERVAL"] = "7"
    if chance.random() < 0.3:
        rule["WKST"] = chance.choice(DAYS)
    for name, values in _parts(chance, every).items():
        if values:
            rule[name] = ",".join(map(str, values))
    if chance.random() < 0.2 and any(name.startswith("BY") for name in rule):
        rule["BYSETPOS"] = str(chance.choice((1, 2, -1)))
    end = chance.random()
    if end < 0.3:
        rule["COUNT"] = str(chance.randint(1, 30))
    elif end < 0.5:
        last = start + timedelta(days=chance.randrange(WINDOWS[every]), hours=chance.randrange(24))
        rule["UNTIL"] = f"{last:%Y%m%dT%H%M%S}Z"
    return rule


def _parts(chance: random.Random, every: str) -> dict[str, list[int] | list[str]]:
    def some(share: float, values: range | tuple[int, ...], most: int = 3) -> list[int]:
        return chance.sample(values, chance.randint(1, most)) if chance.random() < share else []

    days = chance.sample(DAYS, chance.randint(1, 3)) if chance.random() < 0.4 else []
    months = some(0.3 if every in ("YEARLY", "DAILY") else 0.1, range(1, 13), 4)
    numbered = every == "MONTHLY" or (every == "YEARLY" and bool(months))
    if days and numbered and chance.random() < 0.5:
        days = [f"{chance.choice((1, 2, 3, -1, 4))}{day}" for day in days]
    return {
        "BYMONTH": months,
        "BYWEEKNO": some(0.15, (1, 2, 20, 52, 53, -1)) if every == "YEARLY" and not months else [],
        "BYYEARDAY": some(0.1, (1, 60, 100, 366, -1)) if every == "YEARLY" and not months else [],
        "BYMONTHDAY": some(0.3, (1, 13, 15, 29, 31, -1, -3)) if every != "WEEKLY" else [],
        "BYDAY": days,
        "BYHOUR": some(0.2, range(24), 2),
        "BYMINUTE": some(0.1, (0, 15, 30, 50), 2),
    }


def _ways(zone: str) -> tuple[str, ...]:
    return ("own", "own", "utc", "Asia/Tokyo") if zone != "UTC" else ("own", "Asia/Tokyo")


def _near(chance: random.Random, walls: list[datetime], zone: str) -> Named:
    """A time of the series, or one an offset from UTC away, which is none of it."""
    wall = chance.choice(walls) if walls else datetime(2026, 3, 29, 2)  # noqa: DTZ001
    if chance.random() < 0.3:
        wall += chance.choice((-1, 1)) * (in_utc(wall, zone).replace(tzinfo=None) - wall)
    return Named(wall, chance.choice((*_ways(zone), "day")))


def _elsewhere(chance: random.Random, start: datetime, zone: str) -> Named:
    return Named(start + chance.randrange(9_000) * MINUTE, chance.choice(_ways(zone)))


def expected(case: Case) -> set[tuple[datetime, datetime]]:
    """The times of a case from its first day up to its last, as instants."""
    first, last = (in_utc(datetime.combine(day, time()), "UTC") for day in case.days)
    excepted = {in_utc(one.wall, case.zone) for one in case.excepted if one.how != "day"}
    days = {one.wall.date() for one in case.excepted if one.how == "day"}
    tz = ZoneInfo(case.zone)

    def is_excepted(at: datetime) -> bool:
        return at in excepted or at.astimezone(tz).date() in days

    found = {in_utc(wall, case.zone): wall for wall in case.walls}
    for one in case.added:
        at = in_utc(one.wall, case.zone)
        found.setdefault(at, at.astimezone(tz).replace(tzinfo=None))
    changed = {in_utc(was.wall, case.zone): now for was, now in case.changed}
    times = {
        _from_to(wall, case)
        for at, wall in found.items()
        if not is_excepted(at) and wall.date() not in days and at not in changed
    }
    times |= {_of_change(now, case) for at, now in changed.items() if not is_excepted(at)}
    # Without length is what a DTEND in the hour that a clock leaves out makes of some.
    return {(start, end) for start, end in times if start < min(end, last) and first < end}


def _from_to(wall: datetime, case: Case) -> tuple[datetime, datetime]:
    """An occurrence's start and end: a DTEND stands for exact time (3.8.5.3)."""
    start = in_utc(wall, case.zone)
    if case.by == "DTEND":
        return start, start + _exact(case.start, case)
    days, rest = timedelta(days=case.length.days), timedelta(seconds=case.length.seconds)
    return start, (in_utc(wall + days, case.zone) if days else start) + rest


def _of_change(now: datetime, case: Case) -> tuple[datetime, datetime]:
    start = in_utc(now, case.zone)
    return (start, start + _exact(now, case)) if case.by == "DTEND" else _from_to(now, case)


def _exact(start: datetime, case: Case) -> timedelta:
    return in_utc(start + case.length, case.zone) - in_utc(start, case.zone)


@lru_cache(2)
def _by_minute_once(line: str, zone: str, start: datetime, last: date) -> tuple[datetime, ...]:
    rule = dict(part.split("=") for part in line.split(";"))
    return tuple(by_minute(rule, zone, start, last))


def by_minute(rule: dict[str, str], zone: str, start: datetime, last: date) -> Iterator[datetime]:
    """Each time of a rule on its own wall: whatever minute it holds at (3.3.10)."""
    count, until = int(rule.get("COUNT", 1_000_000)), None
    if "UNTIL" in rule:
        until = datetime.strptime(rule["UNTIL"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    found = 0
    for wall in _with_places(rule, start, last + 2 * DAY):
        if wall < start or (found and wall == start):
            continue
        if not found and wall > start:  # the first occurrence, whatever the rule says
            found += 1
            if not until or in_utc(start, zone) <= until:
                yield start
        found += 1
        if found > count or (until and in_utc(wall, zone) > until):
            return
        yield wall
    if not found and (not until or in_utc(start, zone) <= until):
        yield start


def _with_places(rule: dict[str, str], start: datetime, last: date) -> Iterator[datetime]:
    """The minutes at which a rule holds, or those of each period at the places it names."""
    holds = _holds(rule, start)
    if "BYSETPOS" not in rule:
        yield from holds(start.date(), last)
        return
    periods: dict[int, list[datetime]] = {}
    for wall in holds(_a_period_before(rule, start), last + 370 * DAY):
        periods.setdefault(_period(rule, wall), []).append(wall)
    place = int(rule["BYSETPOS"])
    for walls in periods.values():
        if 0 <= (at := place - 1 if place > 0 else len(walls) + place) < len(walls):
            yield walls[at]


def _a_period_before(rule: dict[str, str], start: datetime) -> date:
    back = {"YEARLY": 380, "MONTHLY": 32, "WEEKLY": 8}.get(rule["FREQ"], 1)
    return start.date() - back * DAY


def _holds(rule: dict[str, str], start: datetime) -> Callable[[date, date], Iterator[datetime]]:
    """A walk through the minutes of some days that stops where a rule holds."""
    interval = int(rule.get("INTERVAL", 1))
    parts = _said(rule, start)
    first = _period(rule, start)

    def walk(day: date, last: date) -> Iterator[datetime]:
        while day <= last:
            midnight = datetime.combine(day, time())
            if _day_fits(day, parts, rule):
                for minute in range(1_440):
                    if minute // 60 not in parts["BYHOUR"]:
                        continue
                    wall = midnight + minute * MINUTE
                    fits = wall.minute in parts["BYMINUTE"]
                    if fits and (_period(rule, wall) - first) % interval == 0:
                        yield wall.replace(second=start.second)
            day += DAY

    return walk


def _said(rule: dict[str, str], start: datetime) -> dict[str, set]:
    """The parts of a rule, and what it leaves to its start."""
    every = rule["FREQ"]
    parts: dict[str, set] = {
        name: {int(n) for n in rule[name].split(",")} if name in rule else set()
        for name in ("BYMONTH", "BYWEEKNO", "BYYEARDAY", "BYMONTHDAY", "BYHOUR", "BYMINUTE")
    }
    parts["BYDAY"] = set(rule["BYDAY"].split(",")) if "BYDAY" in rule else set()
    if not parts["BYHOUR"]:
        parts["BYHOUR"] = set(range(24)) if every in ("HOURLY", "MINUTELY") else {start.hour}
    if not parts["BYMINUTE"]:
        parts["BYMINUTE"] = set(range(60)) if every == "MINUTELY" else {start.minute}
    names_days = parts["BYYEARDAY"] or parts["BYMONTHDAY"] or parts["BYDAY"]
    if not names_days and (every == "WEEKLY" or parts["BYWEEKNO"]):
        parts["BYDAY"] = {DAYS[start.weekday()]}
    elif not names_days and every in ("MONTHLY", "YEARLY"):
        parts["BYMONTHDAY"] = {start.day}
        if every == "YEARLY" and not parts["BYMONTH"]:
            parts["BYMONTH"] = {start.month}
    return parts


def _day_fits(day: date, parts: dict[str, set], rule: dict[str, str]) -> bool:
    in_month = calendar.monthrange(day.year, day.month)[1]
    in_year = 366 if calendar.isleap(day.year) else 365
    of_year = day.timetuple().tm_yday
    return all(
        not parts[name] or parts[name] & values
        for name, values in (
            ("BYMONTH", {day.month}),
            ("BYMONTHDAY", {day.day, day.day - in_month - 1}),
            ("BYYEARDAY", {of_year, of_year - in_year - 1}),
            ("BYWEEKNO", _weeks(day, rule) if parts["BYWEEKNO"] else set()),
            ("BYDAY", _weekdays(day, rule)),
        )
    )


def _weekdays(day: date, rule: dict[str, str]) -> set[str]:
    name = DAYS[day.weekday()]
    before, after = (day.day - 1) // 7 + 1, 0
    after = (calendar.monthrange(day.year, day.month)[1] - day.day) // 7 + 1
    if rule["FREQ"] == "YEARLY" and "BYMONTH" not in rule:
        before = (day.timetuple().tm_yday - 1) // 7 + 1
        after = (date(day.year, 12, 31) - day).days // 7 + 1
    return {name, f"{before}{name}", f"-{after}{name}"}


def _weeks(day: date, rule: dict[str, str]) -> set[int]:
    """The number of a day's week, from either end of the year in which the week has four days."""
    begins = DAYS.index(rule.get("WKST", "MO"))
    fourth = day - (day.weekday() - begins) % 7 * DAY + 3 * DAY
    number = (fourth.timetuple().tm_yday - 1) // 7 + 1
    rest = (date(fourth.year, 12, 31) - fourth).days // 7 + 1
    return {number, -rest}


def _period(rule: dict[str, str], wall: datetime) -> int:
    """The number of the period that a time lies in."""
    begins = DAYS.index(rule.get("WKST", "MO"))
    ordinal = wall.toordinal()
    match rule["FREQ"]:
        case "YEARLY" if "BYWEEKNO" in rule:
            return (wall.date() - (wall.weekday() - begins) % 7 * DAY + 3 * DAY).year
        case "YEARLY":
            return wall.year
        case "MONTHLY":
            return wall.year * 12 + wall.month
        case "WEEKLY":
            return (ordinal - 1 - begins) // 7
        case "DAILY":
            return ordinal
        case "HOURLY":
            return ordinal * 24 + wall.hour
        case _:
            return ordinal * 1_440 + wall.hour * 60 + wall.minute


def seen(case: Case) -> set[tuple[datetime, datetime]] | str:
    """The reader's spans of a case, or the reason why it was left out."""
    reading = read(case.text.encode(), a_household("UTC"), *case.days)
    if reading.skipped:
        return " ".join(reading.skipped)
    return {(busy.span.start, busy.span.end) for busy in reading.busy}


def by_libical(cases: list[Case]) -> list[list[datetime] | str]:
    """The times of each rule alone by libical, on the wall and without its end, or why none."""
    asked = ((ENDS.sub("", c.rule_line), c.start, c.days[1]) for c in cases)
    told = "\n".join(json.dumps([r, f"{s:%Y%m%dT%H%M%S}", f"{d:%Y%m%d}"]) for r, s, d in asked)
    done = subprocess.run(
        [SYSTEM_PYTHON, "-E", str(HERE / "rules_of_libical.py")],
        input=told, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [_walls(json.loads(line)) for line in done.stdout.splitlines()]


def _walls(told: list[str] | str | None) -> list[datetime] | str:
    if told is None or isinstance(told, str):
        return told or "refuses it"
    return [datetime.strptime(wall, "%Y%m%dT%H%M%S") for wall in told]  # noqa: DTZ007


WRONG_OF_LIBICAL = {  # 3.0; all by RFC 5545, 3.3.10
    r"BYSETPOS=": "BYSETPOS holds in each rule that has another BY part",
    r"BYWEEKNO=|BYYEARDAY=": "weeks and days of a year are limited by the other parts",
    r"FREQ=(DAILY|HOURLY|MINUTELY).*BYMONTHDAY=": "BYMONTHDAY limits, also counted from the end",
    r"FREQ=YEARLY(?!.*BYMONTH=).*BYMONTHDAY=": "BYMONTHDAY expands a year, in each of its months",
    r"FREQ=(HOURLY|MINUTELY).*BY(DAY|HOUR|MINUTE|MONTH)=": "these parts limit, and steps stay",
    r"FREQ=WEEKLY.*WKST=(?!MO)": "weeks are counted from WKST, whatever day DTSTART is",
    r"FREQ=WEEKLY;INTERVAL=.*BYDAY=.*SU": "weeks begin on Monday where no WKST says otherwise",
}


def why_libical_differs(case: Case) -> str:
    """The fault that libical is known to have in such a rule, or "" for none."""
    line = case.rule_line
    return next((why for part, why in WRONG_OF_LIBICAL.items() if re.search(part, line)), "")


def beside_libical(cases: list[Case]) -> int:
    """The number of rules that libical has otherwise for no known reason; prints the reasons."""
    found: Counter[str] = Counter()
    unexplained = 0
    for case, walls in zip(cases, by_libical(cases), strict=True):
        if isinstance(walls, str):
            found[f"libical {walls}"] += 1
            continue
        mine = [wall for wall in case.walls if wall.date() < case.days[1]]
        last = mine[-1] if "UNTIL" in case.rule and mine else None
        theirs = sorted({case.start, *(w for w in walls if not last or w <= last)})
        theirs = theirs[: int(case.rule.get("COUNT", len(theirs)))]
        if mine == theirs or ("UNTIL" in case.rule and not mine):
            found["as libical has it"] += 1
        elif why := why_libical_differs(case):
            found[why] += 1
        else:
            unexplained += 1
            print(case.rule_line, case.start, sorted(set(mine) ^ set(theirs))[:3])
    for what, times in sorted(found.items()):
        print(f"{times:6}  {what}")
    print(f"{unexplained:6}  otherwise than libical, unexplained")
    return unexplained


def main() -> int:
    """Compares so many series; 1 where they differ and nothing explains it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rules", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--libical", action="store_true", help="compare with libical alone")
    asked = parser.parse_args()
    chance = random.Random(asked.seed)  # noqa: S311 - nothing secret
    cases = [a_case(chance) for _ in range(asked.rules)]
    wrong = 0
    for case in [] if asked.libical else cases:
        wanted, got = expected(case), seen(case)
        if wanted != got:
            wrong += 1
            print(f"{case.zone}\n{case.text}", got if isinstance(got, str) else "", end="")
            if not isinstance(got, str):
                print(f"lost {sorted(wanted - got)[:2]} more {sorted(got - wanted)[:2]}")
    if not asked.libical:
        print(f"{len(cases):,} series, {wrong} read otherwise than minute by minute.")
    return 1 if wrong + beside_libical(cases) else 0


if __name__ == "__main__":
    sys.exit(main())
