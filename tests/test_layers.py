"""Who may import whom: a table, and the walk that holds every module to it."""

import ast
import sys
from fnmatch import fnmatch
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# A module, the modules of ours it may import, and after the bar the libraries that live in it.
TABLE = """
    rituals                      |
    rituals.quotes               |
    rituals.windows              | quotes
    rituals.model                | windows spans quotes
    rituals.day_parts            |
    rituals.spans                |
    rituals.weeks                | windows model spans
    rituals.words                | windows model
    rituals.catalogue            | windows model quotes words
    rituals.guides               |
    rituals.context              | model spans
    rituals.coverage             | model spans weeks
    rituals.stretch              | model
    rituals.wanted               | model spans
    rituals.ground               | model spans weeks coverage wanted
    rituals.scene                | model spans coverage stretch wanted ground
    rituals.wishes               | model spans weeks coverage ground scene wanted
    rituals.solver               | ground scene wishes                             | ortools
    rituals.reasons              | model spans weeks words coverage ground scene wanted
    rituals.placement            | model spans ground scene wanted wishes solver reasons
    rituals.suggest              | model
    rituals.taken                | model words
    rituals.plans                | model spans taken coverage placement
    rituals.laying               | model spans context wanted placement suggest plans
    rituals.agreed               | model spans words plans
    rituals.lived                | model words plans
    rituals.thought              | model words
    rituals.undone               | model
    rituals.otherwise            | model spans taken words plans lived
    rituals.balance              | model weeks words plans                  | pandas
    rituals.behind               | model day_parts words balance
    rituals.observing            | model words behind suggest
    rituals.sample               | windows model spans weeks context plans laying lived
    rituals.strands              | model words balance
    rituals.rhythm               | model day_parts words weeks
    rituals.history              | model words weeks balance suggest
    rituals.years                | model words weeks balance
    rituals.charts               | model words                              | altair
    rituals.glances              | charts day_parts rhythm                            | altair
    rituals.sheets               | model day_parts words balance strands rhythm history years
    rituals.pictures             | model words charts                       | vl_convert
    rituals.lettering            | words                                    | fpdf fontTools
    rituals.stationery           | model words lettering                    | fpdf
    rituals.paper        | model weeks words plans thought lettering stationery |
    rituals.season_paper         | model weeks words balance lettering stationery |
    rituals.atomic               |
    rituals.ics                  | model words taken                        | icalendar
    rituals.files                | model weeks taken plans agreed ics
    rituals.checklist            | model words taken
    rituals.repeats              |
    rituals.blocks               | repeats
    rituals.received             |
    rituals.busy | model spans weeks words received blocks repeats | icalendar recurring_ical_events
    rituals.fetch                |
    rituals.noticed              | model words
    rituals.tables               | words                                    | sqlalchemy
    rituals.rows                 | windows model spans taken tables                 | sqlalchemy
    rituals.calendar_rows        | model spans tables rows                  | sqlalchemy
    rituals.faults               |
    rituals.private              |
    rituals.known                |
    rituals.copies               | atomic faults private
    rituals.databases            | faults private                           | sqlalchemy
    rituals.upgrades             | faults copies databases                  | sqlalchemy alembic
    rituals.storage | model spans weeks taken noticed plans context faults known databases \
                      upgrades tables rows calendar_rows | sqlalchemy
    rituals.backups              | words faults copies databases storage moving | sqlalchemy
    rituals.aside                | storage tables                           | sqlalchemy
    rituals.surprises            | model day_parts spans weeks words plans
    rituals.acts                 | windows model day_parts spans weeks surprises
    rituals.covers | model spans weeks context storage tables surprises | sqlalchemy
    rituals.sealing              |                                          | cryptography
    rituals.drawers | model sealing surprises covers ics feeds storage tables taken | sqlalchemy
    rituals.door                 | sealing storage tables                   | sqlalchemy
    rituals.moving               | storage tables                           | sqlalchemy
    rituals.zips                 |
    rituals.readable             | tables                                   | sqlalchemy
    rituals.sound | windows model weeks rows calendar_rows tables taken    | sqlalchemy
    rituals.everything | model balance checklist databases files moving readable rows sheets sound \
                         storage tables taken weeks words zips | sqlalchemy
    rituals.emptying | copies databases passwords storage tables taken       | sqlalchemy
    rituals.past | model tables rows storage history years         | sqlalchemy
    rituals.wished | model suggest storage tables                 | sqlalchemy
    rituals.migrations           |
    rituals.migrations.env       |                                          | alembic
    rituals.migrations.versions  |
    rituals.migrations.versions.*|                                          | sqlalchemy alembic
    rituals.server               | taken ics                | caldav niquests lxml
    rituals.outlook              | model weeks plans agreed storage taken
    rituals.publish              | model plans agreed ics server outlook taken
    rituals.errand               | model ics outlook publish server storage taken
    rituals.outlook_words        | model taken checklist outlook errand
    rituals.passwords            | taken                                    | keyring
    rituals.calendars            | model busy storage weeks
    rituals.feeds                | model weeks agreed storage taken atomic ics |
    rituals.commands             |
    rituals.commands.edge | windows model weeks plans context laying taken catalogue covers \
                            storage feeds atomic quotes | click
    rituals.commands.telling     | model weeks words plans placement sheets | pandas
    rituals.commands.looking_back | model weeks words lived balance sheets *.edge | click
    rituals.commands.calendars | model words storage received calendars *.commands.edge | click
    rituals.commands.agreeing | model plans agreed checklist feeds rituals.commands.edge | click
    rituals.commands.export      | model taken files checklist rituals.commands.edge | click
    rituals.commands.feeds       | feeds rituals.commands.edge  | click
    rituals.commands.servers | model plans laying agreed check* storage taken server err* out* \
                               pass* *.edge | click
    rituals.commands.papers|model balance lettering stationery *paper *.edge | click
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
    pages.noticing | rituals.* pages.ui pages.session pages.who pages.noticed_lines | streamlit
    pages.wishing                | rituals.* pages.ui pages.session pages.who         | streamlit
    pages.thinking               | rituals.* pages.ui pages.session                   | streamlit
    pages.noticed_lines          | rituals.* pages.ui pages.session                   | streamlit
    pages.overview | rituals.* pages.ui pages.session pages.widgets pages.week_grid | streamlit
    pages.observation            | rituals.* pages.ui pages.session                   | streamlit
    pages.steps                  |
    pages.out                    |
    pages.out.feed_panel | rituals.* pages.ui pages.session pages.reach | streamlit segno
    pages.out.by_file | rituals.* pages.ui pages.session pages.options pages.file_button | streamlit
    pages.out.* | rituals.* pages.ui pages.session pages.edits pages.options | streamlit
    pages.steps.take_it_with_you | rituals.* pages.ui pages.session pages.saying_yes pages.out.* \
                                   pages.printing pages.thinking pages.who pages.options \
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
    "pages.overview": {"pyarrow"},
    "pages.lazy": {"ortools"},
    "pages.weeks": {"pandas"},
}
CLOCKS = {"pages.stores", "rituals.commands.edge"}
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
        "altair": {"rituals.charts", "rituals.glances"},
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
            "rituals.aside",
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
