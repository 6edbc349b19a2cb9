"""Public holidays of a country or one of its regions, by the library `holidays`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache


class RegionError(ValueError):
    """A country or region that is not known; the text is one sentence for people."""


def check_region(region: str) -> None:
    """Raises RegionError for a region whose public holidays nobody knows."""
    named_in(2026, region)


def regions() -> dict[str, list[str]]:
    """Countries whose public holidays are known, each with its regions."""
    import holidays

    return holidays.list_supported_countries(include_aliases=False)


@lru_cache(64)
def named_in(year: int, region: str) -> Mapping[date, str]:
    """The public holidays of a year, by day; raises RegionError. Region "": there are none."""
    if not region:
        return {}
    import holidays

    country, _, part = region.partition("-")
    try:
        found = holidays.country_holidays(
            country, subdiv=part or None, years=year, language="en_US"
        )
    except NotImplementedError:
        raise RegionError(f"Nobody here knows the public holidays of “{region[:20]}”.") from None
    return {day: found[day] for day in sorted(found)}
