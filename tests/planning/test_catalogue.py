from datetime import time

import pytest

from rituals.model import local_time, wording
from rituals.model.household import Kind
from rituals.model.ritual import Frequency, Needs, Size, TakesPart
from rituals.model.time.lean import Lean
from rituals.model.time.rhythm import Rhythm
from rituals.model.time.window import Anchor, Window
from rituals.planning import catalogue
from rituals.planning.catalogue import CatalogueError
from tests.support.notation import WEEK, a_household, a_ritual

LEAN = "“late” is no part of a ritual’s hours; write start, middle, end, or an hour like “19:30”."
GOOD = {
    "key": '"late-talk"',
    "title": '"Late talk"',
    "kind": '"together"',
    "takes_part": '"both"',
    "minutes": "[45, 120]",
    "windows": '["Sun-Thu bedtime-sleep"]',
    "rhythm": "[1, 2]",
    "ways": '["One lamp", "A pot of tea"]',
}

# What the founding essay asks for (research.md), and the rituals that answer it.
ESSAY = {
    "in the morning, feeling one can take on the world": {"send-off"},
    "alone sometimes, in quiet": {"quiet-hour", "hour-out-of-the-house", "slow-morning"},
    "with their children, without hovering": {
        "their-own-evening",
        "saturday-adventure",
        "bedtime-solo",
    },
    "reminders: notes, texts, a quick kiss": {
        "note-in-the-bag",
        "unexpected-text",
        "goodnight-kiss",
    },
    "two who stayed up too late talking": {"late-talk"},
    "to go out with friends": {"night-with-friends", "evening-class"},
    "the one who dresses up for a night out": {"date-night", "spontaneous-night-out"},
    "curious what comes next": {"sealed-surprise", "small-act-of-love"},
    "feeling understood": {"weekly-talk", "i-noticed", "small-act-of-love"},
    "at peace before sleep": {"goodnight-kiss"},
    "laughter at the dinner table": {"table-night", "phones-away"},
    "coming back, again and again": {"reunion"},
}


def a_file(folder, *entries, name="ours.toml"):
    """A catalogue of entries: a field set to None is left out."""
    file = folder / name
    written = ("\n".join(f"{k} = {v}" for k, v in e.items() if v is not None) for e in entries)
    file.write_text("".join(f"[[ritual]]\n{entry}\n" for entry in written), encoding="utf-8")
    return file


def refused(file):
    with pytest.raises(CatalogueError) as told:
        catalogue.load(file)
    return str(told.value)


def test_a_ritual_is_read_as_it_is_written(tmp_path):
    more = {"needs": '"children asleep"', "size": '"small"', "note": '"n"', "source": '"s"'}
    more["what"] = '"A long talk."'
    (ritual,) = catalogue.load(a_file(tmp_path, GOOD | more)).values()

    assert ("late-talk", "Late talk") == (ritual.id, ritual.title)
    assert (Kind.TOGETHER, TakesPart.BOTH) == (ritual.kind, ritual.takes_part)
    assert (45, 120, Frequency(1, 2)) == (
        ritual.least_minutes,
        ritual.most_minutes,
        ritual.frequency,
    )
    assert (Window((0, 1, 2, 3, 6), Anchor.BEDTIME, Anchor.SLEEP),) == ritual.windows
    assert ("One lamp", "A pot of tea") == ritual.ways
    assert (Needs.ASLEEP, Size.SMALL, "n", "s", "A long talk.") == (
        ritual.needs,
        ritual.size,
        ritual.note,
        ritual.source,
        ritual.what,
    )


def test_what_may_be_left_out_has_a_default(tmp_path):
    (ritual,) = catalogue.load(a_file(tmp_path, GOOD)).values()

    assert (Needs.NOTHING, Size.USUAL, "", "", "", False) == (
        ritual.needs,
        ritual.size,
        ritual.note,
        ritual.source,
        ritual.what,
        ritual.retired,
    )


def test_marks_and_ages_are_read_as_they_are_written(tmp_path):
    more = {"leaves": "true", "in_person": "false", "ages": "[0, 2]"}
    (ritual,) = catalogue.load(a_file(tmp_path, GOOD | more)).values()

    assert (True, False, (0, 2)) == (ritual.leaves, ritual.in_person, ritual.ages)


