"""A guide opens at the calendar program of the machine one reads it on."""

import pytest

from pages.publishing import guides

PROGRAMS = ["google", "apple", "outlook", "thunderbird"]
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605 Mobile/15E148"
ANDROID = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/131.0.0.0 Mobile Safari"
TABLET = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/131.0.0.0 Safari/537.36"


@pytest.mark.parametrize(
    ("machine", "expected"),
    [
        (IPHONE, "apple"),
        (ANDROID, "google"),
        (TABLET, "google"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Safari/605.1.15", "apple"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Firefox/133.0", "outlook"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Firefox/133.0", "thunderbird"),
        ("Mozilla/5.0 (X11; Linux aarch64; Mobile; rv:133.0) Firefox/133.0", "google"),
        ("", None),
    ],
)
def test_a_phone_has_its_own_program_and_never_a_desk_s(machine, expected):
    assert expected == guides.usual(machine, PROGRAMS)
