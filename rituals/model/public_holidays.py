"""Public holidays of a country or one of its regions, by the library `holidays`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from rituals.text import quoted


class RegionError(ValueError):
    """A country or region that is not known; the text is one sentence for people."""


def known(region: str) -> str:
    """The region as it is written here, "DE-BY" for "de-by"; raises RegionError."""
    country, dash, part = region.strip().partition("-")
    parts = regions().get(country.upper())
    found = {p.casefold(): p for p in parts or ()}
    if region and (parts is None or (dash and part.casefold() not in found)):
        raise RegionError(_unknown(region))
    return f"{country.upper()}-{found[part.casefold()]}" if dash else country.upper()


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
    if country not in regions():  # the library takes any name that it has for a country
        raise RegionError(_unknown(region))
    try:
        found = holidays.country_holidays(
            country, subdiv=part or None, years=year, language="en_US"
        )
    except NotImplementedError:
        raise RegionError(_unknown(region)) from None
    return {day: found[day] for day in sorted(found)}


def _unknown(region: str) -> str:
    return f"Nobody here knows the public holidays of “{quoted(region)}”."