def test_a_secret_is_what_either_does_for_the_other(tmp_path):
    given = GOOD | {"kind": '"together"', "takes_part": '"either"', "secret": "true"}
    (ritual,) = catalogue.load(a_file(tmp_path, given)).values()
    (plain,) = catalogue.load(a_file(tmp_path, GOOD)).values()

    assert (True, False) == (ritual.secret, plain.secret)


@pytest.mark.parametrize(
    ("more", "expected"),
    [({}, Lean.START), ({"leans": '"end"'}, Lean.END), ({"leans": '"19:30"'}, time(19, 30))],
)
def test_a_ritual_leans_as_it_is_written_or_to_the_start(tmp_path, more, expected):
    (ritual,) = catalogue.load(a_file(tmp_path, GOOD | more)).values()

    assert expected == ritual.leans


@pytest.mark.parametrize(
    ("kind", "takes_part", "marks"),
    [("together", "both", (False, True)), ("out", "each", (True, False))],
)
def test_marks_left_out_are_those_of_the_kind(tmp_path, kind, takes_part, marks):
    plain = GOOD | {"kind": f'"{kind}"', "takes_part": f'"{takes_part}"'}
    (ritual,) = catalogue.load(a_file(tmp_path, plain)).values()

    assert (*marks, None) == (ritual.leaves, ritual.in_person, ritual.ages)


def test_a_changed_ritual_is_for_the_ages_of_the_catalogue():
    suggested = {r.id: r for r in (a_ritual("swim", ages=(0, 2)), a_ritual("tea"))}
    own = {"swim": a_ritual("swim", title="Splash"), "lake": a_ritual("lake")}

    assert {
        "swim": a_ritual("swim", title="Splash", ages=(0, 2)),
        "tea": suggested["tea"],
        "lake": own["lake"],
    } == catalogue.with_own(suggested, own)


def test_what_a_ritual_is_comes_from_the_catalogue_for_a_changed_one_too():
    suggested = {"swim": a_ritual("swim", what="All of you in the water.")}
    own = {"swim": a_ritual("swim", title="Splash"), "lake": a_ritual("lake")}
    told = catalogue.with_own(suggested, own)

    assert ["All of you in the water.", ""] == [told[id].what for id in own]


def test_what_left_the_catalogue_stays_as_the_couple_has_it():
    kept = a_ritual("days-end", title="Day's end")

    assert {"days-end": kept} == catalogue.with_own({}, {"days-end": kept})


def test_rituals_keep_the_order_of_the_file(tmp_path):
    keys = ["b", "a", "c"]
    file = a_file(tmp_path, *(GOOD | {"key": f'"{key}"'} for key in keys))

    assert keys == list(catalogue.load(file))


