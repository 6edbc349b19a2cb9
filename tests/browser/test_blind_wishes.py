"""Blind wishes between two machines: what one marks alone never reaches the other's."""

from playwright.sync_api import expect

from rituals.model.household import ONE, TWO
from rituals.surprises import wishlist
from tests.browser.conftest import (
    ARTEFACTS,
    ROOT,
    STEPS,
    choose,
    heading,
    more_rituals,
    resize,
    settle,
)

AXE = ROOT / "tests" / "clients" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
LOOK = "rules => axe.run({runOnly: rules}).then(found => found.violations)"
BOTH_WISHED = "You both wished for this"
FITS = "width => document.documentElement.scrollWidth <= width"


def heard(page):
    """What a page's socket brings from now on."""
    frames = []

    def listen(socket):
        socket.on("framereceived", lambda frame: frames.append(frame))

    page.on("websocket", listen)
    return frames


def our_rituals(one, name):
    """The page as one of the two has it open."""
    one.page.goto(f"{one.server.url}/our-rituals?who={name}")
    heading(one.page, "Our rituals")
    settle(one.page)
    return one.page


def step_3(one, name):
    """The rituals of the sitting, where one of the two sits alone."""
    one.page.goto(f"{one.server.url}/?who={name}")
    heading(one.page, "The week of")
    choose(one.page, STEPS[2])
    more_rituals(one.page)


def heart(page, ritual):
    """A ritual's heart, beside its title."""
    card = page.get_by_test_id("stVerticalBlock").filter(
        has=page.get_by_role("heading", name=ritual, exact=True)
    )
    return card.last.get_by_role("checkbox", name="I would love this")


def mark(page, ritual):
    heart(page, ritual).locator("xpath=ancestor::label").click()
    expect(heart(page, ritual)).to_be_checked()
    settle(page)


def said(frames):
    return b"".join(f if isinstance(f, bytes) else f.encode() for f in frames)


def test_what_both_wish_for_is_shown_to_both_and_nothing_before(home, visit):
    hers, his = visit(home), visit(home, width=390)
    at_his = heard(his.page)
    maya = our_rituals(hers, "Maya")
    mark(maya, "Late talk")
    mark(maya, "Goodbye kiss")
    jonas = our_rituals(his, "Jonas")
    expect(heart(jonas, "Late talk")).not_to_be_checked()
    expect(jonas.get_by_text(BOTH_WISHED)).to_have_count(0)
    step_3(his, "Jonas")
    expect(his.page.get_by_role("radio", name=BOTH_WISHED)).to_have_count(0)

    assert b"Late talk" in said(at_his)
    assert BOTH_WISHED.encode() not in said(at_his)

    jonas = our_rituals(his, "Jonas")
    mark(jonas, "Late talk")
    expect(jonas.get_by_text(f"{BOTH_WISHED}: Late talk.")).to_be_visible()
    maya = our_rituals(hers, "Maya")
    expect(maya.get_by_text(f"{BOTH_WISHED}: Late talk.")).to_be_visible()
    step_3(hers, "Maya")
    choose(hers.page, BOTH_WISHED)
    expect(hers.page.get_by_text("Late talk", exact=True).first).to_be_visible()
    expect(hers.page.get_by_text("Goodbye kiss", exact=True)).to_have_count(0)


def test_a_heart_is_marked_by_keyboard_keeps_the_focus_and_is_in_nobodys_way(home, visit):
    with home.store() as store:
        for ritual in ("late-talk", "long-walk"):
            wishlist.mark(store, ONE, ritual)
            wishlist.mark(store, TWO, ritual)
    page = our_rituals(visit(home), "Maya")
    page.evaluate(AXE.read_text("utf-8"))
    for width in (1360, 390):
        resize(page, width)
        page.screenshot(path=ARTEFACTS / f"wishes-{width}.png")
        found = page.evaluate(LOOK, RULES)
        grave = [v for v in found if v["impact"] in ("serious", "critical")]

        assert page.evaluate(FITS, width), width
        assert [] == [(width, v["id"], [n["html"] for n in v["nodes"]][:3]) for v in grave]

    resize(page, 1360)
    heart(page, "Goodbye kiss").focus()
    page.keyboard.press("Space")
    expect(heart(page, "Goodbye kiss")).to_be_checked()
    settle(page)
    expect(heart(page, "Goodbye kiss")).to_be_focused()
    page.keyboard.press("Space")
    expect(heart(page, "Goodbye kiss")).not_to_be_checked()
    settle(page)
    with home.store() as store:
        assert {"late-talk", "long-walk"} == wishlist.load(store, ONE)
