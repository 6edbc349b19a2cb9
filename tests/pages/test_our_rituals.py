import re
from dataclasses import replace
from datetime import date
from itertools import groupby
from uuid import UUID

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui import markdown
from rituals.model import local_time
from rituals.model.household import TWO, Kind
from rituals.model.plan import Choice, Season
from rituals.model.ritual import Frequency, Needs, Ritual, Size, TakesPart
from rituals.model.time.lean import Lean
from rituals.model.time.rhythm import Rhythm
from rituals.model.usual import Child, Usual
from rituals.planning import catalogue
from rituals.planning.choices.dear import FULL
from tests.support.notation import (
    NOW,
    WEEK,
    a_household,
    a_plan,
    a_ritual,
    an_occurrence,
    windows,
)
from tests.support.visits import at_its_address

SUGGESTED = catalogue.load(catalogue.SUGGESTED)
MARKED = "*x* :red[y] ![](http://evil.invalid/z.png)"
PLAIN = markdown.plain(MARKED)
LAKE = """
[[ritual]]
key = "lake"
title = "Lake at dawn"
kind = "together"
takes_part = "both"
minutes = [60, 120]
windows = ["Sat-Sun wake-12:00"]
rhythm = [1, 2]
ways = ["Feet only"]
"""
FORBIDDEN = re.compile(r"%|\b(failed|missed|behind|overdue|should|streak|score)\b", re.IGNORECASE)

GIVEN = "A secret: each of you plans it for the other"


@pytest.fixture(autouse=True)
def store(empty):
    """The store of a household with children that has no ritual of its own."""
    return empty


def a_page(kind=None):
    page = at_its_address("our_rituals.py")
    if kind:
        page.session_state["our_rituals shown"] = str(kind)
    return runs(page.run())


def a_form():
    """An empty form, on the page with the fewest cards."""
    return click(a_page("own"), "A ritual of our own")


def shows(page, kind):
    kinds(page).set_value(kind).run()
    return runs(page)


def runs(page):
    assert not page.exception
    return page


def kinds(page):
    return page.get_by_key("our_rituals shown")


def click(page, label, number=0):
    [b for b in page.button if b.label == label][number].click().run()
    return runs(page)


def labels(page):
    return [button.label for button in page.button]


def read(elements):
    """What one reads where markdown was kept from doing anything."""
    return [element.value.replace("\\", "") for element in elements]


def titles(page):
    return read(page.subheader)


def titled(kind):
    of_kind = [r for r in SUGGESTED.values() if r.kind is kind]
    return [r.title for r in sorted(of_kind, key=lambda r: r.ages is not None)]


def field(page, name):
    """A field of the form, whatever number the form has."""
    return next(
        widget
        for widgets in (
            page.text_input,
            page.text_area,
            page.number_input,
            page.slider,
            page.selectbox,
            page.button_group,
        )
        for widget in widgets
        if widget.key and re.fullmatch(rf"our_rituals \d+ {name}", widget.key)
    )


def a_choice(page, label):
    return next(group for group in page.button_group if group.label == label)


def a_filled_form(title="Lake at dawn"):
    page = a_form()
    field(page, "title").set_value(title)
    return click(page, "after the children sleep, any day")


def said(page):
    return [sentence for info in read(page.info) for sentence in info.split("  \n")]


def uploads(page, content, name="ours.toml"):
    data = content.encode() if isinstance(content, str) else content
    page.file_uploader[0].set_value((name, data, "application/toml")).run()
    return runs(page)


def everything_on(page):
    elements = (*page.markdown, *page.caption, *page.subheader, *page.title, *page.info)
    return [e.value for e in elements] + labels(page)


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_shows_the_catalogue_of_this_kind_alone(kind):
    assert titled(kind) == titles(a_page(kind))


def test_time_together_is_shown_first():
    assert titled(Kind.TOGETHER) == titles(a_page())


def test_our_own_ones_stand_with_their_kind_and_by_themselves(store):
    store.save_ritual(a_ritual("lake", title="Lake", kind=Kind.OUT))
    page = a_page(Kind.OUT)

    assert [*titled(Kind.OUT), "Lake"] == titles(page)
    assert ["Lake"] == titles(shows(page, "own"))