@pytest.mark.parametrize("field", GOOD)
def test_a_field_that_is_not_there_is_named(tmp_path, field):
    where = "ritual 2" if field == "key" else "ritual 2 (second)"
    second = GOOD | {"key": '"second"'} | {field: None}

    assert f"ours.toml, {where}: the field “{field}” is not there." == refused(
        a_file(tmp_path, GOOD, second)
    )


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("key", '"Late talk"', "it is made of at most 40 of a-z, 0-9 and -."),
        ("key", f'"{"a" * 41}"', "it is made of at most 40 of a-z, 0-9 and -."),
        ("key", "7", "it is made of at most 40 of a-z, 0-9 and -."),
        ("title", '""', "it is a text."),
        ("title", '" "', "it is a text."),
        ("title", "7", "it is a text."),
        ("title", f'"{"a" * 121}"', "it is at most 120 characters long."),
        ("kind", '"work"', "it is one of “together”, “alone”, “solo”, “out”."),
        ("kind", "[]", "it is one of “together”, “alone”, “solo”, “out”."),
        ("takes_part", '"all"', "it is one of “both”, “either”, “each”."),
        ("minutes", "45", "it is [least, most], two whole numbers above zero."),
        ("minutes", "[45]", "it is [least, most], two whole numbers above zero."),
        ("minutes", "[45, 30]", "it is [least, most], two whole numbers above zero."),
        ("minutes", "[0, 30]", "it is [least, most], two whole numbers above zero."),
        ("minutes", "[4.5, 30]", "it is [least, most], two whole numbers above zero."),
        ("minutes", "[true, true]", "it is [least, most], two whole numbers above zero."),
        ("minutes", "[45, 1441]", "it is at most 1,440."),
        ("rhythm", "[1, 15]", "it is at most 14."),
        ("ways", f'["{"a" * 1001}"]', "each has at most 1,000 characters."),
        ("ways", '["a"' + ', "a"' * 200 + "]", "there are at most 200 of them."),
        ("ways", '["\\u202e"]', "it is a list of at least one text."),
        ("note", f'"{"a" * 1001}"', "it is at most 1,000 characters long."),
        (
            "rhythm",
            '"monthly"',
            "“monthly” is no rhythm; write it like “weekly”, “every 4 weeks” "
            "or “yearly on 12 June”.",
        ),
        ("rhythm", "[2, 1]", "it is [least, most], two whole numbers above zero."),
        ("rhythm", '["1", "2"]', "it is [least, most], two whole numbers above zero."),
        ("windows", "[]", "it is a list of at least one text."),
        ("windows", '"daily 18:00-20:00"', "it is a list of at least one text."),
        (
            "windows",
            '["daily 18:00-20:00", "Mo 18-20"]',
            "“Mo 18-20” is not a window; write it like “Mon-Fri 18:00-20:00”.",
        ),
        ("ways", "[]", "it is a list of at least one text."),
        ("ways", '["tea", 7]', "it is a list of at least one text."),
        ("ways", '["tea", " "]', "it is a list of at least one text."),
        ("needs", '"quiet"', "it is one of “children”, “children asleep”, “sitter”."),
        ("size", '"huge"', "it is one of “small”, “usual”, “evening”."),
        ("note", "7", "it is a text."),
        ("what", "7", "it is a text."),
        ("what", f'"{"a" * 71}"', "it is at most 70 characters long."),
        ("source", "[]", "it is a text."),
        ("leaves", '"yes"', "it is true or false."),
        ("in_person", "1", "it is true or false."),
        ("secret", "1", "it is true or false."),
        ("secret", "true", "it is what either does for the other, together."),
        ("leans", '"late"', LEAN),
        ("leans", "7", LEAN.replace("late", "7")),
        ("ages", "3", "it is [least, most], two ages from 0 to 25."),
        ("ages", "[3]", "it is [least, most], two ages from 0 to 25."),
        ("ages", "[3, 2]", "it is [least, most], two ages from 0 to 25."),
        ("ages", "[-1, 2]", "it is [least, most], two ages from 0 to 25."),
        ("ages", "[0, 26]", "it is [least, most], two ages from 0 to 25."),
        ("ages", "[false, true]", "it is [least, most], two ages from 0 to 25."),
    ],
)
def test_a_field_that_is_wrong_is_named_with_its_ritual_and_file(tmp_path, field, value, sentence):
    told = refused(a_file(tmp_path, GOOD | {"key": '"first"'}, GOOD | {field: value}))

    assert told.startswith("ours.toml, ritual 2 (")
    assert told.endswith(f"), {field}: {sentence}")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("key", f'"{"a" * 40}"'),
        ("title", f'"{"a" * 120}"'),
        ("minutes", "[1, 1]"),
        ("minutes", "[1440, 1440]"),
        ("ages", "[0, 25]"),
        ("ages", "[3, 3]"),
        ("needs", '""'),
        ("note", '""'),
        ("what", f'"{"a" * 70}"'),
    ],
)
def test_what_is_just_allowed_is_read(tmp_path, field, value):
    assert 1 == len(catalogue.load(a_file(tmp_path, GOOD | {field: value})))


