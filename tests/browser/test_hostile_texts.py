"""Whatever stands in a name or a title is shown as text: no page draws, asks or turns around."""

import re
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from playwright.sync_api import expect

from rituals.model import local_time
from rituals.model.calendar import Audience, Busy, Calendar, Feed, Origin, Server
from rituals.model.context import Cover
from rituals.model.household import ONE, TWO, Kind
from rituals.model.note import Note
from rituals.model.plan import Choice, Said
from rituals.model.ritual import TakesPart
from rituals.model.time.recurrence import Recurrence
from rituals.model.time.span import Span
from rituals.model.usual import Child, Elsewhere, Usual
from rituals.planning import changes
from rituals.planning.review import rest
from rituals.store import covers
from tests.browser.conftest import PLACES, STEPS, choose, settle, week_ahead
from tests.browser.test_every_screen import fits
from tests.support.notation import a_household, a_plan, a_ritual, an_occurrence

PHONE = 390
BAD = (
    '<img src="http://192.0.2.1/i.png"><script>x()</script> ![](http://192.0.2.1/p.png) '
    "[t](http://192.0.2.1/) :red[r] $\\frac{1}{2}$ :material/home: `c` **b** www.b.ex 🎉 \u202eabc"
)
NAMES = ("<b>Ma</b> :red[y] ![](//192.0.2.1) ", "$J$ [o](//b.ex) שרה \u202eabc")
LONG = "W" * 10_000
OF_OURS = ":is(main, [data-testid=stHeader], [role=dialog])"
DRAWN = """() => {
  const roots = [document], found = [];
  for (const root of roots)
    for (const one of root.querySelectorAll("*")) {
      if (one.shadowRoot) roots.push(one.shadowRoot);
      const led = one.getAttribute("href") || one.getAttribute("src") || "";
      if (/192\\.0\\.2\\.1|b\\.ex/.test(led) || one.matches(".katex, main img, main script"))
        found.push(one.outerHTML.slice(0, 200));
    }
  return found;
}"""
TURNED = """() => {
  const roots = [document], found = new Set();
  const odd = /[\\u202a-\\u202e\\u2066\\u2067]/;  // a time field has one alone
  const look = (text) => odd.test(text) && text.length > 1 && found.add(text.slice(0, 120));
  for (const root of roots)
    for (const one of root.querySelectorAll("*")) {
      if (one.shadowRoot) roots.push(one.shadowRoot);
      for (const { name, value } of one.attributes) if (name !== "value") look(value);
      for (const inner of one.childNodes) if (inner.nodeType === 3) look(inner.data);
    }
  return [...found];
}"""


def marked(mark, more=BAD):
    return f"{mark} {more}"


def occurrences(week):
    kinds = {"partner": ONE, "kind": Kind.ALONE}
    yield an_occurrence("Mon 20:00-21:00", week=week, ritual="own", title=marked("Title"), way=BAD)
    yield an_occurrence("Tue 18:00-19:00", week=week, ritual="own", number=2, title=BAD, **kinds)
    yield an_occurrence("Wed 20:00-21:00", week=week, ritual="long", title=LONG, way=LONG)
    yield an_occurrence(
        "Thu 20:00-21:00", week=week, ritual=None, id=f"{week}/happened", title=marked("Happened"),
        spontaneous=True, said=Said.AS_PLANNED,
    )  # fmt: skip


def written(store):
    """A couple all of whose words are made to be something else."""
    weekend = Recurrence.read("2026-11-28T10:00/2026-11-29T18:00 FREQ=WEEKLY;INTERVAL=1")
    usual = Usual(
        elsewhere=(Elsewhere(weekend, marked("Place")),), children=(Child(marked("Child")),)
    )
    partners = a_household(names=NAMES).partners
    household = replace(a_household(), partners=partners, usual=usual)
    own = a_ritual("own", title=marked("Ritual"), ways=(marked("Way"), LONG), note=BAD, source=BAD,
                   takes_part=TakesPart.BOTH)  # fmt: skip
    ritual = replace(own, id="long", title=LONG)
    hopes = changes.first_plan(week_ahead(), household).hopes
    choices = (Choice("own", None, 2), Choice("long", None, 1))
    of_weeks = [
        a_plan(*occurrences(week), week=week, hopes=hopes, choices=choices)
        for week in (week_ahead(-3), week_ahead(-1), week_ahead())
    ]
    rests = rest(a_plan(week=week_ahead(-2), hopes=hopes), marked("Rest"))
    store.fill(household, (own, ritual), (*of_weeks, replace(rests, grace=marked("Rest"))))
    calendars(store)
    now = datetime.now(UTC)
    for writer in (ONE, TWO):
        noticed = Note(f"{week_ahead(-1)}/{writer}", week_ahead(-1), writer, BAD, True, now)
        store.save_noticed(noticed)
    day = local_time.days(week_ahead(), household)[4]
    kept_free = Span(*(local_time.instant(day, time(hour), household) for hour in (18, 22)))
    with store.writing() as at:
        covers.write(at, ONE, [Cover("c", ONE, marked("Cover"), week_ahead(), kept_free)])


