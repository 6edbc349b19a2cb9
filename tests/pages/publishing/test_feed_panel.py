"""Where a week goes by itself, as the page Calendars and step 5 show it."""

import re
from datetime import UTC, datetime

import pytest
import streamlit as st
from streamlit import config

from rituals.calendars.outgoing import feeds
from rituals.calendars.outgoing.ledger import Ledger
from rituals.model import local_time
from rituals.model.calendar import Audience, Feed, Route
from rituals.model.household import ONE
from tests.pages.test_calendars import opened, said
from tests.support.notation import a_household, a_plan, agreed_by_both, an_occurrence
from tests.support.visits import at_its_address

HOME = a_household()
LINK = re.compile(r"http://([\w.]+):(\d+)/calendar/([\w-]{43})\.ics", re.ASCII)
PICTURE = "For a phone"


@pytest.fixture
def at_home():
    """Leavewell as one starts it for the home network."""
    before = st.get_option("server.address")
    config.set_option("server.address", "192.168.1.5")
    yield
    config.set_option("server.address", before)


def press(at, label, of=Audience.SHARED):
    at.button(key=f"address {label} {of}").click().run()
    assert not at.exception
    return at


def typed(at, folder, of=Audience.SHARED):
    next(t for t in at.text_input if f"address folder {of}" in str(t.key)).set_value(folder)
    at.run()
    assert not at.exception
    return at


def links(at):
    return [code.value for code in at.code if LINK.fullmatch(code.value)]


def captions(at):
    return [caption.value.replace("\\", "") for caption in at.caption]


def this_week():
    return local_time.week_of(local_time.local_day(datetime.now(UTC), HOME), HOME)


def test_nothing_goes_out_until_somebody_switches_it_on(empty):
    at = opened()

    assert [] == links(at)
    assert {} == empty.load_feeds()


@pytest.mark.parametrize("audience", Audience)
def test_switched_on_an_audience_has_a_link_and_the_others_have_none(empty, audience):
    at = press(opened(), "Switch the address on", audience)
    ((link),) = links(at)
    host, _, token = LINK.fullmatch(link).groups()

    assert {audience: Feed(audience, token)} == empty.load_feeds()
    assert "127.0.0.1" == host


def test_a_link_is_renewed_only_once_one_said_so(empty):
    at = press(opened(), "Switch the address on")
    before = links(at)
    press(at, "Renew")
    asked = links(at)
    press(at, "Make a new link")

    assert before == asked
    assert before != links(at)
    assert feeds.feed_of_token(empty, LINK.fullmatch(before[0])[3]) is None
    assert feeds.feed_of_token(empty, LINK.fullmatch(links(at)[0])[3]).audience is Audience.SHARED


@pytest.mark.usefixtures("empty")
def test_a_link_one_was_asked_about_may_stay():
    at = press(opened(), "Switch the address on")
    before = links(at)
    press(press(at, "Renew"), "Keep this one")

    assert before == links(at)
    assert at.button(key="address Renew shared")


def test_switched_off_there_is_no_link_and_the_folder_stays(empty, tmp_path):
    empty.save_feed(Feed(Audience.SHARED, "token", str(tmp_path)))
    press(opened(), "Switch off")

    assert {Audience.SHARED: Feed(Audience.SHARED, "", str(tmp_path))} == empty.load_feeds()


@pytest.mark.usefixtures("empty")
def test_a_folder_is_written_into_at_once_and_the_page_says_when(tmp_path):
    at = typed(opened(), f" {tmp_path} ")
    file = tmp_path / "leavewell-shared.ics"

    assert file.is_file()
    # A file has the system's clock, whatever day the test lives on.
    written = datetime.fromtimestamp(file.stat().st_mtime, HOME.tz)
    assert any(
        re.fullmatch(rf"leavewell-shared\.ics: written on {written:%A} \d.*, \d\d:\d\d", caption)
        for caption in captions(at)
    )


def test_a_folder_that_is_not_there_is_said_and_kept(empty, tmp_path):
    at = typed(opened(), str(tmp_path / "later"))

    assert [f"There is no folder {tmp_path}/later."] == [
        warning.value.replace("\\", "") for warning in at.warning
    ]
    assert str(tmp_path / "later") == empty.load_feeds()[Audience.SHARED].folder


def test_a_folder_that_is_emptied_is_forgotten_and_its_file_stays(empty, tmp_path):
    at = typed(opened(), str(tmp_path))
    typed(at, "")

    assert {} == empty.load_feeds()
    assert (tmp_path / "leavewell-shared.ics").is_file()


def test_a_file_of_a_name_before_is_told_of(empty, tmp_path):
    week = this_week()
    lying = an_occurrence("Thu 20:00-21:00", week=week, partner=ONE)
    empty.change_plan(a_plan(lying, week=week), agreed_by_both)
    ledger = Ledger(a_household(), Audience.ONE, Route.FILE)
    empty.save_exported(ledger.new_entries(week, [lying], datetime.now(UTC)))
    feeds.write_file(
        empty, Audience.ONE, tmp_path, a_household(names=("Mai", "Jonas")), datetime.now(UTC)
    )
    at = typed(opened(), str(tmp_path), Audience.ONE)

    assert 1 == sum(
        caption.startswith("leavewell-mai.ics lies there too") for caption in captions(at)
    )


@pytest.mark.usefixtures("empty")
def test_on_this_machine_alone_it_says_how_to_let_phones_in():
    at = press(opened(), "Switch the address on")
    commands = [code.value for code in at.code if code.value.startswith("make run")]

    assert [True] == [bool(re.match(r"make run ADDRESS=[\d.…]+", each)) for each in commands]
    assert not at.get("image")


@pytest.mark.usefixtures("at_home", "empty")
def test_at_home_the_link_and_its_picture_lead_there():
    at = press(opened(), "Switch the address on")
    (picture,) = at.get("image")

    assert ["192.168.1.5"] == [LINK.fullmatch(link)[1] for link in links(at)]
    assert picture.proto.imgs[0].url.startswith("data:image/svg+xml")
    assert [] == [code.value for code in at.code if code.value.startswith("make run")]


def test_the_sample_couple_has_no_address(filled):
    filled.save_feed(Feed(Audience.SHARED, feeds.new_token()))
    at = at_its_address("calendars.py")
    at.query_params["look"] = "around"
    at.run()

    assert not at.exception
    assert [] == links(at)
    assert [] == [button.key for button in at.button if (button.key or "").startswith("address ")]


@pytest.mark.usefixtures("empty")
def test_what_is_said_stays_plain():
    at = press(press(opened(), "Switch the address on"), "Switch off")

    assert ["It is off. Who asks for it finds nothing there."] == said(at)