def test_a_card_says_in_words_what_a_ritual_is():
    page = a_page(Kind.TOGETHER)
    lines = [element.value for element in page.markdown]

    assert any(
        line.endswith("Together · both of us · 5 to 10 minutes, three to five times a week")
        for line in lines
    )
    assert ":small[Monday to Friday, from when we get up until 09:00]" in lines
    assert any("· with a sitter" in line for line in lines)
    assert "12 ideas" in [expander.label for expander in page.expander]


def test_a_source_is_a_link_and_any_other_text_stays_text(store):
    store.save_ritual(a_ritual("a", note="One.", source="https://example.org/a?b=c"))
    store.save_ritual(a_ritual("b", note="Two.", source="javascript:alert(1)"))
    store.save_ritual(a_ritual("c", note="Three.", source="https://example.org/) ![](http://x"))
    notes = [caption.value for caption in a_page("own").caption]
    no_link = "https://example.org/) ![](http://x"

    assert (
        f"{markdown.plain('One.')} [{markdown.plain('example.org')}](https://example.org/a?b=c)"
        in notes
    )
    assert f"{markdown.plain('Two.')} {markdown.plain('javascript:alert(1)')}" in notes
    assert f"{markdown.plain('Three.')} {markdown.plain(no_link)}" in notes


def test_every_source_of_the_catalogue_is_shown_as_a_link():
    linked = [
        caption.value.partition("](")[2].rstrip(")")
        for kind in Kind
        for caption in a_page(kind).caption
        if "](" in caption.value
    ]

    assert [
        r.source for kind in Kind for r in SUGGESTED.values() if r.kind is kind and r.source
    ] == linked


def test_a_household_without_children_sees_no_ritual_with_children(store):
    store.save_household(a_household(children=False))
    store.save_ritual(a_ritual("slide", kind=Kind.SOLO, retired=True))
    page = a_page()
    together = [
        r.title
        for r in SUGGESTED.values()
        if r.kind is Kind.TOGETHER and r.needs is not Needs.CHILDREN
    ]

    assert ["Together", "Alone", "Out", "Our own", "Set aside"] == options(kinds(page))
    assert together == titles(page)
    assert [] == titles(shows(page, "retired"))
    assert not any("sitter" in e.value for e in shows(page, "together").markdown)


def test_what_suits_the_children_s_ages_comes_first_and_for_other_ages_last(store):
    born = NOW.year - 1  # the clock of all tests
    store.save_household(replace(a_household(), usual=Usual(children=(Child("Mia", born),))))
    ages = [r.ages for title in titles(a_page()) for r in SUGGESTED.values() if r.title == title]
    some, none, others = {(0, 2)}, {None}, {(13, 19)}

    assert [some, none, others] == [set(run) for _, run in groupby(ages)]


def test_a_form_without_children_asks_nothing_about_them(store):
    store.save_household(a_household(children=False))
    page = a_form()

    assert ["Together", "Alone", "Out"] == options(a_choice(page, "Kind"))
    assert "What it needs" not in [group.label for group in page.button_group]
    assert ["Needs you both in one place"] == boxes(page)
    assert "in the evening, any day" in labels(page)


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        (Kind.TOGETHER, {"Leaves the house": False, "Needs you both in one place": True}),
        (Kind.ALONE, {"Leaves the house": False}),
        (Kind.SOLO, {}),
        (Kind.OUT, {"Leaves the house": True}),
    ],
)
def test_a_mark_is_asked_for_where_it_matters(kind, asked):
    page = a_form()
    a_choice(page, "Kind").set_value(kind).run()

    assert asked == {box.label: box.value for box in page.checkbox if box.label in boxes(page)}


def test_what_one_of_us_does_for_both_needs_no_one_place_by_itself():
    page = a_form()
    a_choice(page, "Who takes part").set_value(TakesPart.EITHER).run()

    assert not a_box(page, "Needs you both in one place").value


