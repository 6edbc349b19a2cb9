"""The hours of a chosen ritual in its week, in words; or a few words where it has none."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from rituals.model import wording
from rituals.model.household import Household
from rituals.model.plan import Occurrence, Plan, Season, standing
from rituals.model.ritual import Ritual
from rituals.planning.choices import secret
from rituals.text import single_line


@dataclass(frozen=True)
class Hours:
    """A week with all that the words follow from: the ids that wait, the rituals that are awake."""

    plan: Plan
    household: Household
    waiting: Collection[str]
    awake: Collection[str]
    drawers: bool = False  # one of the two has a drawer

    def in_full(self, ritual: Ritual) -> str:
        """Its hours and whose: "Nora Thu 19:30 · 2 h 30 · waits for a sitter"."""
        lying = self._lying(ritual)
        if not lying:
            return self._secretly(ritual) if ritual.secret else self._nowhere(ritual)
        by_partner: dict[str | None, list[Occurrence]] = {}
        for occurrence in lying:
            by_partner.setdefault(occurrence.partner, []).append(occurrence)
        waits = any(occurrence.id in self.waiting for occurrence in lying)
        return f"{self._of_each(by_partner)}{' · waits for a sitter' if waits else ''}"

    def briefly(self, ritual: Ritual) -> str:
        """Its day, or how often it comes."""
        lying = self._lying(ritual)
        if ritual.secret and not lying and not self._is_off:
            return secret.briefly(ritual, self.plan)
        return wording.briefly(lying, self.household) if lying else self._nowhere(ritual)

    def _lying(self, ritual: Ritual) -> list[Occurrence]:
        return [o for o in standing(self.plan) if o.ritual == ritual.id]

    def _of_each(self, by_partner: Mapping[str | None, Sequence[Occurrence]]) -> str:
        """The hours with their owners' names; of two who have their own each, without lengths."""
        said = wording.lies if len(by_partner) == 1 else wording.lies_at
        names: dict[str | None, str] = {None: ""}
        names |= {p.key: f"{single_line(p.name)} " for p in self.household.partners}
        return ", ".join(
            f"{name}{said(by_partner[partner], self.household)}"
            for partner, name in names.items()
            if partner in by_partner
        )

    @property
    def _is_off(self) -> bool:
        return self.plan.season is Season.GRACE

    def _secretly(self, ritual: Ritual) -> str:
        """The sentence of a secret ritual: whose and how many, and neither a day nor an hour."""
        if self._is_off:
            return "rests"
        line = secret.line(ritual, self.plan, self.household)
        return f"{line} · from your drawers" if self.drawers else line

    def _nowhere(self, ritual: Ritual) -> str:
        if self._is_off or ritual.id not in self.awake:
            return "rests"
        gone = any(o.ritual == ritual.id and o.let_go and o.chosen for o in self.plan.occurrences)
        return "left out" if gone else "no place yet"
