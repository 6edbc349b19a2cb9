"""The welcome and the Household page, through the shell that shows them."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

import pytest
from streamlit.testing.v1 import AppTest

from rituals.model import local_time
from rituals.model.context import PlanningContext
from rituals.model.household import ONE, TWO, Hours, Household, Partner
from rituals.model.plan import standing
from rituals.model.ritual import Needs
from rituals.model.time.formats import Formats, Paper
from rituals.model.time.span import Span
from rituals.model.time.window import Window
from rituals.planning import changes, scheduling
from tests.support.notation import a_ritual
from tests.support.paths import SHELL

NINE_TO_FIVE = Window.read("Mon-Fri 09:00-17:00")
USUAL = Hours(
    wake=time(6, 30),
    sleep=time(22, 30),
    bedtime=time(19, 30),
    work={ONE: (NINE_TO_FIVE,), TWO: (NINE_TO_FIVE,)},
    children_away=(Window.read("Mon-Fri 08:00-16:00"),),
)
HOME = Household(
    id="0b7c5c55-6f0e-4b68-9f0f-2a3b6f3f9a11",
    partners=(Partner(ONE, "Maya"), Partner(TWO, "Jonas")),
    children=True,
    zone="Europe/Berlin",
    hours=USUAL,
)

CARDS = ("who", ONE, TWO, "children", "sitter", "hours", "holidays")

pytestmark = pytest.mark.usefixtures("store")


@pytest.fixture
def welcome():
    at = AppTest.from_file(str(SHELL), default_timeout=30)
    at.session_state["edits visit"] = "v"
    at.context["timezone"] = "Europe/Paris"
    at.switch_page("household.py")
    return at.run()


@pytest.fixture
def page(store):
    return opened(store, HOME)


def opened(store, household):
    store.save_household(household)
    at = AppTest.from_file(str(SHELL), default_timeout=30)
    at.session_state["edits visit"] = "v"
    at.switch_page("household.py")
    return at.run()


def begin(at, one="Maya", two="Jonas"):
    at.text_input(key="welcome one").set_value(one)
    at.text_input(key="welcome two").set_value(two)
    at.button(key="welcome begin").click().run()
    assert not at.exception
    return values(at.info)


def change(at, card):
    """Opens a card."""
    at.button(key=f"change {card}").click().run()
    assert not at.exception


def field(widgets, ending):
    """The widget of the open card whose key ends so."""
    return next(w for w in widgets if w.key.startswith("household") and w.key.endswith(ending))


def keep(at):
    field(at.button, " keep").click().run()
    assert not at.exception
    return values(at.info)


def at(week, hour, household):
    """An hour of the last day of a week."""
    begins = local_time.instant(local_time.days(week, household)[-1], time(hour), household)
    return Span(begins, begins + timedelta(hours=1))


def values(elements):
    return [element.value for element in elements]


def labels(at):
    widgets = (at.text_input, at.toggle, at.selectbox, at.time_input, at.button_group, at.checkbox)
    return [widget.label for kind in widgets for widget in kind]


def on_page(at):
    return "\n".join(text.value for kind in (at.markdown, at.caption, at.code) for text in kind)


class TestWelcome:
    def test_two_names_and_one_button_make_a_household_with_usual_hours(self, store, welcome):
        begin(welcome)

        got = store.load_household()
        assert replace(HOME, id=got.id, zone="Europe/Paris") == got
        assert UUID(got.id).version == 4

    def test_opens_the_page_that_was_asked_for(self, welcome):
        begin(welcome)

        expected = ["Household"]
        assert expected == values(welcome.title)

    @pytest.mark.parametrize(
        ("zone", "expected"),
        [("America/New_York", "America/New_York"), ("Mars/Base", "UTC"), (None, "UTC")],
    )
    def test_proposes_the_time_zone_of_the_browser(self, zone, expected):
        at = AppTest.from_file(str(SHELL), default_timeout=30)
        at.session_state["edits visit"] = "v"
        at.context["timezone"] = zone
        at.run()

        assert expected == at.selectbox(key="welcome zone").value

    @pytest.mark.parametrize(
        ("language", "expected"),
        [("en-US", (Formats(twelve_hours=True, month_first=True), 6)), ("de-DE", (Formats(), 0))],
    )
    def test_proposes_what_goes_with_the_language_of_the_browser(self, store, language, expected):
        at = AppTest.from_file(str(SHELL), default_timeout=30)
        at.session_state["edits visit"] = "v"
        at.context["locale"] = language
        begin(at.run())

        got = store.load_household()
        assert expected == (got.formats, got.week_starts)

    def test_keeps_what_was_changed_on_the_first_visit(self, store, welcome):
        welcome.toggle(key="welcome children").set_value(False)
        welcome.selectbox(key="welcome zone").set_value("Asia/Kolkata")
        welcome.button_group(key="welcome week starts").set_value(6)
        welcome.button_group(key="welcome two 0 days").set_value([])
        begin(welcome)

        got = store.load_household()
        expected = (False, "Asia/Kolkata", 6, {ONE: (NINE_TO_FIVE,)})
        assert expected == (got.children, got.zone, got.week_starts, got.hours.work)

    def test_trims_names(self, store, welcome):
        begin(welcome, "  Maya  Lu ", "Jonas")

        got = store.load_household()
        assert got.name(ONE) == "Maya Lu"

    @pytest.mark.parametrize(
        ("one", "two", "expected"),
        [
            ("", "Jonas", "Please tell us both names; a nickname is fine."),
            ("Maya", "  ", "Please tell us both names; a nickname is fine."),
            (
                "Maya",
                "maya ",
                "Two people with one name are hard to tell apart here; a nickname for one will do.",
            ),
            ("M" * 41, "Jonas", "Names have room for 40 letters here; a short form is fine."),
        ],
    )
    def test_asks_again_for_names_and_keeps_nothing(self, store, welcome, one, two, expected):
        assert [expected] == begin(welcome, one, two)
        assert store.load_household() is None

    @pytest.mark.parametrize(
        ("field", "hour", "expected"),
        [
            (
                "bedtime",
                time(6),
                "The children’s bedtime comes later in the day than waking up; "
                "please look at the two again.",
            ),
            (
                "sleep",
                time(18),
                "Going to sleep comes last in the day, or after midnight; please look at it again.",
            ),
            (
                "one 0 until",
                time(9),
                "\\*Maya\\* works until the very minute it begins; please choose another end.",
            ),
            (
                "children 0 until",
                time(8),
                "The children are away until the very minute it begins; please choose another end.",
            ),
        ],
    )
    def test_asks_again_for_hours_and_keeps_nothing(self, store, welcome, field, hour, expected):
        welcome.time_input(key=f"welcome {field}").set_value(hour)

        assert [expected] == begin(welcome, "*Maya*")
        assert store.load_household() is None

    def test_a_couple_without_children_has_an_evening_instead_of_a_bedtime(self, welcome):
        welcome.toggle(key="welcome children").set_value(False).run()

        assert "The evening begins" in labels(welcome)
        assert not [label for label in labels(welcome) if "bedtime" in label]
        assert not [label for label in labels(welcome) if "are away" in label]

    @pytest.mark.parametrize("sleep", [time(0), time(1, 30)])
    def test_sleep_may_come_after_midnight(self, store, welcome, sleep):
        welcome.time_input(key="welcome sleep").set_value(sleep)

        assert not begin(welcome)
        assert sleep == store.load_household().hours.sleep

    def test_work_may_go_on_over_midnight(self, store, welcome):
        welcome.time_input(key="welcome two 0 from").set_value(time(22))
        welcome.time_input(key="welcome two 0 until").set_value(time(6))

        assert not begin(welcome)
        assert (Window.read("Mon-Fri 22:00-06:00"),) == store.load_household().hours.work[TWO]

    def test_work_has_up_to_three_lines(self, store, welcome):
        welcome.button_group(key="welcome one 0 days").set_value([0, 1])
        welcome.checkbox(key="welcome one more 1").check().run()
        welcome.button_group(key="welcome one 1 days").set_value([3, 2])
        welcome.time_input(key="welcome one 1 until").set_value(time(15))
        welcome.checkbox(key="welcome one more 2").check().run()
        welcome.button_group(key="welcome one 2 days").set_value([4])
        welcome.time_input(key="welcome one 2 until").set_value(time(13))
        begin(welcome)

        got = store.load_household().hours.work[ONE]
        expected = ["Mon-Tue 09:00-17:00", "Wed-Thu 09:00-15:00", "Fri 09:00-13:00"]
        assert expected == [str(window) for window in got]

    def test_a_line_without_days_is_no_line(self, store, welcome):
        welcome.checkbox(key="welcome one more 1").check().run()
        begin(welcome)

        assert store.load_household().hours == USUAL

    def test_a_day_may_be_split_but_two_lines_do_not_share_hours(self, welcome):
        welcome.checkbox(key="welcome one more 1").check().run()
        welcome.button_group(key="welcome one 1 days").set_value([4])
        shared_hours = "Maya works at the same hours in two lines; please leave them in one."

        assert [shared_hours] == begin(welcome)
        welcome.time_input(key="welcome one 1 from").set_value(time(18))
        welcome.time_input(key="welcome one 1 until").set_value(time(20))
        assert not begin(welcome)

    def test_every_field_has_a_name_of_its_own(self, welcome):
        for whose in (ONE, TWO, "children"):
            for number in (1, 2):
                welcome.checkbox(key=f"welcome {whose} more {number}").check().run()

        assert len(set(labels(welcome))) == len(labels(welcome))
        assert all(labels(welcome))

    def test_a_name_is_never_markdown(self, welcome):
        welcome.text_input(key="welcome one").set_value("*x* :red[y]").run()

        assert "\\*x\\* \\:red\\[y\\] works on" in labels(welcome)

    def test_looking_around_leaves_the_own_store_empty(self, store, welcome):
        welcome.button(key="welcome look").click().run()

        assert not welcome.exception
        assert "Household" in values(welcome.title)
        assert store.load_household() is None


class TestHousehold:
    @pytest.mark.parametrize("card", CARDS)
    def test_shows_what_is_kept(self, store, card):
        work = {ONE: (Window.read("Mon-Thu 08:00-16:00"), Window.read("Fri 08:00-13:00"))}
        hours = Hours(time(7), time(0, 30), time(20), work, (Window.read("Tue 09:00-12:00"),))
        at = opened(store, replace(HOME, zone="Etc/GMT-3", week_starts=5, hours=hours))
        change(at, card)
        keep(at)

        expected = replace(HOME, zone="Etc/GMT-3", week_starts=5, hours=hours)
        assert expected == store.load_household()

    def test_changes_everything_but_who_the_household_is(self, store, page):
        change(page, "who")
        field(page.text_input, " one").set_value("Ana")
        field(page.text_input, " two").set_value("Ben")
        field(page.selectbox, " zone").set_value("UTC")
        field(page.button_group, " week starts").set_value(6)
        field(page.button_group, " twelve hours").set_value(True)
        field(page.button_group, " month first").set_value(True)
        field(page.button_group, " paper").set_value(Paper.LETTER)
        assert not keep(page)
        change(page, "hours")
        field(page.time_input, " wake").set_value(time(7))
        field(page.time_input, " sleep").set_value(time(23))
        field(page.time_input, " bedtime").set_value(time(20))
        assert not keep(page)
        for day, card in enumerate((ONE, TWO, "children")):
            change(page, card)
            field(page.button_group, " A0 days").set_value([day])
            assert not keep(page)

        work = {ONE: (Window.read("Mon 09:00-17:00"),), TWO: (Window.read("Tue 09:00-17:00"),)}
        away = (Window.read("Wed 08:00-16:00"),)
        expected = Household(
            HOME.id,
            (Partner(ONE, "Ana"), Partner(TWO, "Ben")),
            children=True,
            zone="UTC",
            week_starts=6,
            hours=Hours(time(7), time(23), time(20), work, away),
            formats=Formats(twelve_hours=True, month_first=True, paper=Paper.LETTER),
        )
        assert expected == store.load_household().lasting
        assert values(page.toast) == ["Kept."]

    def test_keeps_nothing_before_the_button(self, store, page):
        change(page, "who")
        field(page.text_input, " one").set_value("Ana")
        field(page.toggle, " children").set_value(False).run()

        assert store.load_household() == HOME

    def test_asks_again_and_keeps_what_was(self, store, page):
        change(page, "who")
        field(page.text_input, " one").set_value("Jonas")

        assert keep(page)
        assert store.load_household() == HOME
        assert not page.toast

    def test_hours_of_children_wait_while_there_are_none(self, store, page):
        change(page, "who")
        field(page.toggle, " children").set_value(False).run()
        assert "What\nyou said of past weeks stays" in on_page(page)
        keep(page)

        assert replace(HOME, children=False) == store.load_household().lasting

    def test_what_lies_ahead_follows_new_hours(self, store, page):
        now = datetime.now(UTC)
        week = local_time.week_to_plan(local_time.local_day(now, HOME), HOME)
        talk = a_ritual("late-talk", minutes=60, window="daily 19:30-22:30", needs=Needs.ASLEEP)
        store.save_ritual(talk)
        hopes = changes.first_plan(week, HOME)
        begun = changes.choose(hopes, talk.id, None, 1)
        laid = scheduling.scheduled(begun, PlanningContext(HOME, {talk.id: talk}), now)
        late = changes.move(laid, laid.occurrences[0].id, at(week, 21, HOME), False, now)
        store.change_plan(late, lambda plan: plan)
        change(page, "hours")
        field(page.time_input, " sleep").set_value(time(21))
        keep(page)
        (after,) = standing(store.load_plan(week))

        assert after.end <= at(week, 20, HOME).end

    def test_can_be_kept_twice(self, store, page):
        for name in ("Ana", "Ada"):
            change(page, "who")
            field(page.text_input, " one").set_value(name)
            keep(page)

        assert store.load_household().name(ONE) == "Ada"

    def test_shows_what_was_kept_in_another_window(self, store, page):
        change(page, "who")
        store.save_household(replace(HOME, zone="UTC"))
        page.run()

        assert field(page.selectbox, " zone").value == "UTC"

    def test_any_number_of_lines_stays(self, store):
        work = {
            ONE: tuple(Window.read(f"{day} 09:00-10:00") for day in ("Mon", "Tue", "Wed", "Thu"))
        }
        at = opened(store, replace(HOME, hours=replace(USUAL, work=work)))
        change(at, ONE)
        keep(at)

        assert work == store.load_household().hours.work

    def test_tells_where_the_store_is(self, page, tmp_path):
        file = tmp_path / "leavewell.db"

        assert [str(file)] == values(page.code)
        assert "- **leavewell.db**: your household, rituals, weeks" in on_page(page)
        assert "bytes" not in on_page(page)  # how they grow would tell of a drawer
        assert f"Each Sunday a copy of it goes into **{tmp_path}/backups**" in on_page(
            page
        ).replace("\\", "")

    def test_says_that_the_sample_is_a_sample(self, welcome):
        welcome.button(key="welcome look").click().run()

        assert "gone when the program ends" in on_page(welcome)
        assert not welcome.code