def test_marks_are_kept_and_what_is_planned_takes_them(store):
    week = local_time.week_to_plan(local_time.local_day(NOW, a_household()), a_household())
    talk = an_occurrence(ritual="send-off", week=week, fixed=True, sequence=2)
    plan = a_plan(talk, week=week, choices=(Choice("send-off", None, 1),))
    store.change_plan(plan, lambda begun: begun)
    page = a_page()
    page.get_by_key("our_rituals change send-off").click().run()
    a_box(page, "Leaves the house").set_value(True)
    a_box(page, "Needs you both in one place").set_value(False)
    click(page, "Save")
    kept = store.load_rituals()["send-off"]

    assert (True, False) == (kept.leaves, kept.in_person)
    assert (replace(talk, leaves=True),) == store.load_plan(week).occurrences


def test_what_one_does_for_the_other_can_be_a_secret_whose_ideas_no_card_shows(store):
    page = a_page()
    ideas = {e.value for e in page.markdown}
    secret = SUGGESTED["unexpected-text"]
    page.get_by_key("our_rituals change unexpected-text").click().run()
    a_box(page, GIVEN).set_value(False)
    click(page, "Save")
    kept = store.load_rituals()[secret.id]
    page.get_by_key("our_rituals change send-off").click().run()

    assert (True, False) == (secret.secret, kept.secret)
    assert GIVEN not in boxes(page)
    assert not [text for text in ideas if secret.ways[0] in text]


def boxes(page):
    return [box.label for box in page.checkbox if (box.key or "").startswith("our_rituals ")]


def a_box(page, label):
    return next(box for box in page.checkbox if box.label == label)


def options(group):
    return list(group.options)


def test_a_ritual_of_our_own_is_kept_with_all_its_fields(store):
    page = click(a_page(), "A ritual of our own")
    a_choice(page, "Kind").set_value(Kind.OUT).run()
    field(page, "title").set_value("  Lake   at dawn ")
    a_choice(page, "Who takes part").set_value(TakesPart.EACH)
    field(page, "least").set_value(45)
    field(page, "most").set_value(90)
    field(page, "rhythm").set_value((2, 3))
    a_choice(page, "What it needs").set_value(Needs.SITTER)
    a_choice(page, "How much of the day").set_value(Size.EVENING)
    field(page, "alarm").set_value(15)
    field(page, "leans").set_value("middle")
    field(page, "ways").set_value("Feet only\n\n  Swim   to the raft ")
    click(page, "weekend mornings")
    click(page, "another time")
    field(page, "1 days").set_value([4, 2])
    field(page, "1 start").set_value("18:30")
    field(page, "1 end").set_value("sleep")
    click(page, "Save")
    (kept,) = store.load_rituals().values()
    expected = Ritual(
        id=kept.id,
        title="Lake at dawn",
        kind=Kind.OUT,
        takes_part=TakesPart.EACH,
        least_minutes=45,
        most_minutes=90,
        windows=windows("Sat-Sun wake-12:00; Wed,Fri 18:30-sleep"),
        frequency=Frequency(2, 3),
        needs=Needs.SITTER,
        size=Size.EVENING,
        ways=("Feet only", "Swim to the raft"),
        alarm=15,
        leaves=True,
        leans=Lean.MIDDLE,
    )

    assert expected == kept
    assert UUID(hex=kept.id).version == 4
    assert ["Lake at dawn"] == titles(page)
    assert "Save" not in labels(page)


def test_a_rare_ritual_of_our_own_is_kept_with_its_rhythm(store):
    page = a_filled_form()
    field(page, "how often").set_value("every 13 weeks").run()
    click(page, "Save")

    assert [Rhythm(13)] == [ritual.rhythm for ritual in store.load_rituals().values()]
    assert any("quarterly" in text for text in read(page.markdown))


def test_a_day_each_year_is_asked_for_and_kept_with_the_first_year(store):
    page = a_filled_form("Wedding day")
    field(page, "how often").set_value("date").run()
    click(page, "Save")
    assert {} == store.load_rituals()
    assert ["Please choose the day on which it comes each year."] == read(page.info)
    page.date_input[0].set_value(date(2016, 2, 29))
    click(page, "Save")

    assert [Rhythm.read("yearly on 29 February since 2016")] == [
        ritual.rhythm for ritual in store.load_rituals().values()
    ]


