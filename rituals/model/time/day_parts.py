"""The parts of a day: the one place that says when a morning or an evening is.

What differs does so on purpose: hours that are counted must not overlap, hours that are kept free
rather reach too far, and a sentence has fewer words than a chart has rows.
"""

from __future__ import annotations

from datetime import time

NIGHT_ENDS = time(5)  # what is later than midnight is still the evening before

# When each part begins where hours are counted: each hour lies in one of them.
PARTS = {"Morning": NIGHT_ENDS, "Midday": time(11), "Afternoon": time(14), "Evening": time(18)}

# The hour that a part stands for where somebody says of what happened no more than the part.
TYPICAL = {"Morning": time(8), "Midday": time(12), "Afternoon": time(15), "Evening": time(20)}

# When each begins in a sentence about weeks: nobody says "middays", and who leaves at five for
# dinner was out in the evening.
IN_A_SENTENCE = {"morning": NIGHT_ENDS, "afternoon": time(12), "evening": time(17)}
EVENING = IN_A_SENTENCE["evening"]

# What a cover line keeps free, in hours: more than the surprise needs, so that they do not tell it,
# and the hour before six both in the afternoon and in the evening.
KEPT_FREE = {"morning": (6, 12), "afternoon": (12, 18), "evening": (17, 24), "whole day": (0, 24)}

# When there is time for a small act, as windows: early and late are the household's own hours.
FOR_ACTS = {
    "early": "wake-12:00",
    "morning": "09:00-12:00",
    "noon": "12:00-13:30",
    "afternoon": "14:00-18:00",
    "evening": "bedtime-sleep",
}


def in_a_sentence(clock: time) -> str:
    """The part of a day that an hour belongs to; the small hours are no part of theirs."""
    begun = [part for part, begins in IN_A_SENTENCE.items() if begins <= clock]
    return begun[-1] if begun else ""
