"""A free hour somebody points at: what fits there, and one of it put there."""

from datetime import UTC, datetime, timedelta

from rituals.model.context import PlanningContext
from rituals.model.household import ONE, TWO, Kind
from rituals.model.plan import Choice, Season, standing
from rituals.model.ritual import Size, TakesPart
from rituals.planning.options.at_hour import offers_at, with_offer
from tests.support.notation import a_household, a_plan, a_ritual, an_instant, an_occurrence, spans

NOW = datetime(2026, 11, 22, 19, tzinfo=UTC)
PAIR = a_household(children=False)
TALK = a_ritual("talk", minutes=60, window="daily 19:00-22:00")
WALK = a_ritual("walk", minutes=60, window="Sat 10:00-12:00")
AT = an_instant("Thu 20:00")


def a_life(*rituals, busy=""):
    some = {ONE: spans(busy), TWO: spans(busy)}
    return PlanningContext(PAIR, {ritual.id: ritual for ritual in rituals}, some)


def offered(plan, *rituals, at=AT, busy=""):
    return offers_at(plan, at, a_life(*rituals, busy=busy), NOW)


def titles(offers):
    return [offer.ritual.id for offer in offers]


def test_what_has_a_place_near_the_hour_is_offered():
    [offer] = offered(a_plan(), TALK, WALK)

    assert ("talk", None) == (offer.ritual.id, offer.partner)
    assert abs(offer.span.start - AT) <= timedelta(minutes=45)


def test_what_is_offered_for_an_hour_is_not_over_when_it_begins():
    [before] = offered(a_plan(), a_ritual("nap", minutes=45, window="Thu 19:30-20:30"))
    [at] = offered(a_plan(), a_ritual("bath", minutes=45, window="Thu 20:00-20:45"))
    ends = a_ritual("book", minutes=45, window="Thu 19:15-20:00")
    [later] = offered(a_plan(), a_ritual("film", minutes=45, window="Thu 20:15-22:00"))

    assert before.span.start <= AT < before.span.end
    assert AT == at.span.start
    assert AT < later.span.start
    assert [] == offered(a_plan(), ends)


def test_what_is_chosen_already_is_not_offered_again():
    assert [] == offered(a_plan(choices=(Choice("talk", None, 1),)), TALK)


def test_nothing_is_offered_where_something_lies_or_a_calendar_is_full():
    lying = a_plan(an_occurrence("Thu 18:00-23:00", ritual=None, title="Jazz cellar", fixed=True))

    assert [] == offered(lying, TALK)
    assert [] == offered(a_plan(), TALK, busy="Thu 17:00-23:00")


def test_neither_the_past_nor_a_week_off_has_offers():
    assert [] == offered(a_plan(), TALK, at=NOW - timedelta(hours=1))
    assert [] == offered(a_plan(season=Season.GRACE), TALK)


def test_small_moments_and_what_one_does_for_the_other_are_not_offered():
    kiss = a_ritual("kiss", minutes=5, window="daily 19:00-22:00", size=Size.SMALL)
    note = a_ritual("note", minutes=30, window="daily 19:00-22:00", takes_part=TakesPart.EITHER)

    assert [] == offered(a_plan(), kiss, note)


def test_each_kind_comes_once_before_one_comes_twice():
    more = [a_ritual(f"talk-{n}", minutes=60, window="daily 19:00-22:00") for n in range(5)]
    alone = a_ritual(
        "bath", minutes=60, window="daily 19:00-22:00", kind=Kind.ALONE, takes_part=TakesPart.EACH
    )
    offers = offered(a_plan(), *more, alone)

    assert 5 == len(offers)
    assert {Kind.TOGETHER, Kind.ALONE} == {offer.ritual.kind for offer in offers[:2]}


def test_an_offer_that_is_taken_lies_pinned_where_it_was_offered():
    life, plan = a_life(TALK, WALK), a_plan()
    [offer] = offers_at(plan, AT, life, NOW)
    [lying] = standing(with_offer(plan, offer, life, NOW))

    assert ("talk", offer.span.start, True) == (lying.ritual, lying.start, lying.fixed)
