"""Every press of every page goes one way, the one that no other interaction can cut short."""

import ast
from pathlib import Path

import pytest

PAGES = Path(__file__).resolve().parent.parent.parent / "pages"
WAY = PAGES / "session" / "presses.py"
MODULES = [file for file in sorted(PAGES.rglob("*.py")) if file != WAY]
BUTTONS = {"button", "form_submit_button"}
CALLBACKS = {"on_click", "on_change", "on_pick"}


def calls(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def is_button(node):
    return isinstance(node, ast.Call) and getattr(node.func, "attr", "") in BUTTONS


def goes_one_way(value, safe):
    """True for a word of Streamlit’s, a call of `press`, and a name for either."""
    if isinstance(value, ast.Call):
        return getattr(value.func, "id", "") == "press"
    return isinstance(value, ast.Constant) or getattr(value, "id", "") in safe


@pytest.mark.parametrize("module", MODULES, ids=lambda file: str(file.relative_to(PAGES)))
def test_no_branch_of_a_run_waits_for_a_button(module):
    tree = ast.parse(module.read_text("utf-8"))
    alone = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    branched = [node for node in calls(tree) if is_button(node) and node not in alone]

    assert [] == [ast.unparse(node) for node in branched]


@pytest.mark.parametrize("module", MODULES, ids=lambda file: str(file.relative_to(PAGES)))
def test_no_callback_can_be_cut_short(module):
    tree = ast.parse(module.read_text("utf-8"))
    safe = {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and goes_one_way(node.value, ())
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    safe |= {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)} & CALLBACKS
    handed = [k.value for node in calls(tree) for k in node.keywords if k.arg in CALLBACKS]

    assert [] == [ast.unparse(value) for value in handed if not goes_one_way(value, safe)]