@pytest.mark.parametrize(
    ("value", "often", "rhythm"),
    [
        ("[2, 3]", Frequency(2, 3), "weekly"),
        ('"weekly"', Frequency(1, 1), "weekly"),
        ('"every 13 weeks"', Frequency(1, 1), "every 13 weeks"),
        ('"yearly on 29 February since 2016"', Frequency(1, 1), "yearly on 29 February since 2016"),
    ],
)
def test_a_rhythm_is_times_a_week_or_a_text(tmp_path, value, often, rhythm):
    (ritual,) = catalogue.load(a_file(tmp_path, GOOD | {"rhythm": value})).values()

    assert (often, Rhythm.read(rhythm)) == (ritual.frequency, ritual.rhythm)


def test_a_field_nobody_knows_is_named(tmp_path):
    told = refused(a_file(tmp_path, GOOD | {"weight": "3"}))

    assert "ours.toml, ritual 1 (late-talk): the field “weight” is not known." == told


def test_a_key_that_is_there_twice_is_named(tmp_path):
    assert "ours.toml, ritual 2, key: “late-talk” is there twice." == refused(
        a_file(tmp_path, GOOD, GOOD)
    )


@pytest.mark.parametrize("text", ["", "ritual = 3", "[ritual]\nkey = 'a'", "[[rituals]]"])
def test_a_file_without_rituals_says_so(tmp_path, text):
    file = tmp_path / "ours.toml"
    file.write_text(text, encoding="utf-8")

    assert "ours.toml holds no [[ritual]]." == refused(file)


def test_rituals_that_are_no_tables_are_named(tmp_path):
    file = tmp_path / "ours.toml"
    file.write_text("ritual = [1]", encoding="utf-8")

    assert "ours.toml, ritual 1: it is written as [[ritual]] with fields below." == refused(file)


@pytest.mark.parametrize("content", [b"[[ritual]]\nkey = ", b"\xff\xfe"])
def test_what_is_no_toml_is_refused_with_its_name(tmp_path, content):
    file = tmp_path / "ours.toml"
    file.write_bytes(content)
    told = refused(file)

    assert told.startswith("ours.toml cannot be read: ")
    assert told.endswith(".")


def test_a_file_that_is_not_there_is_named(tmp_path):
    assert "ours.toml cannot be opened: No such file or directory." == refused(
        tmp_path / "ours.toml"
    )


# -- what we suggest


@pytest.fixture(scope="module")
def suggested():
    return catalogue.load(catalogue.SUGGESTED)


def test_we_suggest_at_least_forty_rituals_of_all_four_kinds(suggested):
    assert len(suggested) >= 40
    assert set(Kind) == {ritual.kind for ritual in suggested.values()}


@pytest.mark.parametrize("line", ESSAY)
def test_every_line_of_the_essay_is_answered(suggested, line):
    assert set() == ESSAY[line] - set(suggested)


def test_every_ritual_has_many_ways_and_each_is_another(suggested):
    few = {key for key, ritual in suggested.items() if len(set(ritual.ways)) < 4}
    twice = {key for key, ritual in suggested.items() if len(set(ritual.ways)) < len(ritual.ways)}

    assert (set(), set()) == (few, twice)


def test_at_least_ten_rituals_have_eight_ways(suggested):
    assert sum(len(ritual.ways) >= 8 for ritual in suggested.values()) >= 10


def test_no_way_is_longer_than_a_card(suggested):
    assert [] == [way for r in suggested.values() for way in r.ways if len(way) > 90]


def test_every_ritual_says_how_it_leans():
    written = catalogue.SUGGESTED.read_text(encoding="utf-8").split("[[ritual]]\n")[1:]

    assert [] == [e for e in written if e.count("\nleans = ") != 1]


def test_the_last_thing_of_an_evening_leans_to_its_end(suggested):
    last = ("goodnight-kiss", "early-night", "bedtime-solo")

    assert {Lean.END} == {suggested[id].leans for id in last}


def test_an_early_night_is_as_long_as_it_is_early(suggested):
    assert 60 <= suggested["early-night"].least_minutes


def test_coffee_waits_until_one_is_up_and_a_long_walk_until_lunch_is_over(suggested):
    assert Lean.MIDDLE == suggested["first-cup"].leans
    assert time(14) == suggested["long-walk"].leans


def test_every_ritual_says_both_of_its_marks():
    written = catalogue.SUGGESTED.read_text(encoding="utf-8").split("[[ritual]]\n")[1:]

    assert [] == [
        e for e in written if e.count("\nleaves = ") != 1 or e.count("\nin_person = ") != 1
    ]


