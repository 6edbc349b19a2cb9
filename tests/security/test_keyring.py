"""Where the servers' passwords are, and what happens where no keyring keeps them."""

import json
from dataclasses import replace

import keyring
import pytest
from keyring.backends import fail, null

from rituals.model.calendar import Audience, Server
from rituals.security.keyring import forget, keep, kept, there_is_a_keyring

SHARED = Server(
    Audience.SHARED, "https://cloud.example/dav", "maya", "https://cloud.example/us/", "Us"
)
OWN = replace(SHARED, audience=Audience.ONE, calendar="https://cloud.example/own/", name="Own")
ELSEWHERE = replace(SHARED, url="https://cloud.example:8443/dav")


def test_a_password_is_kept_under_our_name_with_login_and_host(keyring_file):
    taken = keep(SHARED, "Tee: ä")

    assert taken
    assert {"Leavewell|maya@cloud.example": "Tee: ä"} == json.loads(keyring_file.read_text())
    assert "Tee: ä" == kept(SHARED)


@pytest.mark.usefixtures("keyring_file")
def test_two_calendars_of_one_login_go_by_one_password_and_another_host_does_not():
    keep(SHARED, "tea")

    assert ("tea", None) == (kept(OWN), kept(ELSEWHERE))


@pytest.mark.usefixtures("keyring_file")
def test_a_forgotten_password_is_gone():
    keep(SHARED, "tea")

    assert forget(SHARED, [ELSEWHERE])
    assert None is kept(SHARED)


@pytest.mark.usefixtures("keyring_file")
def test_a_password_that_another_calendar_goes_by_stays():
    keep(SHARED, "tea")

    assert not forget(SHARED, [OWN])
    assert "tea" == kept(OWN)


@pytest.mark.usefixtures("keyring_file")
def test_forgetting_what_was_never_kept_is_fine():
    assert forget(SHARED)


@pytest.mark.parametrize("backend", [fail.Keyring, null.Keyring])
def test_a_system_without_a_keyring_keeps_nothing_and_says_so(keyring_file, backend):
    keyring.set_keyring(backend())

    assert not there_is_a_keyring()
    assert not keep(SHARED, "tea")
    assert None is kept(SHARED)
    assert forget(SHARED)
    assert not keyring_file.exists()


def test_a_keyring_that_anybody_can_read_is_none(keyring_file, monkeypatch):
    monkeypatch.setattr(type(keyring.get_keyring()), "priority", 0.5)

    assert not there_is_a_keyring()
    assert not keep(SHARED, "tea")
    assert not keyring_file.exists()


def test_a_locked_keyring_keeps_and_gives_nothing(keyring_file):
    keep(SHARED, "tea")
    keyring_file.unlink()
    keyring_file.mkdir()

    assert there_is_a_keyring()
    assert not keep(SHARED, "tea")
    assert None is kept(SHARED)


def test_a_keyring_that_cannot_be_loaded_is_none(monkeypatch):
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "nowhere.Keyring")
    monkeypatch.setattr(keyring.core, "_keyring_backend", None)

    assert not there_is_a_keyring()
