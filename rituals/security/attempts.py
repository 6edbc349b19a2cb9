"""Wrong passphrases of the last hour, counted in the store: whoever made them waits longer.

They wait for those of others too, and nobody else does before there are very many. A restart
forgets none, and a clock that was set back gives nobody a try.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa

from rituals.store.schema import ATTEMPTS
from rituals.store.store import Store

LONGEST_WAIT = 60  # seconds
FREE = 10  # wrong ones of an hour, from wherever they come, before their makers wait for all
MANY = 300  # before everybody waits: a stranger may make up where they come from
REMEMBERED = timedelta(hours=1)


@dataclass
class Attempts:
    """Wrong tries of the last hour: by network, how many and when the last one was."""

    by_network: dict[str, tuple[int, datetime]] = field(default_factory=dict)

    def begin(self, who: str, now: datetime) -> timedelta:
        """Wait of a try, zero if it may be looked at; then it counts as wrong until `was_right`.

        Counted before it is looked at, so that many at once are no more than one.
        """
        wait = self.wait(who, now)
        if not wait:
            count, _ = self.by_network.get(who, (0, now))
            self.by_network[who] = count + 1, now
        return wait

    def wait(self, who: str, now: datetime) -> timedelta:
        """Wait before the next try, zero if there is none."""
        self._remember(now)
        count, last = self.by_network.get(who, (0, now))
        total = sum(count for count, _ in self.by_network.values())
        newest = max((last for _, last in self.by_network.values()), default=now)
        for_all = _rest(newest, total - (FREE if count else MANY), now)
        return max(_rest(last, count, now), for_all)

    def was_right(self, who: str) -> None:
        """Forgets the tries of one whose passphrase was right."""
        self.by_network.pop(who, None)

    def _remember(self, now: datetime) -> None:
        """Forgets what is an hour old; what is later than now, by a clock set back, is of now."""
        self.by_network = {
            who: (count, min(last, now))
            for who, (count, last) in self.by_network.items()
            if last >= now - REMEMBERED
        }


def begin(store: Store, who: str, now: datetime) -> tuple[timedelta, Attempts]:
    """Wait of a try, and all tries with this one, which counts as wrong unless it has to wait."""
    with store.writing(quietly=True) as at:
        rows = at.execute(sa.select(ATTEMPTS)).all()
        attempts = Attempts({network: (count, last) for network, count, last in rows})
        wait = attempts.begin(who, now)
        at.execute(sa.delete(ATTEMPTS))
        kept = attempts.by_network.items()
        at.execute(
            sa.insert(ATTEMPTS),
            [{"network": who, "count": count, "last": last} for who, (count, last) in kept],
        )
    return wait, attempts


def forget(store: Store, who: str) -> None:
    """Forgets the tries of one whose passphrase was right."""
    with store.writing(quietly=True) as at:
        at.execute(sa.delete(ATTEMPTS).where(ATTEMPTS.c.network == who))


def _rest(last: datetime, tries: int, now: datetime) -> timedelta:
    seconds = min(2 ** min(tries - 1, LONGEST_WAIT), LONGEST_WAIT) if tries > 0 else 0
    return max(last + timedelta(seconds=seconds) - now, timedelta())
