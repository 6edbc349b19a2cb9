"""What a browser may keep of what is typed: nothing, and no field is left to say so by itself.

What a browser really keeps is looked for in tests/browser/test_the_browsers_memory.py.
"""

import ast

from tests.support.paths import ROOT

PAGES = sorted((ROOT / "pages").rglob("*.py"))


def fields():
    """Each call that draws a field for a line of text, and where it stands."""
    for file in PAGES:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "text_input":
                yield f"{file.relative_to(ROOT)}:{node.lineno}", node


def told(call):
    """What the field may say, of a choice each part."""
    given = [each.value for each in call.keywords if each.arg == "autocomplete"]
    parts = [part for value in given for part in ast.walk(value)]
    return {p.value for p in parts if isinstance(p, ast.Constant) and isinstance(p.value, str)}


def keeps_nothing(call):
    if any(each.arg == "type" for each in call.keywords):
        return told(call) in ({"one-time-code"}, {"one-time-code", "off"})
    return told(call) == {"off"}


def test_every_field_tells_the_browser_to_keep_nothing():
    found = dict(fields())

    assert len(found) > 10
    assert [] == [where for where, call in found.items() if not keeps_nothing(call)]


def test_only_the_door_lets_a_browser_keep_its_passphrase():
    """It stands on another machine, asks again and again, and both of them know the words."""
    plain = {file.name: file.read_text("utf-8") for file in (ROOT / "pages").rglob("*.html")}

    assert {"passphrase_page.html"} == {n for n, page in plain.items() if "<input" in page}
    assert 'autocomplete="current-password"' in plain["passphrase_page.html"]
