"""What is usual, told on the Household page: turns, sleep by day, the children, a sitter."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from rituals.model import local_time
from rituals.model.household import ONE, TWO, Household, Partner
from rituals.model.plan import Choice
from rituals.model.time.recurrence import Recurrence
from rituals.model.time.span import Spans
from rituals.model.time.window import DAYS, Window
from rituals.model.usual import Child, DayHours, Elsewhere, Holidays, Usual
from rituals.model.week_facts import week_facts
from tests.support.notation import (
    NOW,
    a_household,
    a_plan,
    a_ritual,
    a_span,
    hours_of,
    spans,
    today_at_home,
)
from tests.support.paths import SHELL

HOME = a_household(hours=hours_of("Mon-Fri 09:00-17:00", "Mon-Fri 09:00-17:00"))
FIVE_YEARS_AGO = NOW.year - 5  # of the clock that each test has, not of the real one

pytestmark = pytest.mark.usefixtures("store")


@pytest.fixture
def page(store):
    return opened(store, HOME)


def opened(store, household: Household):
    store.save_household(household)
    at = AppTest.from_file(str(SHELL), default_timeout=30)
    at.session_state["edits visit"] = "v"
    at.switch_page("household.py")
    return at.run()


def change(at, card):
    at.button(key=f"change {card}").click().run()
    assert not at.exception


def field(widgets, ending):
    """The widget of the open card whose key ends so."""
    return next(w for w in widgets if w.key.startswith("household") and w.key.endswith(ending))


def turn(at, ending=" how"):
    field(at.button_group, ending).set_value("in turns").run()


def add(at, label):
    next(b for b in at.button if b.label == label).click().run()
    assert not at.exception


def line(at, which, days, hours):
    """Fills a line: "A0", its days, and "06:00-14:00"."""
    start, end = (time.fromisoformat(clock) for clock in hours.split("-"))
    field(at.button_group, f" {which} days").set_value(days)
    field(at.time_input, f" {which} from").set_value(start)
    field(at.time_input, f" {which} until").set_value(end).run()
    assert not at.exception


def keep(at):
    field(at.button, " keep").click().run()
    assert not at.exception
    return [element.value for element in at.info]


def this_week(later=0):
    return local_time.week_of(local_time.local_day(datetime.now(UTC), HOME), HOME) + later


def facts(store, later=0):
    """The facts of a week as they follow from what was told, whatever was usual before."""
    return week_facts(this_week(later), store.load_household().lasting)


def within(found: Spans, later=0) -> Spans:
    return found & Spans([local_time.week_span(this_week(later), HOME)])


def stay(begins, ends, later, days):
    """From "Sat 10:00" of a week to "18:00" some days later."""
    week = this_week(later)
    day, clock = begins.split()
    start = a_span(f"{day} {clock}-{clock}", week).start
    last = start.astimezone(HOME.tz).date() + timedelta(days=days)
    return start, local_time.instant(last, time.fromisoformat(ends), HOME)


def pictures(at):
    return " ".join(element.proto.body for element in at.get("html"))


class TestWork:
    def test_early_late_and_night_take_turns(self, store, page):
        change(page, ONE)
        turn(page)
        add(page, "Week C")
        line(page, "A0", [0, 1, 2, 3, 4], "06:00-14:00")
        line(page, "B0", [0, 1, 2, 3, 4], "14:00-22:00")
        line(page, "C0", [0, 1, 2, 3], "22:00-06:00")
        assert not keep(page)

        on = {0: ("06:00-14:00", 5), 1: ("14:00-22:00", 5), 2: ("22:00-06:00", 4)}
        for later, (hours, days) in on.items():
            expected = ", ".join(f"{day} {hours}" for day in DAYS[:days])
            week = this_week(later)
            assert spans(expected, week) == within(facts(store, later).work[ONE], later)

    @pytest.mark.parametrize("later", [1, 10])
    def test_each_week_that_has_a_plan_is_placed_around_it(self, store, page, later):
        talk, week = a_ritual(window="Tue,Fri 18:00-19:00"), this_week(later)
        store.save_ritual(talk)
        store.change_plan(a_plan(week=week, choices=(Choice(talk.id, None, 1),)), lambda plan: plan)
        change(page, ONE)
        line(page, "A0", [1], "18:00-22:00")
        assert not keep(page)

        (lies,) = store.load_plan(week).occurrences
        assert a_span("Fri 18:00-19:00", week).start == lies.start

    def test_this_week_may_be_the_second_of_the_turns(self, store, page):
        change(page, ONE)
        turn(page)
        line(page, "B0", [0], "12:00-20:00")
        field(page.button_group, " this of 2").set_value(1).run()
        assert not keep(page)

        expected = spans("Mon 12:00-20:00", this_week())
        assert expected == within(facts(store).work[ONE])
        change(page, ONE)
        assert field(page.button_group, " this of 2").value == 1

    def test_sleep_by_day_follows_the_nights_of_work(self, store, page):
        change(page, TWO)
        line(page, "A0", [0, 1], "22:00-06:00")
        field(page.toggle, " sleeps").set_value(True).run()
        assert not keep(page)

        expected = spans("Tue 08:00-14:00, Wed 08:00-14:00", this_week())
        assert expected == within(facts(store).asleep_by_day[TWO])

    def test_sleep_by_day_takes_the_turns_of_work(self, store, page):
        change(page, TWO)
        turn(page)
        line(page, "A0", [0], "09:00-17:00")
        line(page, "B0", [0], "22:00-06:00")
        field(page.toggle, " sleeps").set_value(True).run()
        assert not keep(page)
        change(page, TWO)
        field(page.button_group, " this of 2").set_value(1).run()
        assert not keep(page)

        asleep = spans("Tue 08:00-14:00", this_week())
        assert asleep == within(facts(store).asleep_by_day[TWO])
        assert Spans() == within(facts(store, 1).asleep_by_day[TWO], 1)

    def test_nobody_is_asked_about_sleep_by_day_who_works_by_day(self, page):
        change(page, ONE)

        assert not [w for w in page.toggle if w.key.endswith(" sleeps")]

    def test_what_no_line_can_show_stays_and_is_named(self, store):
        two_days = Recurrence(datetime(2026, 1, 5, 8), datetime(2026, 1, 7, 8), 2)  # noqa: DTZ001
        usual = Usual(work={ONE: (two_days,)})
        at = opened(store, replace(HOME, usual=usual))
        change(at, ONE)
        assert any(text.value.startswith("Also: Every second Monday") for text in at.caption)
        line(at, "A0", [0], "10:00-12:00")
        keep(at)

        assert (two_days,) == store.load_household().usual.work[ONE]

    def test_hours_that_cannot_be_are_told_beside_them_and_not_kept(self, store, page):
        change(page, ONE)
        line(page, "A0", [0], "09:00-09:00")
        expected = "Maya works until the very minute it begins; please choose another end."

        assert [expected] == keep(page)
        assert store.load_household() == HOME


class TestChildren:
    def test_every_second_weekend_begins_next_week(self, store, page):
        change(page, "children")
        add(page, "Every second weekend")
        field(page.text_input, " B0 place").set_value("Oma’s")
        assert not keep(page)
        change(page, "children")
        assert "Oma’s" == field(page.text_input, " B0 place").value

        assert Spans() == within(facts(store).elsewhere)
        ((start, end),) = ((s.start, s.end) for s in within(facts(store, 1).elsewhere, 1))
        assert stay("Sat 10:00", "18:00", 1, days=1) == (start, end)
        assert ["Oma’s"] == [other.place for other in store.load_household().usual.elsewhere]

    def test_week_on_week_off_ends_where_the_next_week_begins(self, store, page):
        change(page, "children")
        add(page, "Week on, week off")
        assert not keep(page)

        (other,) = store.load_household().usual.elsewhere
        assert (2, timedelta(days=6, hours=16)) == (
            other.when.weeks,
            other.when.end - other.when.start,
        )

    def test_two_two_three_gives_each_home_seven_nights_in_two_weeks(self, store, page):
        change(page, "children")
        add(page, "2-2-3")
        assert not keep(page)

        household = store.load_household()
        away = [week_facts(this_week(n), household).elsewhere for n in (2, 3)]
        nights = [a_span(f"{day} 03:00-04:00", this_week(n)).start for n in (2, 3) for day in DAYS]
        found = [
            any(s.start <= night < s.end for s in away[n // 7]) for n, night in enumerate(nights)
        ]
        assert 7 == sum(found)

    def test_a_stay_of_two_weeks_is_shown_week_by_week_and_stays(self, store):
        begins = datetime.combine(this_week().monday, time(16))
        kept = (Elsewhere(Recurrence(begins, begins + timedelta(days=14), 4), "Papa’s"),)
        at = opened(store, replace(HOME, usual=Usual(elsewhere=kept)))
        change(at, "children")
        assert ["Papa’s", "Papa’s"] == [
            w.value for w in at.text_input if w.key.endswith(" place") and w.value
        ]
        keep(at)

        assert kept == store.load_household().usual.elsewhere

    def test_names_and_years_of_birth_are_kept(self, store, page):
        change(page, "children")
        field(page.text_input, " child 0").set_value("Mia")
        field(page.number_input, " born 0").set_value(FIVE_YEARS_AGO)
        add(page, "Another child")
        field(page.text_input, " child 1").set_value(" Ben ")
        assert not keep(page)

        assert (Child("Mia", FIVE_YEARS_AGO), Child("Ben")) == store.load_household().usual.children

    def test_a_year_without_a_name_is_asked_about(self, store, page):
        change(page, "children")
        field(page.number_input, " born 0").set_value(FIVE_YEARS_AGO)

        assert ["A year stands here without a name; a short one is fine."] == keep(page)
        assert store.load_household() == HOME


class TestTheOthers:
    def test_a_sitter_comes_every_second_friday(self, store, page):
        change(page, "sitter")
        turn(page)
        line(page, "B0", [4], "19:00-23:00")
        assert not keep(page)

        assert Spans() == within(facts(store).sitter)
        assert spans("Fri 19:00-23:00", this_week(1)) == within(facts(store, 1).sitter, 1)
        self.shown_again(page, "sitter")

    def shown_again(self, page, card):
        """The same letters once a card is open again: B has the hours, and this week is A."""
        change(page, card)
        assert ([], [4]) == tuple(field(page.button_group, f" {week}0 days").value for week in "AB")
        assert 0 == field(page.button_group, " this of 2").value

    @pytest.mark.parametrize(("card", "at"), [(ONE, ""), ("children", " school")])
    def test_a_week_without_hours_keeps_its_letter(self, store, card, at):
        page = opened(store, replace(HOME, hours=replace(HOME.hours, work={})))
        change(page, card)
        turn(page, f"{at} how")
        line(page, "B0", [4], "12:00-18:00")
        assert not keep(page)

        self.shown_again(page, card)
        field(page.button_group, " this of 2").set_value(1).run()
        assert not keep(page)
        change(page, card)
        assert 1 == field(page.button_group, " this of 2").value

    def test_evenings_of_the_weekend_are_longer(self, store, page):
        change(page, "hours")
        add(page, "Other hours on some days")
        field(page.button_group, " other 0 days").set_value([4, 5])
        field(page.time_input, " other 0 sleep").set_value(time(0, 30))
        assert not keep(page)

        assert (DayHours.read("Fri,Sat sleep 00:30"),) == store.load_household().usual.days

    def test_hours_of_one_partner_leave_the_others_alone(self, store, page):
        change(page, "hours")
        add(page, "Other hours on some days")
        field(page.button_group, " other 0 days").set_value([6])
        field(page.button_group, " other 0 whose").set_value(TWO).run()
        field(page.time_input, " other 0 wake").set_value(time(9))
        assert not keep(page)

        assert (DayHours.read("Sun wake 09:00", TWO),) == store.load_household().usual.days

    def test_the_way_home_and_free_evenings_are_kept(self, store, page):
        change(page, "hours")
        field(page.number_input, " way home").set_value(35)
        field(page.button_group, f" evenings {TWO}").set_value([3, 0])
        assert not keep(page)
        usual = store.load_household().usual

        assert (35, {TWO: (0, 3)}) == (usual.way_home, usual.free_evenings)

    def test_a_day_in_no_order_is_named(self, store, page):
        change(page, "hours")
        add(page, "Other hours on some days")
        field(page.button_group, " other 0 days").set_value([2])
        field(page.time_input, " other 0 bedtime").set_value(time(5))

        assert [
            "On Wednesday the children’s bedtime comes later in the day than waking up; "
            "please look at the two again."
        ] == keep(page)
        assert store.load_household() == HOME

    @pytest.mark.parametrize("bedtime", [time(22, 30), time(23)])
    def test_an_older_child_goes_to_bed_with_the_two_or_after_them(self, store, page, bedtime):
        change(page, "hours")
        field(page.time_input, " bedtime").set_value(bedtime)
        assert not keep(page)

        assert bedtime == store.load_household().hours.bedtime

    def test_on_some_days_an_older_child_goes_to_bed_after_the_two(self, store, page):
        change(page, "hours")
        add(page, "Other hours on some days")
        field(page.button_group, " other 0 days").set_value([5])
        field(page.time_input, " other 0 bedtime").set_value(time(23, 30))
        assert not keep(page)

        assert (DayHours.read("Sat bedtime 23:30"),) == store.load_household().usual.days

    def test_a_partner_who_sleeps_and_wakes_at_once_is_named(self, store):
        at = opened(store, replace(HOME, partners=(Partner(ONE, "*Maya*"), HOME.partners[1])))
        change(at, "hours")
        add(at, "Other hours on some days")
        field(at.button_group, " other 0 days").set_value([5])
        field(at.button_group, " other 0 whose").set_value(ONE).run()
        field(at.time_input, " other 0 sleep").set_value(HOME.hours.wake)

        assert [
            "On Saturday \\*Maya\\* wakes up at the very minute of going to sleep; "
            "please look at the two again."
        ] == keep(at)

    def test_a_baby_has_no_bedtime(self, store, page):
        change(page, "hours")
        field(page.toggle, " no bedtime").set_value(True)
        assert not keep(page)

        assert store.load_household().usual.no_bedtime

    def test_public_holidays_of_a_region_are_both_partners_days_off(self, store, page):
        change(page, "holidays")
        field(page.selectbox, " country").set_value("DE").run()
        field(page.selectbox, " region DE").set_value("BY").run()
        assert "The next public holiday" in pictures(page)
        assert not keep(page)

        assert Holidays("DE-BY", (ONE, TWO)) == store.load_household().usual.holidays
        assert any("Bayern, Germany" in text.value for text in page.markdown)


class TestCards:
    def test_one_is_open_at_a_time(self, page):
        change(page, ONE)
        change(page, TWO)

        assert 1 == len([b for b in page.button if b.label == "Save"])

    def test_what_is_not_kept_holds_its_card_open(self, page):
        change(page, ONE)
        line(page, "A0", [0], "10:00-12:00")
        change(page, TWO)

        assert time(10) == field(page.time_input, " A0 from").value
        assert any("keep it first" in text.value for text in page.caption)

    def test_not_now_changes_nothing(self, store, page):
        change(page, ONE)
        turn(page)
        line(page, "B0", [0], "10:00-12:00")
        field(page.button, " not now").click().run()

        assert store.load_household() == HOME
        change(page, ONE)
        assert "every week" == field(page.button_group, " how").value

    def test_what_another_screen_keeps_of_another_matter_stays(self, store, page):
        change(page, ONE)
        line(page, "A0", [0], "10:00-12:00")
        other = replace(
            HOME.hours, work={**HOME.hours.work, TWO: (Window.read("Tue 08:00-09:00"),)}
        )
        store.save_household(replace(HOME, hours=other))
        assert not keep(page)

        expected = {ONE: (Window.read("Mon 10:00-12:00"),), TWO: (Window.read("Tue 08:00-09:00"),)}
        assert expected == store.load_household().hours.work

    def test_without_children_nobody_is_asked_about_them(self, store):
        at = opened(store, replace(HOME, children=False))
        keys = {button.key for button in at.button}

        assert {"change hours"} == {"change hours", "change children", "change sitter"} & keys

    def test_the_picture_follows_what_is_not_kept_yet(self, page):
        assert "Maya at work: Monday to Friday 09:00–17:00" in pictures(page)
        change(page, ONE)
        line(page, "A0", [0], "10:00-12:00")

        assert "Maya at work: Monday 10:00–12:00" in pictures(page)

    def test_every_field_has_a_name_of_its_own(self, page):
        for card in (ONE, "children", "sitter"):
            change(page, card)
            for more in [w for w in page.button_group if w.key.endswith(" how")]:
                more.set_value("in turns")
            page.run()
            add(page, next(b.label for b in page.button if b.label.endswith(" in B")))
            labels = [
                w.label
                for kind in (page.text_input, page.time_input, page.button_group, page.selectbox)
                for w in kind
                if w.key.startswith("household")
            ]
            assert len(set(labels)) == len(labels)
            assert all(labels)
            field(page.button, " not now").click().run()

    def test_what_changes_says_from_when_on_and_the_weeks_before_stay(self, store, page):
        change(page, ONE)
        assert [] == since(page)
        line(page, "A0", [0], "10:00-12:00")
        first = local_time.week_to_plan(today_at_home(), HOME)
        day = HOME.formats.short_day(first.monday)
        assert [f"Holds from the week of {day} on; earlier weeks stay as they were."] == since(page)
        keep(page)
        household = store.load_household()

        assert "Mon-Fri 09:00-17:00" == str(household.in_week(first - 1).hours.work[ONE][0])
        assert "Mon 10:00-12:00" == str(household.in_week(first).hours.work[ONE][0])

    def test_weeks_that_are_to_begin_on_another_day_say_when_they_do(self, store, page):
        week = local_time.week_to_plan(today_at_home(), HOME)
        store.change_plan(a_plan(week=week), lambda plan: plan)
        change(page, "who")
        field(page.button_group, " week starts").set_value(6).run()
        day = HOME.formats.short_day((week + 2).monday - timedelta(days=1))

        assert f"Weeks begin on Sunday from {day} on." in [c.value for c in page.caption]

    def test_another_name_holds_for_all_weeks_and_says_nothing_of_them(self, store, page):
        change(page, "who")
        field(page.text_input, " one").set_value("Mia").run()
        assert [] == since(page)
        keep(page)

        assert ("Mia", ()) == (store.load_household().name(ONE), store.load_household().earlier)


def since(at):
    return [c.value for c in at.caption if c.value.startswith("Holds from")]