@pytest.mark.parametrize(
    "rhythm",
    ["every 5 weeks", "every 52 weeks", "yearly on 29 February", "yearly on 1 May since 1999"],
)
def test_a_rhythm_stays_as_it_was_where_nobody_changes_it(store, rhythm):
    store.save_ritual(replace(SUGGESTED["late-talk"], rhythm=Rhythm.read(rhythm)))
    click(click(a_page("own"), "Change"), "Save")

    assert Rhythm.read(rhythm) == store.load_rituals()["late-talk"].rhythm


def test_a_form_left_alone_keeps_nothing(store):
    page = click(a_filled_form(), "Not now")

    assert {} == store.load_rituals()
    assert "Save" not in labels(page)


def test_a_ritual_has_no_alarm_unless_one_is_chosen(store):
    page = a_filled_form()
    alarm = field(page, "alarm")

    assert "No alarm" == alarm.format_func(alarm.value)
    assert ["No alarm", "When it begins"] == alarm.options[:2]
    assert any(
        "It counts for what you take with you from then on." in c for c in read(page.caption)
    )
    click(page, "Save")

    assert [None] == [ritual.alarm for ritual in store.load_rituals().values()]


@pytest.mark.parametrize("minutes", [0, 45, 1440])
def test_an_alarm_can_be_as_it_was_and_taken_away(store, minutes):
    store.save_ritual(replace(SUGGESTED["late-talk"], alarm=minutes))
    page = click(a_page("own"), "Change")

    assert minutes == field(page, "alarm").value
    click(page, "Save")

    assert minutes == store.load_rituals()["late-talk"].alarm
    click(page, "Change")
    field(page, "alarm").select_index(0)
    click(page, "Save")

    assert store.load_rituals()["late-talk"].alarm is None


def test_the_next_form_is_empty_again():
    page = click(click(a_filled_form(), "Not now"), "A ritual of our own")

    assert "" == field(page, "title").value
    assert ["How often", "Rather", "Alarm in your calendars"] == [
        box.label for box in page.selectbox
    ]


@pytest.mark.parametrize(
    ("kind", "who"),
    [
        (Kind.TOGETHER, ["both of us", "one of us"]),
        (Kind.ALONE, ["one of us", "each of us"]),
        (Kind.SOLO, ["one of us", "each of us"]),
        (Kind.OUT, ["one of us", "each of us"]),
    ],
)
def test_who_can_take_part_hangs_on_the_kind(kind, who):
    page = a_form()
    a_choice(page, "Kind").set_value(kind).run()

    assert who == options(a_choice(page, "Who takes part"))


def test_time_with_the_children_needs_the_children(store):
    page = a_filled_form()
    a_choice(page, "Kind").set_value(Kind.SOLO).run()
    click(page, "Save")
    (kept,) = store.load_rituals().values()

    assert Needs.CHILDREN is kept.needs


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("title", "  ", "Please give it a title."),
        ("title", "x" * 121, "A title of at most 120 characters fits; please shorten it."),
        ("least", 7, "Minutes go in steps of 5, from 5 to 1,440."),
        ("least", 0, "Minutes go in steps of 5, from 5 to 1,440."),
        ("most", 1445, "Minutes go in steps of 5, from 5 to 1,440."),
        ("least", 90, "The minutes at least are more than those at most; please change one."),
        ("0 days", [], "Please choose at least one day in each line of when it may be."),
        ("0 start", "sleep", "A line ends at the hour it begins; please choose another end."),
        (
            "ways",
            "Feet only\n" + "x" * 91,
            f"An idea has at most 90 characters; please shorten “{'x' * 91}”.",
        ),
    ],
)
def test_each_mistake_is_one_sentence_and_nothing_typed_is_lost(store, name, value, sentence):
    page = a_filled_form()
    field(page, name).set_value(value)
    click(page, "Save")

    assert [sentence] == said(page)
    assert {} == store.load_rituals()
    assert value == field(page, name).value
    if name != "title":
        assert "Lake at dawn" == field(page, "title").value


def test_a_ritual_without_any_time_for_it_is_asked_for_one():
    page = click(a_filled_form(), "Take away")
    click(page, "Save")

    assert ["Please say when it may be; one line is enough."] == said(page)


