"""What was put aside has words and a way back."""

from rituals.insights import observations


def test_every_rule_has_words():
    assert observations.NAMES == list(observations.RULE_TITLES)


def test_what_was_put_aside_is_brought_back_alone(empty):
    for rule in ("came_back", "more_together"):
        empty.dismiss(rule)
    empty.undismiss("came_back")

    assert {"more_together"} == empty.load_dismissed()
