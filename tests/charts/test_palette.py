"""The four kinds' colours: the same everywhere, and told apart by every kind of eye.

Colour vision deficiencies are simulated with the matrices of Machado, Oliveira and Fernandes (2009)
at severity 1.0, in linear RGB; distances are CIEDE2000, held to the pairs of Sharma, Wu and Dalal
(2005).
"""

import re
import tomllib
from itertools import combinations, pairwise
from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt

import pytest

from pages.ui import markdown
from rituals.charts.theme import DARK, LIGHT
from rituals.insights import balance
from rituals.model.household import Kind, Shade
from tests.support.notation import a_household
from tests.support.paths import ROOT

APART = 20  # CIEDE2000: side by side nobody takes one for the other
SHADES_APART = 19  # of one kind of time: nearer, for they belong together
LEAST_CONTRAST = 3  # of what one has to see, on its ground
GROUNDS = {"light": LIGHT, "dark": DARK}
SHADES = (Shade.TWO_OF_US, Shade.ALL_OF_US)
STACKS = [
    [tone for tone in balance.STACK_ORDER if tone in a_household(children=children).tones()]
    for children in (True, False)
]
EYES = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
TO_XYZ = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)  # sRGB, D65
WHITE = tuple(map(sum, TO_XYZ))
# L, a, b of two colours and how far apart they are, each row a trap of its own.
PUBLISHED = """
    50.0000   2.6772 -79.7751  50.0000   0.0000 -82.7485  2.0425
    50.0000   3.1571 -77.2803  50.0000   0.0000 -82.7485  2.8615
    50.0000   2.8361 -74.0200  50.0000   0.0000 -82.7485  3.4412
    50.0000  -1.3802 -84.2814  50.0000   0.0000 -82.7485  1.0000
    50.0000  -1.1848 -84.8006  50.0000   0.0000 -82.7485  1.0000
    50.0000  -0.9009 -85.5211  50.0000   0.0000 -82.7485  1.0000
    50.0000   0.0000   0.0000  50.0000  -1.0000   2.0000  2.3669
    50.0000  -1.0000   2.0000  50.0000   0.0000   0.0000  2.3669
    50.0000   2.4900  -0.0010  50.0000  -2.4900   0.0009  7.1792
    50.0000   2.4900  -0.0010  50.0000  -2.4900   0.0010  7.1792
    50.0000   2.4900  -0.0010  50.0000  -2.4900   0.0011  7.2195
    50.0000   2.4900  -0.0010  50.0000  -2.4900   0.0012  7.2195
    50.0000  -0.0010   2.4900  50.0000   0.0009  -2.4900  4.8045
    50.0000  -0.0010   2.4900  50.0000   0.0010  -2.4900  4.8045
    50.0000  -0.0010   2.4900  50.0000   0.0011  -2.4900  4.7461
    50.0000   2.5000   0.0000  50.0000   0.0000  -2.5000  4.3065
    50.0000   2.5000   0.0000  73.0000  25.0000 -18.0000  27.1492
    50.0000   2.5000   0.0000  61.0000  -5.0000  29.0000  22.8977
    50.0000   2.5000   0.0000  56.0000 -27.0000  -3.0000  31.9030
    50.0000   2.5000   0.0000  58.0000  24.0000  15.0000  19.4535
    50.0000   2.5000   0.0000  50.0000   3.1736   0.5854  1.0000
    50.0000   2.5000   0.0000  50.0000   3.2972   0.0000  1.0000
    50.0000   2.5000   0.0000  50.0000   1.8634   0.5757  1.0000
    50.0000   2.5000   0.0000  50.0000   3.2592   0.3350  1.0000
    60.2574 -34.0099  36.2677  60.4626 -34.1751  39.4387  1.2644
    63.0109 -31.0961  -5.8663  62.8187 -29.7946  -4.0864  1.2630
    61.2901   3.7196  -5.3901  61.4292   2.2480  -4.9620  1.8731
    35.0831 -44.1164   3.7933  35.0232 -40.0716   1.5901  1.8645
    22.7233  20.0904 -46.6940  23.0331  14.9730 -42.5619  2.0373
    36.4612  47.8580  18.3852  36.2715  50.5065  21.2231  1.4146
    90.8027  -2.0831   1.4410  91.1528  -1.6435   0.0447  1.4441
    90.9257  -0.5406  -0.9208  88.6381  -0.8985  -0.7239  1.5381
     6.7747  -0.2908  -2.4247   5.8714  -0.0985  -2.2286  0.6377
     2.0776   0.0795  -1.1350   0.9033  -0.0636  -0.5514  0.9082
"""


def seen(colour, eye):
    """A colour as L, a, b, as such an eye sees it."""
    linear = [to_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5)]
    there = [min(max(part, 0), 1) for part in times(EYES[eye], linear)]
    x, y, z = (part / white for part, white in zip(times(TO_XYZ, there), WHITE, strict=True))
    return 116 * root(y) - 16, 500 * (root(x) - root(y)), 200 * (root(y) - root(z))


def to_linear(part):
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def times(matrix, vector):
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


def root(part):
    return part ** (1 / 3) if part > (6 / 29) ** 3 else part / (3 * (6 / 29) ** 2) + 4 / 29