def test_a_line_without_hours_is_asked_for_both(store):
    page = click(a_filled_form(), "another time")
    field(page, "1 days").set_value([2])
    field(page, "1 start").set_value("18:30")
    click(page, "Save")

    assert ["Please choose both hours in each line of when it may be."] == said(page)
    assert ([2], "18:30") == (field(page, "1 days").value, field(page, "1 start").value)
    assert {} == store.load_rituals()


def test_several_mistakes_are_said_at_once():
    page = click(a_form(), "Save")

    assert 2 == len(said(page))


def test_a_mistake_put_right_is_kept(store):
    page = a_filled_form("")
    click(page, "Save")
    field(page, "title").set_value("Lake at dawn")
    click(page, "Save")

    assert ["Lake at dawn"] == [ritual.title for ritual in store.load_rituals().values()]


def test_when_it_may_be_has_at_most_four_lines():
    page = a_form()
    for _ in range(4):
        click(page, "weekday mornings")

    assert "weekday mornings" not in labels(page)
    assert "weekday mornings" in labels(click(page, "Take away", 1))


def test_a_line_taken_away_leaves_the_others_as_they_are(store):
    page = a_filled_form()
    click(page, "weekend mornings")
    click(page, "weekday mornings")
    click(page, "Take away", 1)
    click(page, "Save")
    (kept,) = store.load_rituals().values()

    assert windows("daily bedtime-sleep; Mon-Fri wake-09:00") == kept.windows


def test_an_hour_between_the_quarters_can_be_kept(store):
    store.save_ritual(a_ritual("lake", window="Sat 06:07-07:59"))
    click(click(a_page("own"), "Change"), "Save")

    assert windows("Sat 06:07-07:59") == store.load_rituals()["lake"].windows


def the_forms(kind):
    """The forms of all rituals of a kind, without their cards."""
    import streamlit as st

    from pages.ritual_form import form
    from pages.session import context

    rituals = context.rituals()
    for ritual in rituals.values():
        if ritual.kind == kind:
            st.button("Change", key=ritual.id, on_click=form.open_for, args=(ritual,))
    form.draw(rituals, context.household())


@pytest.mark.parametrize("kind", Kind)
def test_the_form_changes_nothing_by_itself(store, kind):
    of_this_kind = {r.id: r for r in SUGGESTED.values() if r.kind is kind}
    page = AppTest.from_function(the_forms, args=(kind,), default_timeout=20).run()
    for id in of_this_kind:
        page.get_by_key(id).click().run()
        click(page, "Save")

    kept = catalogue.with_own(SUGGESTED, store.load_rituals())

    assert of_this_kind == {id: kept[id] for id in store.load_rituals()}
    assert [] == titles(a_page("own"))


def test_who_thinks_of_a_ritual_is_kept_and_goes_back_to_turns(store):
    page = a_page()
    for chosen in (TWO, ""):
        page.get_by_key("our_rituals change send-off").click().run()
        thinks(page).set_value(chosen)
        click(page, "Save")

        assert chosen == store.load_rituals().get("send-off", SUGGESTED["send-off"]).thinks


def test_who_thinks_of_a_ritual_is_asked_by_name_and_for_time_together_alone():
    page = a_form()

    assert ["In turns", "Maya", "Jonas"] == thinks(page).options
    field(page, "Kind .*").set_value(Kind.ALONE).run()
    assert thinks(page) is None


def test_of_two_with_one_name_each_can_think_of_a_ritual(store):
    store.save_household(a_household(names=("Sam", "Sam")))
    page = a_page()
    page.get_by_key("our_rituals change send-off").click().run()
    options = thinks(page).options
    thinks(page).set_value(TWO)
    click(page, "Save")

    assert ["In turns", "Sam · one", "Sam · two"] == options
    assert TWO == store.load_rituals()["send-off"].thinks


def thinks(page):
    """Who thinks of it, where the form asks."""
    asked = (w for w in page.button_group if "Who looks after it" in (w.key or ""))
    return next(asked, None)


