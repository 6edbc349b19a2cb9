"""Who may import whom: a table, and the walk that holds every module to it."""

import ast
import subprocess
import sys
from fnmatch import fnmatch
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# A module, the modules of ours it may import, and after the bar the libraries that live in it.
TABLE = """
    rituals                      |
    rituals.windows              | text
    rituals.day_parts            |
    rituals.spans                |
    rituals.commands.planning | balance catalogue rituals.commands.edge rituals.commands.telling \
            laying plan sample week words | click
    rituals.paths                |
    rituals.planning_context | context covers household plan ritual rows spans storage week \
            weeks
    rituals.summary              | week
    rituals.theme                | household                              | altair
    rituals.calendar             | household spans week
    rituals.household            | windows
    rituals.plan                 | household ritual spans week
    rituals.ritual               | household windows
    rituals.text                 |
    rituals.totals               | coverage household plan spans
    rituals.week                 | text windows
    rituals.weeks                | household spans week windows
    rituals.words                | context household plan ritual text windows
    rituals.catalogue            | household paths ritual text windows
    rituals.guides               | paths
    rituals.context              | household plan ritual spans week
    rituals.coverage             | household plan ritual spans week weeks
    rituals.stretch              | household ritual
    rituals.wanted               | household plan ritual spans
    rituals.ground               | coverage household plan ritual spans wanted week weeks
    rituals.scene                | coverage ground household ritual spans stretch wanted week
    rituals.wishes               | coverage ground household ritual scene spans wanted weeks
    rituals.solver               | ground scene wishes                             | ortools
    rituals.reasons              | coverage ground household ritual scene spans wanted weeks words
    rituals.placement            | ground household reasons scene solver spans wanted week wishes
    rituals.suggest              | household ritual week
    rituals.taken                | calendar household plan text week words
    rituals.plans                | calendar household plan spans text totals week
    rituals.laying | context placement plan plans ritual spans suggest totals wanted week
    rituals.agreed               | household plan plans spans words
    rituals.lived                | household plan plans text week
    rituals.thought              | household plan ritual text words
    rituals.undone               | plan
    rituals.otherwise | calendar household lived plan plans ritual spans totals week words
    rituals.balance              | household plan totals week weeks words | pandas
    rituals.behind               | balance day_parts household plan week words
    rituals.observing            | behind household plan ritual text week words
    rituals.sample | context household laying lived plan plans ritual spans totals week weeks \
            windows
    rituals.strands              | balance household plan week words
    rituals.rhythm               | day_parts household weeks words
    rituals.history              | balance household ritual summary week weeks words
    rituals.years                | balance household plan summary week weeks words
    rituals.charts               | household theme words                  | altair
    rituals.glances              | day_parts theme                        | altair
    rituals.sheets | balance day_parts history household rhythm strands text week words years
    rituals.pictures             | charts household paths theme words     | vl_convert
    rituals.lettering            | paths text                             | fpdf fontTools
    rituals.stationery           | household lettering text words         | fpdf
    rituals.paper | household lettering plan ritual stationery text thought totals week weeks \
            words
    rituals.season_paper | balance household lettering plan stationery text week weeks words
    rituals.ics                  | calendar household plan ritual taken text words| icalendar
    rituals.files                | agreed calendar ics plan ritual taken week weeks
    rituals.checklist            | calendar household plan taken words
    rituals.repeats              |
    rituals.blocks               | repeats
    rituals.received             |
    rituals.busy | blocks calendar household received repeats spans text weeks | icalendar \
            recurring_ical_events
    rituals.fetch                |
    rituals.noticed              | text week
    rituals.tables               | text                                   | sqlalchemy
    rituals.rows | calendar household plan ritual spans summary tables week windows | sqlalchemy
    rituals.calendar_rows        | calendar rows spans tables             | sqlalchemy
    rituals.faults               |
    rituals.private              | paths
    rituals.known                |
    rituals.copies               | faults private
    rituals.databases            | faults private                           | sqlalchemy
    rituals.upgrades             | faults copies databases                  | sqlalchemy alembic
    rituals.storage | calendar calendar_rows databases faults household known noticed paths plan \
            ritual rows spans summary tables upgrades week | sqlalchemy
    rituals.backups              | words faults copies databases storage moving | sqlalchemy
    rituals.surprises | context day_parts household plan ritual spans text week weeks words
    rituals.acts                 | day_parts household paths spans surprises week weeks windows
    rituals.covers               | context household spans storage tables week weeks| sqlalchemy
    rituals.sealing              | paths                                  | cryptography
    rituals.drawers | calendar covers feeds household ics sealing storage surprises tables | \
            sqlalchemy
    rituals.door                 | sealing storage tables                   | sqlalchemy
    rituals.moving               | storage tables                           | sqlalchemy
    rituals.zips                 |
    rituals.readable             | tables                                   | sqlalchemy
    rituals.sound | calendar calendar_rows household plan ritual rows tables week weeks windows \
            | sqlalchemy
    rituals.everything | balance calendar checklist databases files household moving plan \
            readable rows sheets sound storage tables taken text week weeks words zips | \
            sqlalchemy
    rituals.emptying             | calendar copies databases passwords storage tables| sqlalchemy
    rituals.past                 | household plan rows storage summary tables week| sqlalchemy
    rituals.wished               | storage tables                         | sqlalchemy
    rituals.migrations           |
    rituals.migrations.env       |                                          | alembic
    rituals.migrations.versions  |
    rituals.migrations.versions.*|                                          | sqlalchemy alembic
    rituals.server               | calendar ics                           | caldav niquests lxml
    rituals.outlook              | agreed calendar household plan storage taken week weeks
    rituals.publish              | agreed calendar ics outlook plan plans server taken week
    rituals.errand               | calendar household ics outlook plan publish server storage
    rituals.outlook_words        | calendar checklist errand household outlook plan taken
    rituals.passwords            | calendar                               | keyring
    rituals.calendars            | busy calendar household storage weeks
    rituals.feeds | agreed calendar household ics plan private ritual storage taken weeks
    rituals.commands             |
    rituals.commands.edge | calendar catalogue context feeds household laying plan \
            planning_context private ritual storage text week weeks windows | click
    rituals.commands.telling     | household placement plan sheets totals weeks words| pandas
    rituals.commands.looking_back | balance rituals.commands.edge household lived plan sheets \
            week weeks words | click
    rituals.commands.calendars | calendar calendars rituals.commands.edge household received \
            text words | click
    rituals.commands.agreeing | agreed checklist rituals.commands.edge feeds household plan week \
            | click
    rituals.commands.export | calendar checklist rituals.commands.edge files household taken \
            week | click
    rituals.commands.feeds       | feeds rituals.commands.edge  | click
    rituals.commands.servers | agreed calendar checklist rituals.commands.edge errand household \
            laying outlook_words passwords plan plans server storage week | click
    rituals.commands.papers | balance rituals.commands.edge lettering paper season_paper \
            stationery week | click
    rituals.commands.moving      | databases storage moving rituals.commands.edge | click
    rituals.commands.keeping | copies storage private backups everything *.edge | click
    rituals.__main__             | rituals.*                                | click
    pages                        |
    pages.lazy                   |                                          |
    pages.markdown               | rituals.*                                |
    pages.chart                  | rituals.* pages.lazy                     | streamlit pyarrow
    pages.notices                | rituals.* pages.markdown                 | streamlit
    pages.stores                 | rituals.*                                | streamlit
    pages.shared                | rituals.* pages.lazy pages.stores        | streamlit
    pages.revision               | rituals.*                                |
    pages.options                |                                          | streamlit
    pages.address                | rituals.* pages.stores pages.revision    | starlette
    pages.file_button            | rituals.*                                | streamlit starlette
    pages.no_store               | rituals.* pages.ui pages.session pages.other_screen | streamlit
    pages.sunday_backup          | rituals.* pages.stores                   |
    pages.reach                  |                                          | streamlit
    pages.door_page              |                                          | streamlit
    pages.asked                  | pages.door_page                          |
    pages.doorway | rituals.* pages.stores pages.reach pages.door_page pages.asked | streamlit
    pages.door_panel             | rituals.* pages.ui pages.session pages.reach       | streamlit
    pages.balance_board          | rituals.*                                | streamlit
    pages.edits | rituals.* pages.session pages.mine pages.who | streamlit
    pages.widgets | rituals.* pages.session pages.edits pages.balance_board | streamlit
    pages.saying_yes             | rituals.* pages.ui pages.edits pages.who | streamlit
    pages.mine                   | rituals.* pages.session                  | streamlit
    pages.other_screen | rituals.* pages.ui pages.session pages.mine pages.address pages.revision \
                         | streamlit
    pages.take_mine_back | rituals.* pages.ui pages.session pages.edits pages.mine pages.moves | \
                           streamlit
    pages.hours                  | rituals.* pages.ui pages.options         | streamlit
    pages.ritual_times           | rituals.*                                | streamlit
    pages.ritual_form | rituals.* pages.ui pages.session pages.who pages.other_screen \
                        pages.ritual_times \
                        pages.options pages.out.guides | streamlit
    pages.week_grid              | rituals.*                                | streamlit
    pages.moves                  | rituals.* pages.session pages.edits pages.week_grid |
    pages.happened | rituals.* pages.ui pages.session pages.edits pages.widgets | streamlit
    pages.resting | rituals.* pages.ui pages.session pages.edits pages.widgets | streamlit
    pages.noticing | rituals.* pages.ui pages.session pages.who | streamlit
    pages.wishing                | rituals.* pages.ui pages.session pages.who         | streamlit
    pages.overview | rituals.* pages.ui pages.session pages.widgets pages.week_grid | streamlit
    pages.observation            | rituals.* pages.ui pages.session                   | streamlit
    pages.steps                  |
    pages.out                    |
    pages.out.feed_panel | rituals.* pages.ui pages.session pages.reach | streamlit segno
    pages.out.by_file | rituals.* pages.ui pages.session pages.options pages.file_button | streamlit
    pages.out.* | rituals.* pages.ui pages.session pages.edits pages.options | streamlit
    pages.steps.take_it_with_you | rituals.* pages.ui pages.session pages.saying_yes pages.out.* \
                                   pages.printing pages.who pages.options \
                                   | streamlit
    pages.steps.look_back | rituals.* pages.ui pages.session pages.edits pages.widgets \
                            pages.happened pages.resting \
                            pages.noticing | streamlit
    pages.steps.balance | rituals.* pages.widgets pages.balance_board pages.resting | streamlit
    pages.steps.rituals | rituals.* pages.ui pages.session pages.widgets pages.wishing | streamlit
    pages.steps.*  | rituals.* pages.ui pages.session pages.edits | streamlit
    pages.sunday | rituals.* pages.session pages.widgets pages.saying_yes pages.ob* pages.ov* \
                   pages.options pages.steps.* | streamlit
    pages.below                  | rituals.* pages.ui pages.session pages.file_button | streamlit
    pages.views                  |
    pages.views.opened_week | rituals.* pages.ui pages.session pages.below | streamlit
    pages.views.side_by_side | rituals.* pages.ui pages.below pages.views.opened_week | streamlit
    pages.views.*  | rituals.* pages.ui pages.session pages.below | streamlit
    pages.weeks | rituals.* pages.ui pages.session pages.below pages.who pages.options \
                  pages.views.* \
                  | streamlit
    pages.our_rituals | rituals.* pages.ui pages.session pages.ritual_form pages.wishing | streamlit
    pages.busy_times             | rituals.* pages.ui pages.session pages.edits       | streamlit
    pages.calendars | rituals.* pages.ui pages.session pages.busy_times pages.out.* | streamlit
    pages.printing | rituals.* pages.ui pages.session pages.options pages.file_button | streamlit
    pages.safe_keeping           | rituals.* pages.ui pages.session pages.file_button | streamlit
    pages.household | rituals.* pages.ui pages.session pages.widgets pages.hours pages.busy_times \
                      pages.obs* \
                      pages.door_panel pages.safe_keeping | streamlit
    pages.welcome | rituals.* pages.ui pages.session pages.hours pages.safe_keeping   | streamlit
    pages.who                    | rituals.* pages.ui pages.options         | streamlit
    pages.drawer | rituals.* pages.ui pages.session pages.who pages.edits pages.busy_times | \
                   streamlit
    pages.drawer_lock            | rituals.* pages.ui pages.session pages.drawer      | streamlit
    pages.drawer_address | rituals.* pages.ui pages.session pages.drawer pages.out.feed_panel | \
                           streamlit
    pages.surprise_form | rituals.* pages.ui pages.session pages.who pages.drawer pages.options | \
                          streamlit
    pages.surprises | rituals.* pages.ui pages.session pages.who pages.drawer pages.drawer_* \
                      pages.surprise_form pages.file_button | streamlit
    pages._shell | pages.session pages.widgets pages.moves pages.busy_times pages.drawer \
                   pages.welcome pages.who pages.other_screen pages.take_mine_back \
                   pages.no_store | streamlit
    app | pages.address pages.lazy pages.overview pages.reach pages.doorway pages.no_store \
          pages.sunday_backup pages.file_button \
          | streamlit starlette
"""
# What a row calls by one name.
GROUPS = {
    "pages.ui": ["pages.lazy", "pages.markdown", "pages.chart", "pages.notices"],
    "pages.session": ["pages.stores", "pages.shared"],
}
# Imported, but never called there: for the types of a signature, or ahead of the first page.
NOT_CALLED = {
    "rituals.commands.telling": {"pandas"},
    "pages.overview": {"altair", "pyarrow"},
    "pages.lazy": {"ortools"},
    "pages.weeks": {"pandas"},
}
CLOCKS = {"pages.stores", "rituals.commands.edge"}
LOADED_LATE = (
    "altair",
    "alembic",
    "caldav",
    "cryptography",
    "fpdf",
    "icalendar",
    "keyring",
    "niquests",
    "ortools",
    "pandas",
    "pyarrow",
    "vl_convert",
)
READS_A_CLOCK = {("datetime", "now"), ("datetime", "utcnow"), ("date", "today"), ("time", "time")}


