"""What nobody means well: calendar files, catalogues, command lines, a server's answers."""

import re
from collections.abc import Sequence
from functools import cache

from hypothesis import strategies as st

from rituals.planning import catalogue
from tests.support.corpora import CORPORA, NAMES
from tests.support.paths import ROOT

LARGEST = 30_000  # bytes of another project's file; the large ones are for tests/corpora.py

SPOTS = st.floats(0, 1)
LENGTHS = st.one_of(st.integers(0, 12), st.integers(0, 400))
HUGE = ["9" * 12, "9" * 400, "9" * 5000, "-1", "0", "1e400", "0x" + "f" * 5000, "\uff12", "\u0663"]
ODD = [
    b"\0", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\x1b[2J", b"\r", b"\n", b"\r\n ", b"\t", b'"',
    b"'", b":", b";", b",", b"=", b"\\", b"%", b"{", b"[", b"]]", b"<", b"&", "\u202e".encode(),
    "\u2066".encode(), "\u200b".encode(), "\u2028".encode(), "👩‍👧".encode(), b"x" * 10_000,
    b"\xed\xa0\x80", b"(" * 500, b"-P", b"T", b"../../../etc/passwd", b"=1+1", b"@x", b"+1",
]  # fmt: skip
OF_CALENDARS = [
    b"BEGIN:VEVENT\r\n", b"END:VEVENT\r\n", b"BEGIN:VALARM\r\n", b"END:VCALENDAR\r\n",
    b"BEGIN:VCALENDAR\r\n", b"BEGIN:VTIMEZONE\r\nTZID:Home\r\n", b"END:VTIMEZONE\r\n",
    b"BEGIN:DAYLIGHT\r\n", b"TZOFFSETFROM:+9959\r\n", b"TZOFFSETTO:-239999\r\n",
    b"BEGIN:VEVENT\r\n" * 600, b"BEGIN:X\r\n" * 3000, b"\r\nDTSTART", b"\r\nDTEND", b"\r\nDURATION",
    b"\r\nRRULE:", b"\r\nRDATE:", b"\r\nEXDATE:", b"\r\nRECURRENCE-ID", b";RANGE=THISANDFUTURE",
    b"TZID=", b";VALUE=DATE", b";VALUE=PERIOD", b"/P9999999D", b"20261122", b"T250000", b"99991231",
    b"00010101T000000", b"X-WR-TIMEZONE:", b"COUNT=999999999", b"INTERVAL=0", b"FREQ=SECONDLY",
]  # fmt: skip
OF_TOML = [
    b"[[ritual]]\n", b"[" * 3000, b"{" * 3000, b"a." * 3000, b'"""', b"'''", b"\\u202e", b"\\ud800",
    b"nan", b"inf", b"true", b"9999-99-99", b"1979-05-27T07:32:00Z", b"key = 1\n", b"title",
    b"kind", b"[1, 2]", b"[0, 0]", b"[[1]]", b"{a = 1}", b'["daily 00:00-24:00"]', b"\n#",
    b"ways = []\n",
    b"minutes = [5, 1440]\n", b"rhythm = [1440, 1440]\n",
    b'rhythm = "every 4 weeks"\n', b"Mon-", b"wake-", b"25:61", b'""',
]  # fmt: skip
OF_XML = [
    b"<!DOCTYPE a [<!ENTITY b 'b'>]>", b"&b;", b"&lt;", b"<![CDATA[", b"<!--", b"]]>", b"<href>",
    b"</href>", b"<a xmlns='DAV:'>", b"xmlns='urn:x'", b"HTTP/1.1 200 OK", b"HTTP/1.1 999999 X",
    b"http://192.0.2.1/", b"<multistatus/>", b"<d>" * 3000, b"<?xml version='9'?>", b"<status/>",
]  # fmt: skip


@st.composite
def mangled(draw: st.DrawFn, whole: st.SearchStrategy[bytes], noise: list[bytes]) -> bytes:
    """A file with up to eight accidents."""
    data = draw(whole)
    for _ in range(draw(st.integers(0, 8))):
        data = draw(st.sampled_from(ACCIDENTS))(draw, data, noise)[:200_000]
    return data


def _put(draw: st.DrawFn, data: bytes, noise: list[bytes]) -> bytes:
    at = int(draw(SPOTS) * len(data))
    return data[:at] + draw(st.sampled_from(noise + ODD)) + data[at + draw(LENGTHS) :]


def _flip(draw: st.DrawFn, data: bytes, _: list[bytes]) -> bytes:
    at = int(draw(SPOTS) * len(data))
    return data[:at] + bytes([draw(st.integers(0, 255))]) + data[at + 1 :]


def _cut(draw: st.DrawFn, data: bytes, _: list[bytes]) -> bytes:
    at = int(draw(SPOTS) * len(data))
    return data[:at] + data[at + draw(LENGTHS) :]


def _repeat(draw: st.DrawFn, data: bytes, _: list[bytes]) -> bytes:
    at = int(draw(SPOTS) * len(data))
    part = data[at : at + draw(LENGTHS)]
    return data[:at] + part * draw(st.integers(2, 60)) + data[at:]


def _swap(draw: st.DrawFn, data: bytes, _: list[bytes]) -> bytes:
    lines = data.splitlines(keepends=True)
    if len(lines) < 2:
        return data
    one, two = (int(draw(SPOTS) * (len(lines) - 1)) for _ in range(2))
    lines[one], lines[two] = lines[two], lines[one]
    return b"".join(lines)


def _number(draw: st.DrawFn, data: bytes, _: list[bytes]) -> bytes:
    at = int(draw(SPOTS) * len(data))
    huge = draw(st.sampled_from(HUGE)).encode()
    return data[:at] + re.sub(rb"\d+", huge, data[at:], count=1)


ACCIDENTS = (_put, _flip, _cut, _repeat, _swap, _number)


@cache
def corpus() -> tuple[bytes, ...]:
    """The calendar files of the tests, and of other projects where they are at hand."""
    ours = sorted((ROOT / "tests").rglob("*.ics"))
    theirs = sorted(file for file in CORPORA.rglob("*") if file.suffix in NAMES)
    files = [file.read_bytes() for file in (*ours, *theirs)]
    return tuple(data for data in files if 0 < len(data) <= LARGEST)


PARTS = """FREQ INTERVAL COUNT UNTIL BYDAY BYMONTH BYMONTHDAY BYYEARDAY BYWEEKNO BYSETPOS BYHOUR
BYMINUTE BYSECOND WKST X"""
SETTINGS = """YEARLY MONTHLY WEEKLY DAILY HOURLY MINUTELY SECONDLY 0 1 2 7 -1 30 31 53 366 9999 -366
999999999 MO -5SU 5FR MO,TU,WE,TH,FR,SA,SU 99991231 20270101T000000Z 1,2,3,4,5,6 0,10,20,30,40,50"""
RULES = st.lists(
    st.tuples(st.sampled_from(PARTS.split()), st.sampled_from(SETTINGS.split())), max_size=7
).map(lambda parts: ";".join(f"{name}={value}" for name, value in parts))
ZONES = st.sampled_from(
    ["", ";TZID=Europe/Berlin", ";TZID=Nowhere", ";TZID=../../etc/passwd", ";TZID=Europe",
     ';TZID="W. Europe Standard Time"', ";TZID=Home", f";TZID={'x' * 3000}", ";VALUE=DATE",
     ";TZID=Europe/Berlin;VALUE=PERIOD", ";TZID=\u202e", ";TZID="]
)  # fmt: skip
WHEN = """20261122T200000 20261122 19700101T000000Z 00010101 99991231T235959 20270329T023000
20261025T023000 20261301 20261122T200000/P1D 19001231 10000101 20261122T246000"""
MOMENTS = st.sampled_from(WHEN.split())
TITLES = st.sampled_from(["Choir", "x" * 10_000, "![](http://192.0.2.1/x)", "\u202eA", "=1+1", ""])


@st.composite
def written_events(draw: st.DrawFn) -> bytes:
    """A calendar of events as no program writes them."""
    lines = ["BEGIN:VCALENDAR", f"X-WR-TIMEZONE:{draw(st.sampled_from(['', 'Asia/Tokyo', '/']))}"]
    if draw(st.booleans()):
        lines += ["BEGIN:VTIMEZONE", "TZID:Home", "BEGIN:STANDARD", "DTSTART:19700101T000000"]
        lines += [f"RRULE:{draw(RULES)}", "TZOFFSETFROM:+0100", "TZOFFSETTO:+9900"]
        lines += ["END:STANDARD", "END:VTIMEZONE"]
    for _ in range(draw(st.integers(1, 4))):
        lines += ["BEGIN:VEVENT", f"UID:{draw(st.integers(1, 3))}", f"SUMMARY:{draw(TITLES)}"]
        lines += [f"DTSTART{draw(ZONES)}:{draw(MOMENTS)}"]
        for name in draw(st.lists(st.sampled_from(["DTEND", "RDATE", "EXDATE", "RECURRENCE-ID"]))):
            lines.append(f"{name}{draw(ZONES)}:{draw(MOMENTS)}")
        lines += [f"RRULE:{draw(RULES)}" for _ in range(draw(st.integers(0, 2)))]
        if draw(st.booleans()):
            lines.append(
                f"DURATION:{draw(st.sampled_from(['PT1H', '-P1D', 'P9999999D', 'P', '']))}"
            )
        lines.append("END:VEVENT")
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode("utf-8", "surrogatepass")


def calendars() -> st.SearchStrategy[bytes]:
    """Calendar files, most of them broken."""
    whole = st.one_of(st.sampled_from(corpus()), written_events())
    return mangled(whole, OF_CALENDARS)


@cache
def _catalogues() -> tuple[bytes, ...]:
    text = catalogue.SUGGESTED.read_bytes()
    entries = text.split(b"[[ritual]]\n")[1:]
    return tuple(b"[[ritual]]\n" + entry for entry in entries)


VALUES = st.sampled_from(
    [
        *(f'"{text}"' for text in ("together", "both", "usual", "daily wake-sleep", "lake", "",
        " ")),
        *HUGE, "nan", "true", "9999-12-31", "[]", "{}", "[1, 2]", "[1440, 1440]", "[1, 2, 3]",
        "[[1]]",
        '["Mon-Fri 18:00-20:00"]', '["x"]', '["Mon 25:00-26:00"]', f'"{"x" * 10_000}"',
        f'["{"x" * 10_000}"]', f'["{"Mon," * 3000}Mon 18:00-20:00"]', "[" * 3000,
        "[" * 200 + "]" * 200,
        '"""\na\nb"""', '["""a\nb"""]', '"\\u202e"', '"\\ud800"', '"\\u0000"', '["\\u001b[31m"]',
        f"[{'1, ' * 5000}]", "{a = {a = {a = 1}}}", "07:32:00", "-1", "1_0", "0o7",
    ]
)  # fmt: skip
GOOD = {
    "key": '"lake"', "title": '"Lake"', "kind": '"together"', "takes_part": '"both"',
    "minutes": "[30, 60]", "windows": '["daily 18:00-20:00"]', "rhythm": "[1, 2]", "ways": '["A"]',
    "needs": '""', "size": '"usual"', "note": '"n"', "source": '"s"',
}  # fmt: skip


@st.composite
def written_rituals(draw: st.DrawFn) -> bytes:
    """A catalogue whose fields hold what no field holds."""
    entry = GOOD | draw(st.dictionaries(st.sampled_from(tuple(GOOD)), VALUES, max_size=4))
    lines = [f"{name} = {value}" for name, value in entry.items() if draw(st.integers(0, 30))]
    return "\n".join(["[[ritual]]", *lines, ""]).encode("utf-8", "surrogatepass")


def catalogues() -> st.SearchStrategy[bytes]:
    """Catalogue files, most of them broken."""
    few = st.lists(st.sampled_from(_catalogues()), min_size=1, max_size=3).map(b"".join)
    return st.one_of(written_rituals(), mangled(st.one_of(few, written_rituals()), OF_TOML))


CELLS = st.text(
    st.one_of(
        st.sampled_from("=+-@\t\r\n;,|\"'\uff1d\uff0b\uff0d\uff20 \u202e\u200b\x1b"),
        st.characters(exclude_categories=("Cs",)),
    ),
    max_size=12,
)


# ---- command lines

PLANTED = {
    "ours.ics": b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20261124T100000Z\r\n"
    b"DTEND:20261124T110000Z\r\nSUMMARY:=1+1\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    "empty.ics": b"",
    "picture.ics": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "utf-16.ics": "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n".encode("utf-16"),
    "zip.ics": b"PK\x03\x04" + bytes(40),
    "zeros.ics": bytes(16 * 1024 * 1024),
    "packed.ics": b"\x1f\x8b\x08\0broken",
    "\u202esci.exe": b"BEGIN:VCALENDAR\nEND:VCALENDAR\n",
    "\udcff\udcfe.ics": b"BEGIN:VCALENDAR\nEND:VCALENDAR\n",
    "\x1b[2J.ics": b"BEGIN:VCALENDAR\nEND:VCALENDAR\n",
}
LONG = "x" * 10_000
WORDS = st.one_of(
    st.sampled_from([
        *PLANTED, "", "-", "--", "-1", "folder", "nobody/there", LONG, "Maya", "Jonas", "one",
        "two",
        "shared", "2026-W48", "2026-W54", "0001-W01", "9999-W53", "\uff12\uff10-W48",
        "2026-W48\n", "26",
        "0", "4", "5", "521", "99999999999999999999", "9" * 5000, "1e3", "=1+1", "\u202e",
        "\x1b[31m",
        "%s%n", "{}", "{0.__class__}", "![](http://192.0.2.1)", "'; DROP TABLE weeks; --", "\udcff",
        "Europe/Berlin", "~nobody/x", "a\nb", "letter", "A4", "out.ics", "out.pdf",
    ]),
    st.text(st.characters(exclude_characters="/\0", exclude_categories=("Cs",)), max_size=8),
)  # fmt: skip
ADDRESSES = st.sampled_from([
    "sqlite:///moved.db", "sqlite:///folder", "sqlite://", "sqlite:///:memory:",
    "sqlite:///ours.ics",
    "sqlite:////proc/nothing/x.db", "", "x", "http://x", "mysql://x", "postgresql://", LONG,
    "postgresql+psycopg://127.0.0.1:1/x", "postgresql://127.0.0.1:99999999/x",
    "sqlite:///\udcff.db",
    "postgresql://[::1/x", "sqlite:///a?b=c", "postgresql://127.0.0.1:1/x?sslmode=odd", "://",
    "\u202e",
    "sqlite+pysqlcipher:///x", "sqlite:///" + LONG,
])  # fmt: skip
COMMANDS = {
    "plan": ("--week", "--json"),
    "balance": ("--weeks", "--csv"),
    "weeks": ("--weeks", "--csv"),
    "happened": ("--week", "--as-planned"),
    "export": ("--week", "--weeks", "--for", "--changes", "-o"),
    "busy add": ("--partner", "--titles", "--whole-days"),
    "busy list": (),
    "busy remove": (),
    "feed": ("--for",),
    "yes": ("--week",),
    "sample": ("--weeks",),
    "publish": ("--for", "--week", "--weeks", "--dry-run"),
    "pull": ("--for", "--theirs", "--ours"),
    "print": ("--week", "-o", "--season", "--paper"),
    "place": ("--week", "--json"),
    "move": ("--to",),
    "different add": ("--nights", "--at"),
    "different list": ("--all", "--json"),
    "different remove": (),
    "usual show": ("--json",),
    "usual set work": ("--weeks", "--from", "--none"),
    "usual set sitter": ("--weeks", "--from", "--none"),
    "usual set elsewhere": ("--weeks", "--at", "--also", "--none"),
    "usual set hours": ("--who", "--none"),
    "usual set bedtime": ("--none",),
    "usual set children": ("--none",),
    "usual set holidays": ("--off", "--school", "--none"),
}
WEEKS = ("2026-W48", "2026-W47", "2026-W52", "2999-W01", "1970-W01")
WHOSE = ("Maya", "jonas", "one", "two", "shared")
LIKELY = {
    "--week": WEEKS,
    "--weeks": ("0", "1", "2", "4", "26"),
    "--for": WHOSE,
    "--partner": WHOSE,
    "-o": ("out.ics", "-", "ours.ics", "folder", "folder/x.pdf", "nobody/x"),
    "--paper": ("A4", "Letter", "a4"),
    "--to": ("sqlite:///moved.db",),
    "--from": ("2026-11-30", "1970-01-01", "2999-12-31", "2026-02-30"),
    "--at": ("Oma’s", LONG),
    "--who": WHOSE,
    "--off": WHOSE,
}
AFTER: dict[str, tuple[str | tuple[str, ...], ...]] = {
    "busy add": tuple(PLANTED),
    "busy remove": ("ours.ics", "Choir"),
    "feed": ("folder", "ours.ics"),
    "yes": WHOSE,
    "different add": (
        ("away", "Jonas", "2026-12-01", "2026-12-03"),
        ("off", "Maya", "2026-12-04"),
        ("work", "two", "2026-12-01T22:00", "2026-12-02T06:00"),
        ("sitter", "2026-12-04T19:00", "2026-12-04T18:00"),
        ("bedtime", "2026-12-04T21:00"),
        ("no-school", "2999-12-31"),
        ("children-away", "0001-01-01", "9999-12-31"),
    ),
    "different remove": ("3f2a",),
    "usual set work": (
        ("Maya", "Mon-Fri 09:00-17:00"),
        ("Jonas", "B: Mon-Wed 22:00-06:00"),
        ("one", "2026-11-30T08:30/2026-11-30T15:00 FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
    ),
    "usual set sitter": ("Fri 19:00-23:00", "A: daily wake-sleep", "Z: Fri 19:00-23:00"),
    "usual set elsewhere": (
        "2026-12-12T10:00/2026-12-13T18:00",
        "1969-12-12T10:00/2026-12-13T18:00",
        "2026-12-12T10:00/2026-12-13T18:00 FREQ=WEEKLY;INTERVAL=0",
    ),
    "usual set hours": ("Fri,Sat bedtime 20:30 sleep 00:30", "daily wake 22:00"),
    "usual set bedtime": ("none", "19:30", "03:00"),
    "usual set children": (("Mia 2019", "Ben"), "9999"),
    "usual set holidays": ("DE-BY", "de-by", "utils", "DE-", "-"),
}
ALWAYS = {"-o", "--csv", "--partner", "--to"}
FLAGS = {"--json", "--csv", "--as-planned", "--changes", "--titles", "--whole-days", "--dry-run",
         "--theirs", "--ours", "--season", "--nights", "--all", "--none", "--also",
         "--school"}  # fmt: skip


@st.composite
def typed(draw: st.DrawFn) -> tuple[str, ...]:
    """A command with what somebody might type after it."""
    command = draw(st.sampled_from(tuple(COMMANDS)))
    line = command.split()
    for option in COMMANDS[command]:
        if option in ALWAYS or draw(st.booleans()):
            line.append(option)
            if option not in FLAGS:
                odd = ADDRESSES if option == "--to" else WORDS
                line.append(str(_word(draw, LIKELY[option], odd)))
    if command in AFTER:
        after = _word(draw, AFTER[command], WORDS)
        line += [after] if isinstance(after, str) else after
    if command != "move" and not draw(st.integers(0, 9)):  # it goes where the list says, no further
        line += draw(st.lists(WORDS, max_size=2))
    return tuple(line)


def _word(
    draw: st.DrawFn, likely: Sequence[str | tuple[str, ...]], odd: st.SearchStrategy[str]
) -> str | tuple[str, ...]:
    return draw(odd if not draw(st.integers(0, 3)) else st.sampled_from(likely))


# ---- what a calendar server says

MULTISTATUS = b"""<?xml version="1.0"?>
<multistatus xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><response>
<href>/ours/</href><propstat><prop><resourcetype><collection/><C:calendar/></resourcetype>
<displayname>Ours</displayname><current-user-principal><href>/ours/</href></current-user-principal>
<C:calendar-home-set><href>/ours/</href></C:calendar-home-set>
<current-user-privilege-set><privilege><write/></privilege></current-user-privilege-set>
<getetag>"1"</getetag></prop><status>HTTP/1.1 200 OK</status></propstat></response><response>
<href>/ours/1.ics</href><propstat><prop><getetag>"2"</getetag><C:calendar-data>BEGIN:VCALENDAR
BEGIN:VEVENT
UID:1
DTSTART:20261124T100000Z
DTEND:20261124T110000Z
SUMMARY:Choir
SEQUENCE:1
END:VEVENT
END:VCALENDAR
</C:calendar-data></prop><status>HTTP/1.1 200 OK</status></propstat></response></multistatus>"""
BOMB = (
    b"<!DOCTYPE m [<!ENTITY a '"
    + b"x" * 1000
    + b"'>"
    + b"".join(
        b"<!ENTITY %c '%s'>" % (letter, b"&%c;" % (letter - 1) * 20) for letter in b"bcdefgh"
    )
    + b"]><multistatus xmlns='DAV:'><response><href>&h;</href></response></multistatus>"
)
OUTSIDE = (
    b"<!DOCTYPE m [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><multistatus xmlns='DAV:'><response>"
    b"<href>/ours/&a;</href></response></multistatus>"
)


def server_answers() -> st.SearchStrategy[bytes]:
    """What a calendar server might say."""
    whole = st.sampled_from(
        [MULTISTATUS, MULTISTATUS.replace(b"DAV:", b"urn:other"), BOMB, OUTSIDE, b"", b"<a/>"]
    )
    return mangled(whole, OF_XML + OF_CALENDARS)


def challenges() -> st.SearchStrategy[bytes]:
    """How a server might ask who one is, as one line."""
    parts = [b"Digest ", b'realm="x"', b'nonce="y"', b"qop=auth-int", b"algorithm=SHA", b",", b'"']
    whole = st.sampled_from([b'Digest realm="a", qop="auth", nonce="b", opaque="c", algorithm=MD5'])
    return mangled(whole, parts).map(lambda line: line.translate(None, b"\r\n\0"))