def test_a_changed_catalogue_ritual_is_a_copy_of_our_own(store):
    page = a_page()
    page.get_by_key("our_rituals change send-off").click().run()
    field(page, "title").set_value("Goodbye")
    click(page, "Save")

    assert {"send-off": replace(SUGGESTED["send-off"], title="Goodbye")} == store.load_rituals()
    assert "Goodbye" == titles(page)[0]
    assert any("our own version" in element.value for element in page.markdown)
    assert ["Goodbye"] == titles(shows(page, "own"))


def test_a_changed_ritual_can_be_as_in_the_catalogue_again(store):
    store.save_ritual(replace(SUGGESTED["send-off"], title="Goodbye", retired=True))
    page = click(a_page("retired"), "As in the catalogue again")

    assert {"send-off": replace(SUGGESTED["send-off"], retired=True)} == store.load_rituals()
    assert "As in the catalogue again" not in labels(page)


def test_a_ritual_of_our_own_is_in_no_catalogue(store):
    store.save_ritual(a_ritual("lake"))

    assert "As in the catalogue again" not in labels(a_page("own"))


def test_a_retired_ritual_is_shown_apart_and_can_be_brought_back():
    page = click(a_page(), "Set aside")

    assert "Goodbye kiss" not in titles(page)
    assert ["Goodbye kiss"] == titles(shows(page, "retired"))
    assert "What is set aside is not offered for new weeks; its history stays in every chart." in [
        element.value for element in page.markdown
    ]
    assert [] == titles(click(page, "Bring back"))
    assert "Goodbye kiss" in titles(shows(page, "together"))
    assert [] == titles(shows(page, "own"))


def test_a_retired_ritual_keeps_its_occurrences(store):
    plan = a_plan(an_occurrence(ritual="send-off"), choices=(Choice("send-off", None, 1),))
    store.change_plan(plan, lambda begun: replace(begun, season=Season.CALM))
    before = store.load_plan(WEEK)
    click(a_page(), "Set aside")

    assert store.load_rituals()["send-off"].retired
    assert before == store.load_plan(WEEK)


def test_a_file_of_rituals_is_told_before_it_is_added(store):
    page = uploads(a_page("own"), LAKE)

    assert "It holds 1 ritual: Lake at dawn." in [element.value for element in page.markdown]
    assert {} == store.load_rituals()

    click(page, "Add them")

    assert catalogue.read(LAKE, "ours.toml") == store.load_rituals()
    assert ["Lake at dawn"] == titles(page)
    assert "Add them" not in labels(page)


def test_a_ritual_that_is_there_already_stays_as_it_is(store):
    ours = a_ritual("mine")
    store.save_ritual(ours)
    there = LAKE.replace("lake", "send-off") + LAKE.replace("lake", "mine")
    page = uploads(a_page("own"), LAKE + there)

    assert "Already here, and left as they are: send-off and mine." in read(page.markdown)

    click(page, "Add them")

    assert {"lake", "mine"} == set(store.load_rituals())
    assert ours == store.load_rituals()["mine"]


def test_a_file_with_nothing_new_offers_nothing():
    page = uploads(a_page("own"), LAKE.replace('"lake"', '"send-off"'))

    assert "Add them" not in labels(page)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            LAKE.replace('"together"', '"tog"'),
            "ours.toml, ritual 1 (lake), kind: it is one of “together”, “alone”, “solo”, “out”.",
        ),
        (LAKE + LAKE, "ours.toml, ritual 2, key: “lake” is there twice."),
        ("", "ours.toml holds no [[ritual]]."),
        ("[[ritual]", "ours.toml cannot be read: "),
        (b"\xff\xfe", "ours.toml is not a text written in UTF-8."),
        (LAKE.encode("utf-16"), "ours.toml is not a text written in UTF-8."),
        (b"\x89PNG\r\n\x1a\n", "ours.toml is not a text written in UTF-8."),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "ours.toml cannot be read: "),
        (bytes(16 * 1024 * 1024), "ours.toml is larger than any catalogue: "),
    ],
    ids=range(9),
)
def test_a_file_that_cannot_be_read_says_where_and_adds_nothing(store, content, sentence):
    page = uploads(a_page("own"), content)
    (got,) = said(page)

    assert got.startswith(sentence)
    assert "Add them" not in labels(page)
    assert {} == store.load_rituals()