def table():
    """The table: for each module, patterns of ours and names of libraries."""
    read = {}
    for row in TABLE.strip().splitlines():
        module, ours, *libraries = (cell.split() for cell in row.split("|"))
        named = (name if "." in name else f"rituals.{name}" for name in ours)
        full = [one for name in named for one in GROUPS.get(name, [name])]
        read[module[0]] = (full, set(*libraries))
    return read


def modules(root):
    """Every module of a tree by name: the thinking, the pages and the launcher."""
    files = [
        *sorted(root.glob("rituals/**/*.py")),
        *sorted(root.glob("pages/**/*.py")),
        *root.glob("app.py"),
    ]
    return {name_of(file.relative_to(root)): ast.parse(file.read_text("utf-8")) for file in files}


def name_of(file):
    parts = file.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(tree, known):
    """The modules that a tree imports, wherever it does."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            of = "." * node.level + (node.module or "")
            inner = {f"{of}.{alias.name}" for alias in node.names}
            found |= (inner & known) | (set() if inner <= known else {of})
    return found


def is_called(tree, library):
    """Whether a library is used for more than the types of signatures."""
    names = {
        alias.asname or alias.name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
        if library in (alias.name.split(".")[0], (getattr(node, "module", "") or "").split(".")[0])
    }
    types = {
        id(inner)
        for node in ast.walk(tree)
        for kind in ("annotation", "returns")
        if getattr(node, kind, None) is not None
        for inner in ast.walk(getattr(node, kind))
    }
    return any(
        isinstance(node, ast.Name) and node.id in names and id(node) not in types
        for node in ast.walk(tree)
    )


def complaints(root):
    """One sentence for each module and import that the table does not know."""
    walked, allowed = modules(root), table()
    for module, tree in walked.items():
        rule = next((rule for name, rule in allowed.items() if fnmatch(module, name)), None)
        if rule is None:
            yield f"{module} is not in the table of tests/test_layers.py: give it a line there."
            continue
        for name in sorted(imported(tree, set(walked))):
            yield from complaint(module, name, rule, tree)


def complaint(module, name, rule, tree):
    ours, libraries = rule
    library = name.split(".")[0]
    if name.startswith("."):
        yield f"{module} imports {name}: imports are absolute."
    elif library in {"rituals", "pages", "app"}:
        if not any(fnmatch(name, pattern) for pattern in ours):
            yield f"{module} may not import {name}."
    elif library in NOT_CALLED.get(module, ()):
        if is_called(tree, library):
            yield f"{module} may not call {library}."
    elif library not in sys.stdlib_module_names | libraries:
        yield f"{module} may not import {library}: it lives elsewhere."


def clock_readers(root):
    """The modules that ask what time it is."""
    return {
        module
        for module, tree in modules(root).items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and (getattr(node.value, "id", getattr(node.value, "attr", "")), node.attr) in READS_A_CLOCK
    }


def a_tree(folder, **files):
    """A tree of modules: `rituals__spans="import re"`."""
    for name, text in files.items():
        file = folder / (name.replace("__", "/") + ".py")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def test_every_module_imports_only_what_the_table_lets_it():
    assert [] == list(complaints(ROOT))


def test_the_table_names_no_module_that_is_gone():
    walked = modules(ROOT)
    gone = {name for name in table() if not any(fnmatch(module, name) for module in walked)}

    assert set() == gone - {
        "pages",
        "pages.steps",
        "pages.views",
        "rituals.migrations",
        "rituals.migrations.versions",
    }


def test_the_table_has_no_circle():
    names = table()
    graph = {
        name: {other for other in names for pattern in ours if fnmatch(other, pattern)} - {name}
        for name, (ours, _) in names.items()
    }

    assert set(names) == set(TopologicalSorter(graph).static_order())


def test_each_library_has_one_home():
    homes = {}
    for module, (_, libraries) in table().items():
        for library in libraries:
            homes.setdefault(library, set()).add(".".join(module.split(".")[:2]))

    shared_by_all = homes.pop("streamlit")

    assert {"pages", "app"} == {home.split(".")[0] for home in shared_by_all}
    assert {
        "pandas": {"rituals.balance", "rituals.commands"},  # there for types alone
        "altair": {"rituals.charts", "rituals.glances", "rituals.theme"},
        "vl_convert": {"rituals.pictures"},
        "ortools": {"rituals.solver"},
        "icalendar": {"rituals.ics", "rituals.busy"},  # out and in
        "recurring_ical_events": {"rituals.busy"},
        "sqlalchemy": {
            "rituals.tables",
            "rituals.calendar_rows",
            "rituals.rows",
            "rituals.databases",
            "rituals.upgrades",
            "rituals.storage",
            "rituals.backups",
            "rituals.moving",
            "rituals.readable",
            "rituals.sound",
            "rituals.everything",
            "rituals.emptying",
            "rituals.covers",
            "rituals.drawers",
            "rituals.door",
            "rituals.past",
            "rituals.wished",
            "rituals.migrations",
        },
        "alembic": {"rituals.upgrades", "rituals.migrations"},
        "click": {"rituals.__main__", "rituals.commands"},
        "cryptography": {"rituals.sealing"},
        "starlette": {"app", "pages.address", "pages.file_button"},
        "segno": {"pages.out"},
        "pyarrow": {"pages.chart"},
        "caldav": {"rituals.server"},
        "niquests": {"rituals.server"},
        "lxml": {"rituals.server"},
        "keyring": {"rituals.passwords"},
        "fpdf": {"rituals.lettering", "rituals.stationery"},
        "fontTools": {"rituals.lettering"},
    } == homes


def test_the_first_page_loads_no_library_that_can_wait():
    shell = imported(modules(ROOT)["pages._shell"], set(modules(ROOT))) - {"streamlit"}
    sunday = imported(modules(ROOT)["pages.sunday"], set(modules(ROOT))) - {"streamlit"}
    loads = "\n".join(f"import {name}" for name in sorted({"app", *shell, *sunday}))
    asked = f"import sys\n{loads}\nprint([n for n in {LOADED_LATE} if n in sys.modules])"

    told = subprocess.run(
        [sys.executable, "-W", "error", "-c", asked], cwd=ROOT, capture_output=True, text=True
    )

    assert ("[]", 0) == (told.stdout.strip(), told.returncode), told.stderr


def test_no_page_imports_another_page():
    shell = modules(ROOT)["pages._shell"]
    pages = {
        f"pages.{node.args[0].value.removesuffix('.py')}"
        for node in ast.walk(shell)
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "Page"
    }
    walked = modules(ROOT)
    by_others = {name for tree in walked.values() for name in imported(tree, set(walked))}

    assert {"pages.sunday", "pages.weeks"} <= pages
    assert set() == pages & by_others


def test_only_the_edges_read_a_clock():
    assert clock_readers(ROOT) == CLOCKS


@pytest.mark.parametrize(
    ("file", "text", "sentence"),
    [
        (
            "rituals__streaks",
            "",
            "rituals.streaks is not in the table of tests/test_layers.py: give it a line there.",
        ),
        (
            "pages__steps__more__deep",
            "import streamlit",
            None,
        ),
        ("rituals__spans", "from rituals import weeks", "rituals.spans may not import rituals."),
        (
            "rituals__spans",
            "import rituals.weeks",
            "rituals.spans may not import rituals.weeks.",
        ),
        (
            "rituals__weeks",
            "from rituals.storage import Store",
            "rituals.weeks may not import rituals.storage.",
        ),
        (
            "rituals__plans",
            "def later():\n    import streamlit as st",
            "rituals.plans may not import streamlit: it lives elsewhere.",
        ),
        (
            "pages__sunday",
            "from sqlalchemy.orm import Session",
            "pages.sunday may not import sqlalchemy: it lives elsewhere.",
        ),
        ("pages__sunday", "import pages.weeks", "pages.sunday may not import pages.weeks."),
        (
            "pages__weeks",
            "from pages.steps import balance",
            "pages.weeks may not import pages.steps.",
        ),
        ("pages__weeks", "from . import shared", "pages.weeks imports .: imports are absolute."),
        (
            "pages__weeks",
            "import pandas as pd\ndef f(a: pd.DataFrame) -> pd.Series:\n    return pd.Series(a)",
            "pages.weeks may not call pandas.",
        ),
        ("pages__weeks", "import pandas as pd\ndef f(a: pd.DataFrame) -> pd.Series:\n  ...", None),
        ("rituals__spans", "import re\nfrom datetime import date", None),
        ("rituals__storage", "import sqlalchemy as sa", None),
    ],
)
def test_the_walk_sees_what_is_wrong(tmp_path, file, text, sentence):
    expected = [sentence] if sentence else []

    assert expected == list(complaints(a_tree(tmp_path, **{file: text})))


def test_the_walk_tells_a_module_from_a_name(tmp_path):
    tree = a_tree(tmp_path, rituals__weeks="", rituals__spans="from rituals import weeks, ONE")

    assert [
        "rituals.spans may not import rituals.",
        "rituals.spans may not import rituals.weeks.",
    ] == list(complaints(tree))


@pytest.mark.parametrize(
    "text", ["datetime.now(UTC)", "datetime.datetime.now()", "date.today()", "time.time()"]
)
def test_the_walk_sees_a_clock(tmp_path, text):
    assert {"rituals.plans"} == clock_readers(a_tree(tmp_path, rituals__plans=text))
