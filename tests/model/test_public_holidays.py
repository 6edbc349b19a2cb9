from datetime import date

import pytest

from rituals.model import public_holidays


@pytest.mark.parametrize(
    ("typed", "region"),
    [("DE-BY", "DE-BY"), ("de-by", "DE-BY"), (" at ", "AT"), ("gb-Eng", "GB-ENG"), ("", "")],
)
def test_a_region_is_written_one_way(typed, region):
    assert region == public_holidays.known(typed)


@pytest.mark.parametrize("region", ["utils", "HolidayBase", "PUBLIC", "XNYS", "DE-", "DE-XX", "-"])
def test_what_is_no_country_has_no_public_holidays(region):
    with pytest.raises(public_holidays.RegionError, match="Nobody here knows"):
        public_holidays.known(region)


@pytest.mark.parametrize("region", ["utils", "HolidayBase", "PUBLIC", "XNYS"])
def test_a_name_of_the_library_is_no_country(region):
    with pytest.raises(public_holidays.RegionError):
        public_holidays.named_in(2026, region)


def test_a_part_of_a_country_has_its_own():
    epiphany = date(2026, 1, 6)

    assert epiphany in public_holidays.named_in(2026, "DE-BY")
    assert epiphany not in public_holidays.named_in(2026, "DE-BE")
