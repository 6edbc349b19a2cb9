import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader

from rituals import __main__ as command_line
from rituals.cli import context
from rituals.model.plan import Choice, Plan, Said
from rituals.model.time.week import Week
from rituals.store import location
from rituals.store.store import open_store
from tests.support.notation import a_household, a_plan, an_occurrence

SUNDAY_NIGHT = datetime(2026, 11, 22, 20, tzinfo=UTC)
AHEAD = Week(2026, 48)


@pytest.fixture(autouse=True)
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A store of its own for every test, on one and the same Sunday night."""
    address = location.sqlite_url(tmp_path / "data" / "leavewell.db")
    monkeypatch.setenv("LEAVEWELL_DATABASE_URL", address)
    monkeypatch.setattr(context, "now", lambda: SUNDAY_NIGHT)
    return address


def run(*arguments: object) -> Result:
    return CliRunner().invoke(command_line.commands, ["print", *map(str, arguments)])


def keep(url: str, *there: Plan, zone: str = "Europe/Berlin") -> None:
    store = open_store(url)
    store.save_household(a_household(zone))
    for plan in there:
        store.change_plan(plan, lambda begun: begun)
    store.engine.dispose()


def text(content: bytes) -> str:
    (page,) = PdfReader(io.BytesIO(content)).pages
    return page.extract_text()


def width(content: bytes) -> int:
    return round(PdfReader(io.BytesIO(content)).pages[0].mediabox.width)


def test_print_writes_a_week_into_a_file(url: str, tmp_path: Path) -> None:
    keep(url, a_plan(an_occurrence()))
    file = tmp_path / "week.pdf"
    result = run("--week", AHEAD, "-o", file)

    assert (0, "") == (result.exit_code, result.output)
    assert "Late talk" in text(file.read_bytes())


def test_print_writes_the_week_to_plan_to_standard_output(url: str) -> None:
    keep(url, a_plan(an_occurrence()))

    assert "The week of 23 November" in text(run("-o", "-").stdout_bytes)


def test_print_gives_the_same_file_again(url: str) -> None:
    keep(url, a_plan(an_occurrence()))

    assert run("-o", "-").stdout_bytes == run("-o", "-").stdout_bytes


def test_print_keeps_nothing_of_a_week_that_is_not_the_one_to_plan(url: str) -> None:
    chosen = (Choice("late-talk", None, 1),)
    keep(url, a_plan(an_occurrence(), choices=chosen))
    far = Week(2030, 3)
    result = run("--week", far, "-o", "-")
    store = open_store(url)
    there = store.load_plan(far)
    store.engine.dispose()

    assert "14 January" in text(result.stdout_bytes)
    assert there is None


def test_print_knows_the_paper_of_the_place_and_the_one_asked_for(url: str) -> None:
    keep(url, a_plan(an_occurrence()), zone="America/Denver")

    assert 612 == width(run("-o", "-").stdout_bytes)
    assert 595 == width(run("-o", "-", "--paper", "a4").stdout_bytes)


def test_print_writes_a_season(url: str) -> None:
    week = AHEAD - 1
    keep(url, a_plan(an_occurrence(week=week, said=Said.AS_PLANNED, lived=60), week=week))
    there = text(run("--season", "--paper", "letter", "-o", "-").stdout_bytes)

    assert "Our season" in there
    assert "Late talk" in there


def test_print_has_no_season_of_weeks_that_nobody_knows(url: str) -> None:
    keep(url)
    result = run("--season", "-o", "-")

    assert (2, "", "Nothing is known of those weeks, so there is no page to print.\n") == (
        result.exit_code,
        result.stdout,
        result.stderr,
    )


def test_print_says_where_it_cannot_write(url: str, tmp_path: Path) -> None:
    keep(url, a_plan(an_occurrence()))
    result = run("-o", tmp_path)

    assert (2, f"{tmp_path} cannot be written: it is not a file.\n") == (
        result.exit_code,
        result.stderr,
    )
