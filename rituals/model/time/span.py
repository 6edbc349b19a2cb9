"""Half-open stretches of time `[start, end)` and their algebra. Ends are exclusive, everywhere.

A span holds two aware instants in UTC; a naive or foreign one is refused at the door, because
subtracting two datetimes of one zone ignores summer time. `Spans` is a sorted tuple of spans that
neither touch nor overlap, so two equal sets of instants are equal tuples.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True, order=True)
class Span:
    """The instants from `start` up to, not including, `end`."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is not UTC or self.end.tzinfo is not UTC:
            raise ValueError("a span is made of instants in UTC")
        if self.end <= self.start:
            raise ValueError("a span ends after it starts")

    @property
    def length(self) -> timedelta:
        """Duration from start to end."""
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """True where the two share an instant; touching ends share none."""
        return self.start < other.end and other.start < self.end


class Spans:
    """A set of instants: `|` joins, `&` intersects, `-` takes away."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._spans = tuple(_merged(sorted(spans)))

    def __iter__(self) -> Iterator[Span]:
        return iter(self._spans)

    def __bool__(self) -> bool:
        return bool(self._spans)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Spans) and self._spans == other._spans

    def __hash__(self) -> int:
        return hash(self._spans)

    def __repr__(self) -> str:
        return f"Spans({list(self._spans)!r})"

    def __or__(self, other: Spans) -> Spans:
        return Spans((*self, *other))

    def __and__(self, other: Spans) -> Spans:
        return Spans(
            Span(max(a.start, b.start), min(a.end, b.end))
            for a in self
            for b in other
            if a.overlaps(b)
        )

    def __sub__(self, other: Spans) -> Spans:
        return Spans(_without(self._spans, other._spans))

    @property
    def length(self) -> timedelta:
        """Duration of all spans together."""
        return sum((span.length for span in self), timedelta())


def _merged(ordered: Iterable[Span]) -> Iterator[Span]:
    held: Span | None = None
    for span in ordered:
        if held is None:
            held = span
        elif span.start <= held.end:
            held = Span(held.start, max(held.end, span.end))
        else:
            yield held
            held = span
    if held is not None:
        yield held


def _without(spans: Sequence[Span], holes: Sequence[Span]) -> Iterator[Span]:
    """Spans without the holes, both in order and apart; each is looked at once or twice."""
    ahead = 0  # the first hole that does not end before a span
    for span in spans:
        while ahead < len(holes) and holes[ahead].end <= span.start:
            ahead += 1
        start, at = span.start, ahead
        while at < len(holes) and holes[at].start < span.end:
            if start < holes[at].start:
                yield Span(start, holes[at].start)
            start, at = holes[at].end, at + 1
        if start < span.end:
            yield Span(start, span.end)
