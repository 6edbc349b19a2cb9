"""Public holidays of a country or one of its regions, by the library `holidays`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache

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


@cache
def countries() -> dict[str, str]:
    """Countries whose public holidays are known, in the order of their names, each by its code."""
    from holidays.registry import COUNTRIES

    known = regions()
    names = {codes[1]: _spaced(codes[0]) for codes in COUNTRIES.values()}
    return {code: names[code] for code in sorted(names, key=names.__getitem__) if code in known}


@cache
def parts(country: str) -> dict[str, str]:
    """Regions of a country that have public holidays of their own, each by its code."""
    import holidays

    codes = regions().get(country, ())
    aliases = holidays.country_holidays(country).subdivisions_aliases if codes else {}
    names = {code: name for name, code in reversed(aliases.items())}
    return {code: names.get(code, code) for code in codes}


def region_name(region: str) -> str:
    """A country or region as people call it: "Bayern, Germany"."""
    country, _, part = region.partition("-")
    named = countries().get(country, country)
    return f"{parts(country).get(part, part)}, {named}" if part else named


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
    sentence = f"Nobody here knows the public holidays of “{quoted(region)}”"
    return f"{sentence}; write a country as DE, a part of it as DE-BY."


def _spaced(name: str) -> str:
    """The library's "TrinidadAndTobago" as people write it."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return re.sub(r" (And|Of|The)(?= )", lambda found: found[0].lower(), words)