def test_a_file_with_a_byte_order_mark_is_read():
    page = uploads(a_page("own"), b"\xef\xbb\xbf" + LAKE.encode())

    assert "Add them" in labels(page)


def test_what_people_wrote_stays_text(store):
    store.save_ritual(a_ritual("odd", title=MARKED, ways=(MARKED,), note=MARKED))
    page = a_page("own")
    click(page, "Change")
    field(page, "ways").set_value(MARKED * 3)
    click(page, "Save")
    uploads(page, LAKE.replace("Lake at dawn", MARKED), f"{MARKED}.toml".replace("/", ""))
    shown = everything_on(page)

    assert PLAIN == page.subheader[0].value
    assert f"- {PLAIN}" in shown
    assert f"It holds 1 ritual: {PLAIN}." in shown
    assert not any(MARKED in text or ":red[y]" in text for text in shown)
    assert f"Change “{PLAIN}”" == page.get("dialog")[0].proto.dialog.title


@pytest.mark.parametrize("kind", [*Kind, "own", "retired"])
def test_no_word_on_the_page_weighs_or_judges(kind):
    page = click(a_page(kind), "A ritual of our own")

    assert [] == [text for text in everything_on(page) if FORBIDDEN.search(text)]


def test_an_hour_that_the_catalogue_knows_stays(store):
    page = a_page()
    page.get_by_key("our_rituals change date-night").click().run()
    click(page, "Save")

    assert SUGGESTED["date-night"].leans == store.load_rituals()["date-night"].leans


def test_a_heart_makes_a_ritual_dear_and_no_version_of_our_own(store):
    page = a_page()
    page.get_by_key("dear send-off").check().run()
    runs(page)

    assert replace(SUGGESTED["send-off"], dear=True) == store.load_rituals()["send-off"]
    assert "As in the catalogue again" not in labels(page)


def test_a_sixth_heart_is_refused_in_a_sentence(store):
    for id in list(SUGGESTED)[1:6]:
        store.save_ritual(replace(SUGGESTED[id], dear=True))
    page = a_page()
    page.get_by_key("dear send-off").check().run()
    runs(page)

    assert [FULL] == [info.value for info in page.info]
    assert not page.get_by_key("dear send-off").value
    assert 5 == sum(ritual.dear for ritual in store.load_rituals().values())


def test_what_is_retired_is_dear_no_longer(store):
    store.save_ritual(replace(SUGGESTED["send-off"], dear=True))
    page = a_page()
    page.get_by_key("our_rituals Set aside send-off").click().run()
    runs(page)

    assert replace(SUGGESTED["send-off"], retired=True) == store.load_rituals()["send-off"]


def test_one_line_says_what_a_ritual_is():
    assert "A ritual is something small you come back to" in a_page().caption[0].value


def test_a_ritual_is_added_to_the_week_that_sunday_is_about(store):
    week = local_time.week_to_plan(local_time.local_day(NOW, a_household()), a_household())
    page = a_page(Kind.TOGETHER)
    page.get_by_key("our_rituals week late-talk").click().run()
    runs(page)

    assert "late-talk" in {choice.ritual for choice in store.load_plan(week).choices}
    assert "our_rituals week late-talk" not in {button.key for button in page.button}
    assert any(line.value.startswith(":material/check: in ") for line in page.caption)


def test_what_is_set_aside_and_a_week_off_take_nothing_in(store):
    week = local_time.week_to_plan(local_time.local_day(NOW, a_household()), a_household())
    store.save_ritual(a_ritual("lake", retired=True))
    assert not any("Add to" in label for label in labels(a_page("retired")))
    store.change_plan(a_plan(week=week, season=Season.GRACE), lambda begun: begun)

    assert not any("Add to" in label for label in labels(a_page()))


def test_a_form_asks_what_when_and_who_and_the_rest_under_more():
    page = a_filled_form()
    (more,) = (e for e in page.expander if e.label == "More")
    under_more = {w.label for w in (*more.selectbox, *more.button_group, *more.text_area)}

    assert {"How often", "Alarm in your calendars", "What it needs"} <= under_more
    assert not {"Days", "Kind", "Who takes part"} & under_more