def test_whoever_both_leave_the_house_without_the_children_needs_a_sitter(suggested):
    both = [r for r in suggested.values() if r.leaves and r.takes_part is TakesPart.BOTH]

    assert {Needs.SITTER} == {r.needs for r in both if not r.with_children}


def all_of_us(rituals):
    return [r for r in rituals if r.kind is Kind.TOGETHER and r.with_children]


def test_there_is_enough_for_all_of_us_at_home_and_outside(suggested):
    ours = [r for r in all_of_us(suggested.values()) if r.ages is None]

    assert {TakesPart.BOTH} == {r.takes_part for r in ours}
    assert len(ours) >= 8
    assert min(sum(r.leaves for r in ours), sum(not r.leaves for r in ours)) >= 4


@pytest.mark.parametrize("age", [1, 15])
def test_there_is_enough_for_babies_and_for_teenagers(suggested, age):
    theirs = [r for r in suggested.values() if r.ages and r.ages[0] <= age <= r.ages[1]]
    alone = [r for r in theirs if r.kind is Kind.SOLO]

    assert len(theirs) >= 4
    assert len(theirs) == len(alone) + len(all_of_us(theirs))
    assert alone
    assert all_of_us(theirs)


def test_what_is_for_all_of_us_or_for_some_ages_has_eight_ways(suggested):
    ours = [*all_of_us(suggested.values()), *(r for r in suggested.values() if r.ages)]

    assert [] == [r.id for r in ours if len(r.ways) < 8]


def test_no_way_stands_with_two_rituals(suggested):
    ways = [way for ritual in suggested.values() for way in ritual.ways]

    assert len(ways) == len(set(ways))


def test_no_two_rituals_have_one_title(suggested):
    assert len(suggested) == len({ritual.title for ritual in suggested.values()})


def test_every_ritual_says_what_it_is_in_one_short_sentence(suggested):
    said = [ritual.what for ritual in suggested.values()]

    assert [] == [what for what in said if not 12 <= len(what) <= catalogue.LONGEST_WHAT]
    assert [] == [what for what in said if not (what[0].isupper() and what.endswith("."))]
    assert [] == [what for what in said if any(mark in what[:-1] for mark in ".!?")]
    assert len(said) == len(set(said))


def test_titles_are_of_few_words_and_narrow(suggested):
    wide = [r.title for r in suggested.values() if len(r.title.split()) > 5 or len(r.title) > 21]

    assert [] == wide


@pytest.mark.parametrize(
    "title",
    [
        *("Send-off", "Grace note", "Useful elsewhere", "Their own evening", "Early shift"),
        *("Hands busy", "Kitchen radio"),
    ],
)
def test_no_title_is_a_riddle(suggested, title):
    assert title not in {ritual.title for ritual in suggested.values()}


@pytest.mark.parametrize(
    "line",
    [
        *("nose to nose until", "enjoyed thinking of me", "on each eyelid", "ask how they are"),
        *("lost the keys again", "bath sighs"),
    ],
)
def test_no_way_makes_one_wince(suggested, line):
    assert [] == [way for r in suggested.values() for way in r.ways if line in way.lower()]


def test_every_fact_has_its_source(suggested):
    assert [] == [r.id for r in suggested.values() if bool(r.note) != bool(r.source)]


CITED = {
    "late-talk": "PMC4712716",
    "weekly-talk": "10.1037/0022-3514.37.3.322",
    "goodnight-kiss": "10.1086/702761",
    "their-own-evening": "10.1037/0893-3200.22.3.389",
    "phones-away": "10.1016/j.jesp.2017.10.007",
    "good-news": "10.1037/0022-3514.91.5.904",
    "the-day-told": "10.1016/j.cpr.2015.07.002",
    "i-noticed": "PMC5085264",
    "early-night": "10.1177/1948550613488952",
    "as-a-friend-would": "10.1177/0956797612474938",
}


@pytest.mark.parametrize("key", CITED)
def test_a_fact_names_the_paper_it_is_from(suggested, key):
    assert (
        CITED[key] == suggested[key].source.rpartition("doi.org/" if "/" in CITED[key] else "/")[2]
    )


