"""A login goes to the server it was typed for and its own, and nowhere that only sounds alike."""

import pytest

from rituals.calendars.caldav.client import _Careful
from rituals.calendars.caldav.errors import ServerError


@pytest.mark.parametrize(
    ("home", "to"),
    [
        ("cal.family.co.uk", "evil.co.uk"),
        ("ours.duckdns.org", "theirs.duckdns.org"),
        ("family.example", "evil.example"),
        ("caldav.icloud.com", "evilicloud.com"),
        ("localhost", "evil.localhost"),
    ],
)
def test_a_login_goes_to_nobody_else(home, to):
    with pytest.raises(ServerError, match="sends on to"):
        a_session(home)._check(f"https://{to}/dav")


@pytest.mark.parametrize(
    ("home", "to"),
    [
        ("caldav.icloud.com", "p42-caldav.icloud.com"),
        ("family.example", "cloud.family.example"),
        ("family.example", "family.example"),
    ],
)
def test_a_login_follows_its_own_server(home, to):
    a_session(home)._check(f"https://{to}/dav")


def a_session(home):
    return _Careful(f"https://{home}/", "us", "secret")
