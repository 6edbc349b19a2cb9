"""What every season has, whichever it is."""

from rituals.model.plan import SHARE_OF_HOPES, Season
from rituals.model.wording import SEASONS


def test_every_season_has_its_share_of_the_hopes_and_its_words():
    assert [*Season] == [*SHARE_OF_HOPES] == [*SEASONS]


def test_the_name_of_a_season_fits_its_column():
    assert max(map(len, Season)) <= 8