@pytest.mark.parametrize(
    ("key", "claim"),
    [
        ("late-talk", "46,883"),  # the diaries; how they felt was asked in the module of 2010
        ("weekly-talk", "more than the whole"),  # no couples were asked side by side
        ("goodnight-kiss", "three studies"),
        ("table-night", "counts"),
    ],
)
def test_a_claim_its_source_does_not_carry_is_not_made(suggested, key, claim):
    assert claim not in suggested[key].note.lower()


def test_after_a_short_night_the_weekly_talk_waits(suggested):
    assert "weekly talk" in suggested["early-night"].note
    assert any("short night" in way for way in suggested["weekly-talk"].ways)


def test_there_are_ten_rare_rituals_of_each_usual_rhythm(suggested):
    rare = [r.rhythm for r in suggested.values() if not r.rhythm.is_weekly]

    assert len(rare) >= 10
    assert set(wording.RHYTHMS) - {1} == {rhythm.every_weeks for rhythm in rare}


def test_lengths_are_in_steps_of_five_minutes(suggested):
    odd = [r.id for r in suggested.values() if r.least_minutes % 5 or r.most_minutes % 5]

    assert [] == odd


def test_time_with_the_children_needs_them(suggested):
    solo = [ritual for ritual in suggested.values() if ritual.kind is Kind.SOLO]

    assert {Needs.CHILDREN} == {ritual.needs for ritual in solo}


def test_no_ritual_of_both_is_one_s_own_kind_of_time(suggested):
    own = {ritual.kind for ritual in suggested.values() if ritual.takes_part is TakesPart.EACH}

    assert Kind.TOGETHER not in own


def test_every_ritual_fits_into_its_windows_in_a_usual_week(suggested):
    household = a_household()
    too_long = [
        ritual.id
        for ritual in suggested.values()
        if not any(
            span.length.total_seconds() >= ritual.least_minutes * 60
            for span in local_time.window_spans(ritual.windows, WEEK, household)
        )
    ]

    assert [] == too_long


def test_windows_are_read_at_clock_times_and_named_hours(tmp_path):
    (ritual,) = catalogue.load(
        a_file(tmp_path, GOOD | {"windows": '["Sat wake-12:00", "Fri 18:00-00:30"]'})
    ).values()

    assert (
        Window((5,), Anchor.WAKE, time(12)),
        Window((4,), time(18), time(0, 30)),
    ) == ritual.windows


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("a = " + "[" * 3000, "ours.toml holds brackets in brackets without an end."),
        ("a = " + "9" * 5000, "ours.toml holds a number that is too long to be read."),
        ("a = '" + "x" * 9000, "ours.toml has a line of more than 8,000 letters."),
        ("#\n" * 300_000, "ours.toml is larger than any catalogue: 524,288 letters fit."),
        (
            "[[ritual]]\nkey = 0x" + "f" * 5000,
            "ours.toml, ritual 1: the field “title” is not there.",
        ),
    ],
)
def test_a_file_made_to_be_a_burden_is_refused_in_one_sentence(written, sentence):
    with pytest.raises(CatalogueError) as told:
        catalogue.read(written, "ours.toml")

    assert sentence == str(told.value)


def test_what_a_sentence_quotes_is_short_and_on_one_line(tmp_path):
    key, window = f'"""a\n{"b" * 9}"""', f'["{"x" * 900}\\n\\u001b[31m"]'

    assert "ours.toml, ritual 1 (a bbbbbbbbb), key: it is made" in refused(
        a_file(tmp_path, GOOD | {"key": key})
    )
    told = refused(a_file(tmp_path, GOOD | {"windows": window}))

    assert "…" in told
    assert len(told) < 200
    assert told.isprintable()


def test_texts_are_read_on_one_line_without_what_turns_it_around(tmp_path):
    odd = {"title": '"La\\u202eke\\u001b"', "ways": '["a\\nb"]', "note": '"\\u2066n"'}
    (ritual,) = catalogue.load(a_file(tmp_path, GOOD | odd)).values()

    assert ("Lake", ("a b",), "n") == (ritual.title, ritual.ways, ritual.note)