def apart(one, other):
    """CIEDE2000 between two colours in L, a, b."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    g = 0.5 * (1 - seventh((hypot(a1, b1) + hypot(a2, b2)) / 2))
    c1, h1 = polar(a1 * (1 + g), b1)
    c2, h2 = polar(a2 * (1 + g), b2)
    colourless = c1 * c2 == 0
    turn = 0 if colourless else (h2 - h1 + 180) % 360 - 180
    if not colourless and h1 - h2 == 180:
        turn = -180
    lightness, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    hue = h1 + h2 if colourless else mean_hue(h1, h2)
    t = (
        1
        - 0.17 * cos(radians(hue - 30))
        + 0.24 * cos(radians(2 * hue))
        + 0.32 * cos(radians(3 * hue + 6))
        - 0.20 * cos(radians(4 * hue - 63))
    )
    far = (lightness - 50) ** 2
    by_light = (l2 - l1) / (1 + 0.015 * far / sqrt(20 + far))
    by_chroma = (c2 - c1) / (1 + 0.045 * chroma)
    by_hue = 2 * sqrt(c1 * c2) * sin(radians(turn / 2)) / (1 + 0.015 * chroma * t)
    bend = sin(radians(60 * exp(-(((hue - 275) / 25) ** 2))))
    turned = -2 * seventh(chroma) * bend * by_chroma * by_hue
    return sqrt(by_light**2 + by_chroma**2 + by_hue**2 + turned)


def seventh(chroma):
    return sqrt(chroma**7 / (chroma**7 + 25**7))


def polar(a, b):
    return hypot(a, b), degrees(atan2(b, a)) % 360


def mean_hue(h1, h2):
    if abs(h1 - h2) <= 180:
        return (h1 + h2) / 2
    return (h1 + h2 + 360) / 2 if h1 + h2 < 360 else (h1 + h2 - 360) / 2


@pytest.mark.parametrize("row", PUBLISHED.strip().splitlines())
def test_colours_are_as_far_apart_as_published(row):
    *colours, expected = map(float, row.split())
    one, other = colours[:3], colours[3:]

    assert expected == pytest.approx(apart(one, other), abs=0.00005)
    assert apart(one, other) == pytest.approx(apart(other, one))


@pytest.mark.parametrize("eye", EYES)
def test_white_stays_white_for_every_eye(eye):
    assert (100, 0, 0) == pytest.approx(seen("#FFFFFF", eye), abs=0.01)
    assert (0, 0, 0) == pytest.approx(seen("#000000", eye), abs=0.01)


def test_red_is_seen_as_it_is_published():
    assert (53.24, 80.09, 67.20) == pytest.approx(seen("#FF0000", "normal"), abs=0.02)


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("eye", EYES)
def test_neighbours_in_a_stack_are_told_apart(eye, ground):
    """Of a household with children, and of one without, whose stack leaves out a kind."""
    neighbours = {pair for tones in STACKS for pair in pairwise(tones)}
    close = {
        pair: distance
        for pair in neighbours
        if (distance := between(*pair, ground, eye)) < (SHADES_APART if pair == SHADES else APART)
    }

    assert {} == close


@pytest.mark.parametrize("ground", GROUNDS)
def test_colour_alone_fails_only_all_of_us_beside_with_the_children_and_not_in_normal_sight(ground):
    """They touch where a week has no time alone: there the words and the marks have to tell."""
    near = {
        (pair, eye)
        for eye in EYES
        for pair in combinations(a_household().tones(), 2)
        if pair != SHADES and between(*pair, ground, eye) < APART
    }
    pair = (Shade.ALL_OF_US, Kind.SOLO)

    assert {(pair, eye) for eye in EYES if eye != "normal"} == near
    assert pair not in {two for tones in STACKS for two in pairwise(tones)}


@pytest.mark.parametrize("ground", GROUNDS)
def test_every_tone_is_seen_on_its_ground(ground):
    paper = GROUNDS[ground].paper
    faint = [
        tone
        for tone in a_household().tones()
        if contrast(GROUNDS[ground].colour(tone), paper) < LEAST_CONTRAST
    ]

    assert [] == faint


@pytest.mark.parametrize("ground", GROUNDS)
def test_the_two_of_us_has_together_s_own_colour(ground):
    colours = GROUNDS[ground]

    assert colours.colour(Kind.TOGETHER) == colours.colour(Shade.TWO_OF_US)
    assert colours.all_of_us == colours.colour(Shade.ALL_OF_US)


def between(one, other, ground, eye):
    """How far apart such an eye sees two tones."""
    colour = GROUNDS[ground].colour
    return apart(seen(colour(one), eye), seen(colour(other), eye))


def contrast(one, other):
    """Contrast of two colours, from 1 to 21, as WCAG 2 has it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour):
    linear = [to_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5)]
    return times(TO_XYZ, linear)[1]


@pytest.mark.parametrize("ground", GROUNDS)
def test_the_theme_holds_the_kinds_own_colours(ground):
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]
    held = {t: theme[ground][f"{name}TextColor"].upper() for t, name in markdown.COLOURS.items()}

    assert {tone: GROUNDS[ground].colour(tone) for tone in (*Kind, *Shade)} == held


def test_the_pages_look_holds_the_kinds_own_colours():
    look = (ROOT / "pages" / "ui" / "look.css").read_text("utf-8")
    held = [
        re.search(rf"--lw-{name}: light-dark\((#\w+), (#\w+)\);", look)
        .expand(r"\1 \2")
        .upper()
        .split()
        for name in (*Kind, "all-of-us")
    ]
    tones = (*Kind, Shade.ALL_OF_US)

    assert [[ground.colour(tone) for ground in GROUNDS.values()] for tone in tones] == held


def test_no_other_file_of_the_pages_holds_a_kind_s_colour():
    tones = (*Kind, Shade.ALL_OF_US)
    colours = {ground.colour(tone).lower() for ground in GROUNDS.values() for tone in tones}
    files = [*ROOT.glob("pages/**/*.py"), *ROOT.glob("pages/**/*.js"), *ROOT.glob("pages/**/*.css")]
    others = [file for file in files if file.name != "look.css"]

    assert files != others
    assert [] == [f.name for f in others if any(c in f.read_text("utf-8").lower() for c in colours)]