def calendars(store):
    begins = local_time.week_span(week_ahead(), a_household()).start + timedelta(hours=34)
    busy = [Busy(Span(begins, begins + timedelta(hours=2)), marked("Busy"))]
    for number, (partner, origin) in enumerate(((ONE, Origin.FILE), (TWO, Origin.ADDRESS))):
        store.save_calendar(
            Calendar(f"{number}", partner, marked("Calendar"), origin, BAD, titles=True,
                     read=begins, skipped=(marked("Skipped"),)),
            busy,
        )  # fmt: skip
    away = Span(begins - timedelta(hours=10), begins + timedelta(hours=62))
    theirs = Calendar("2", TWO, "Trips", Origin.FILE, "", titles=True)
    store.save_calendar(theirs, [Busy(away, marked("Trip"), whole_day=True, free=True)])
    for audience in Audience:
        store.save_feed(Feed(audience, audience.value * 20))
        store.save_server(
            Server(audience, "http://127.0.0.1:9/", BAD, "http://127.0.0.1:9/c/", marked("Server"))
        )


@pytest.fixture
def hostile(empty):
    with empty.store() as store:
        written(store)
    return empty


def as_text(text):
    """As it is shown: on one line, without what turns it, joined, isolated or hyphenated."""
    bare = " ".join(re.sub("[\u202a-\u202e\u2066-\u2069]", "", text).split())
    return re.compile("[\u00ad\u2060\u2068\u2069]*".join(map(re.escape, bare)))


def everywhere(one):
    """Every page and step, each by its name, as it comes to rest."""
    for place in PLACES:
        page = one.go(place)
        for step in STEPS if place == "sunday" else ("",):
            if step:
                choose(page, step)
            settle(page)
            yield f"{place} {step}".strip(), page


def opened(page):
    """Also what lies folded."""
    folded = page.locator("main details:not([open]) > summary")
    folded.evaluate_all("all => all.forEach(one => one.click())")
    settle(page)


def test_no_text_of_a_couple_becomes_anything_but_text(hostile, visit):
    one = visit(hostile)
    found = {}
    for name, page in everywhere(one):
        opened(page)
        found[name] = (page.evaluate(DRAWN), page.evaluate(TURNED))
        page.set_viewport_size({"width": PHONE, "height": 900})
        settle(page)
        wide = fits(page, PHONE)
        page.set_viewport_size({"width": 1360, "height": 900})
        found[name] += (wide,)
        is_shown_as_it_was_written(page, name)
    wrong = {name: told for name, told in found.items() if told != ([], [], True)}

    assert {} == wrong
    assert all(url.startswith((hostile.url, "ws:", "data:", "blob:")) for url in one.requests)


SHOWN = {
    f"sunday {STEPS[0]}": ("Title", "Happened"),
    f"sunday {STEPS[2]}": ("Ritual",),
    f"sunday {STEPS[3]}": ("Title", "cover"),
    f"sunday {STEPS[4]}": ("Title",),
    "our-rituals": ("Ritual", "Way"),
    "calendars": ("Calendar", "Skipped", "Busy"),
    "our-weeks": ("Rest",),
    "household": ("Child", "Place"),
}  # by place and step, which of the texts stand there


def is_shown_as_it_was_written(page, name):
    settle(page)
    if name == "our-rituals":
        choose(page, "Our own")
        opened(page)
    for mark in SHOWN.get(name, ()):
        expect(page.get_by_role("main")).to_contain_text(as_text(marked(mark)))
