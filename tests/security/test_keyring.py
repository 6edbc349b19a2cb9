"""Where the servers' passwords are, and what happens where no keyring keeps them."""

import json
from dataclasses import replace

import keyring
import pytest
from keyring.backends import fail, null

from rituals.model.calendar import Audience, Server
from rituals.security.keyring import delete_password, is_available, password_of, save_password

SHARED = Server(
    Audience.SHARED, "https://cloud.example/dav", "maya", "https://cloud.example/us/", "Us"
)
OWN = replace(SHARED, audience=Audience.ONE, calendar="https://cloud.example/own/", name="Own")
ELSEWHERE = replace(SHARED, url="https://cloud.example:8443/dav")


def test_a_password_is_kept_under_our_name_with_login_and_host(keyring_file):
    taken = save_password(SHARED, "Tee: ä")

    assert taken
    assert {"Leavewell|maya@cloud.example": "Tee: ä"} == json.loads(keyring_file.read_text())
    assert "Tee: ä" == password_of(SHARED)


@pytest.mark.usefixtures("keyring_file")
def test_two_calendars_of_one_login_go_by_one_password_and_another_host_does_not():
    save_password(SHARED, "tea")

    assert ("tea", None) == (password_of(OWN), password_of(ELSEWHERE))


@pytest.mark.usefixtures("keyring_file")
def test_a_forgotten_password_is_gone():
    save_password(SHARED, "tea")

    assert delete_password(SHARED, [ELSEWHERE])
    assert None is password_of(SHARED)


@pytest.mark.usefixtures("keyring_file")
def test_a_password_that_another_calendar_goes_by_stays():
    save_password(SHARED, "tea")

    assert not delete_password(SHARED, [OWN])
    assert "tea" == password_of(OWN)


@pytest.mark.usefixtures("keyring_file")
def test_forgetting_what_was_never_kept_is_fine():
    assert delete_password(SHARED)


@pytest.mark.parametrize("backend", [fail.Keyring, null.Keyring])
def test_a_system_without_a_keyring_keeps_nothing_and_says_so(keyring_file, backend):
    keyring.set_keyring(backend())

    assert not is_available()
    assert not save_password(SHARED, "tea")
    assert None is password_of(SHARED)
    assert delete_password(SHARED)
    assert not keyring_file.exists()


def test_a_keyring_that_anybody_can_read_is_none(keyring_file, monkeypatch):
    monkeypatch.setattr(type(keyring.get_keyring()), "priority", 0.5)

    assert not is_available()
    assert not save_password(SHARED, "tea")
    assert not keyring_file.exists()


def test_a_locked_keyring_keeps_and_gives_nothing(keyring_file):
    save_password(SHARED, "tea")
    keyring_file.unlink()
    keyring_file.mkdir()

    assert is_available()
    assert not save_password(SHARED, "tea")
    assert None is password_of(SHARED)


def test_a_keyring_that_cannot_be_loaded_is_none(monkeypatch):
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "nowhere.Keyring")
    monkeypatch.setattr(keyring.core, "_keyring_backend", None)

    assert not is_available()
