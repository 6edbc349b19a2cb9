"""Who may import whom: one row a package, and the walk that holds every module to it."""

import ast
import subprocess
import sys
from fnmatch import fnmatch
from functools import cache
from graphlib import CycleError, TopologicalSorter
from itertools import chain

import pytest

from tests.support.paths import ROOT

# A package, the packages it may import, and after the bar the libraries that live in it. Imports
# run downwards: no package names a row below its own. Every package may import rituals.paths,
# rituals.text, rituals.time_zones and rituals.version.
TABLE = """
    rituals.model.time         |                                              | dateutil babel
    rituals.model              | model.time                                   | holidays
    rituals.planning.placement | model*                                        | ortools
    rituals.planning.choices   | model*                                        |
    rituals.planning.season    | model*                                        | ortools
    rituals.planning           | model* planning.placement planning.choices planning.season |
    rituals.planning.options   | model* planning planning.placement planning.choices |
    rituals.store.migrations   |                                              | sqlalchemy alembic
    rituals.store              | model* store.migrations                      | sqlalchemy alembic
    rituals.insights           | model*                                        | pandas
    rituals.charts             | model*                                        | altair vl_convert
    rituals.security           | model* store                | cryptography keyring sqlalchemy
    rituals.calendars.incoming | model* store                | icalendar
    rituals.calendars.outgoing | model* planning store                         | icalendar
    rituals.calendars.caldav   | model* planning store calendars.outgoing     | caldav niquests lxml
    rituals.printing           | model* planning insights                      | fpdf fontTools
    rituals.surprises          | model* store security calendars.outgoing      | sqlalchemy
    rituals.backup             | model* store insights security calendars.outgoing | sqlalchemy
    rituals.cli                | *                                            | click
    rituals                    | cli                                          | click tzdata
    pages.ui                   | rituals.*                          | streamlit pyarrow starlette
    pages.ui.grid              | rituals.* pages.ui                           | streamlit
    pages.session              | rituals.* pages.ui pages.ui.grid             | streamlit
    pages.server     | rituals.* pages.ui pages.session             | streamlit starlette uvicorn
    pages.panels               | rituals.* pages.ui pages.session             | streamlit
    pages.choosing             | rituals.* pages.ui pages.session             | streamlit
    pages.overview | rituals.* pages.ui pages.ui.grid pages.session pages.panels | streamlit
    pages.week_views           | rituals.* pages.ui pages.session pages.panels | streamlit
    pages.publishing           | rituals.* pages.ui pages.session pages.server | streamlit segno
    pages.ritual_form          | rituals.* pages.ui pages.session pages.publishing | streamlit
    pages.drawer     | rituals.* pages.ui pages.session pages.publishing | streamlit starlette
    pages.settings             | rituals.* pages.ui pages.session pages.server | streamlit
    pages.steps  | rituals.* pages.ui pages.session pages.choosing pages.p*      | streamlit
    pages.frame  | rituals.* pages.ui pages.session pages.server pages.settings | streamlit
    pages                      | rituals.* pages.*                            | streamlit
    app                        | rituals.* pages.*                            | streamlit starlette
"""
# Imported, but never called there: for the types of a signature, or ahead of the first page.
NOT_CALLED = {
    "rituals.cli.output": {"pandas"},
    "pages.our_weeks": {"pandas"},
    "pages.overview.weeks": {"altair", "pyarrow"},
    "pages.ui.lazy": {"ortools"},
}
FOUNDATIONS = {
    "rituals.paths",
    "rituals.text",
    "rituals.time_zones",
    "rituals.version",
}  # no package's own
MOST_MODULES = {"rituals": 16, "pages": 14}  # in one folder
MOST_FLOORS = 7  # of packages over each other, in each of the two trees
MOST_LINES = 400  # of a module
CLOCKS = {"pages.session.stores", "rituals.cli.context"}
READS_A_CLOCK = {("datetime", "now"), ("datetime", "utcnow"), ("date", "today"), ("time", "time")}
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


@cache
def table():
    """The table: for each package, patterns of the packages it may import, and its libraries."""
    rows = {}
    for row in TABLE.strip().splitlines():
        package, ours, libraries = (cell.split() for cell in row.split("|"))
        full = [name if "." in name else f"rituals.{name}" for name in ours]
        full = [f"rituals.{name}" if name.split(".")[0] not in TREES else name for name in full]
        rows[package[0]] = (full, set(libraries))
    return rows


TREES = ("rituals", "pages", "app")


@cache
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


def package_of(module):
    """The row that a module belongs to: the longest name that it begins with."""
    own = [name for name in table() if f"{module}.".startswith(f"{name}.")]
    return max(own, key=len, default=None)


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
    """One sentence for each import that the table does not allow."""
    walked = modules(root)
    for module, tree in walked.items():
        for name in sorted(imported(tree, set(walked))):
            yield from complaint(module, name, tree)


def complaint(module, name, tree):
    package = package_of(module)
    ours, libraries = table()[package]
    library = name.split(".")[0]
    if name.startswith("."):
        yield f"{module} imports {name}: imports are absolute."
    elif library in TREES:
        if not may_import(package, name, ours):
            yield f"{module} may not import {name}."
    elif library in NOT_CALLED.get(module, ()):
        if is_called(tree, library):
            yield f"{module} may not call {library}."
    elif library not in sys.stdlib_module_names | libraries:
        yield f"{module} may not import {library}: it lives elsewhere."


def may_import(package, name, ours):
    own = package_of(name)
    if name in FOUNDATIONS or (own == package and name != package):
        return True
    return own in table() and any(fnmatch(own, pattern) for pattern in ours)


def graph_of_packages(root):
    """For each package, the other packages that its modules import."""
    walked = modules(root)
    graph = {package: set() for package in table()}
    for module, tree in walked.items():
        names = imported(tree, set(walked)) - FOUNDATIONS
        graph[package_of(module)] |= {package_of(n) for n in names if n.split(".")[0] in TREES}
    return {package: others - {package} for package, others in graph.items()}


def graph_of_modules(root):
    walked = modules(root)
    return {module: imported(tree, set(walked)) & set(walked) for module, tree in walked.items()}


def floors(graph, tree):
    """How many packages of one tree stand over each other at most, the way in aside."""

    def height(package):
        lower = [other for other in graph[package] if other.startswith(f"{tree}.")]
        return 1 + max(map(height, lower), default=0)

    return max(height(package) for package in graph if package.startswith(f"{tree}."))


def circle(graph):
    """Modules that import one another in a ring, or nothing."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return error.args[1]
    return []


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
    """A tree of modules: `rituals__model__time__span="import re"`."""
    for name, text in files.items():
        file = folder / (name.replace("__", "/") + ".py")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def test_every_module_imports_only_what_its_package_may():
    assert [] == list(complaints(ROOT))


def test_every_folder_of_modules_is_a_row_of_the_table():
    packages = {
        name_of(file.relative_to(ROOT).parent / "__init__.py")
        for file in chain(ROOT.glob("rituals/**/*.py"), ROOT.glob("pages/**/*.py"))
    }
    inner = {"rituals.calendars", "rituals.store.migrations.versions"}  # rows stand for them

    assert packages - inner == set(table()) - {"app"}


def test_imports_run_downwards_in_the_table_and_in_the_code():
    rows = list(table())
    upward = [
        (package, other)
        for package, others in graph_of_packages(ROOT).items()
        for other in others
        if rows.index(other) > rows.index(package)
    ]

    assert [] == upward


def test_no_module_is_in_a_circle():
    assert [] == circle(graph_of_modules(ROOT))


@pytest.mark.parametrize("tree", ["rituals", "pages"])
def test_packages_stand_on_few_floors(tree):
    assert MOST_FLOORS >= floors(graph_of_packages(ROOT), tree)


def test_a_folder_holds_what_one_can_take_in():
    folders = {}
    for module in set(modules(ROOT)) - set(table()):
        folder, _, name = module.rpartition(".")
        folders.setdefault(folder, []).append(name)
    folders.pop("rituals.store.migrations.versions", None)  # a history, which only grows

    assert {} == {
        folder: len(names)
        for folder, names in folders.items()
        if len(names) > MOST_MODULES.get(folder.split(".")[0], 2)
    }


def test_no_module_is_longer_than_one_reads_at_once():
    lengths = {
        str(file.relative_to(ROOT)): len(file.read_text("utf-8").splitlines())
        for file in chain(ROOT.glob("rituals/**/*.py"), ROOT.glob("pages/**/*.py"))
    }

    assert {} == {name: lines for name, lines in lengths.items() if lines > MOST_LINES}


def test_each_library_has_one_home():
    homes = {}
    for package, (_, libraries) in table().items():
        for library in libraries:
            homes.setdefault(library, set()).add(package)
    everywhere = homes.pop("streamlit")

    assert {"pages", "app"} == {home.split(".")[0] for home in everywhere}
    assert {
        "sqlalchemy": {
            "rituals.store",
            "rituals.store.migrations",
            "rituals.security",
            "rituals.surprises",
            "rituals.backup",
        },
        "alembic": {"rituals.store", "rituals.store.migrations"},
        "icalendar": {"rituals.calendars.incoming", "rituals.calendars.outgoing"},
        "click": {"rituals", "rituals.cli"},
        "ortools": {"rituals.planning.placement", "rituals.planning.season"},
        "starlette": {"app", "pages.drawer", "pages.server", "pages.ui"},
    } == {library: packages for library, packages in homes.items() if len(packages) > 1}


def test_no_library_of_the_table_is_gone_from_its_package():
    walked = modules(ROOT)
    used = {
        (package_of(module), name.split(".")[0])
        for module, tree in walked.items()
        for name in imported(tree, set(walked))
    }
    rows = {(package, library) for package, (_, own) in table().items() for library in own}

    assert set() == rows - used


def test_no_page_imports_another_page():
    shell = modules(ROOT)["pages._shell"]
    pages = {
        f"pages.{node.args[0].value.removesuffix('.py')}"
        for node in ast.walk(shell)
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "Page"
    }
    walked = modules(ROOT)
    by_others = {name for tree in walked.values() for name in imported(tree, set(walked))}

    assert {"pages.sunday", "pages.our_weeks"} <= pages
    assert set() == pages & by_others


def test_only_the_edges_read_a_clock():
    assert clock_readers(ROOT) == CLOCKS


@pytest.mark.outside
def test_the_first_page_loads_no_library_that_can_wait():
    shell = imported(modules(ROOT)["pages._shell"], set(modules(ROOT))) - {"streamlit"}
    sunday = imported(modules(ROOT)["pages.sunday"], set(modules(ROOT))) - {"streamlit"}
    loads = "\n".join(f"import {name}" for name in sorted({"app", *shell, *sunday}))
    look = f"import sys\n{loads}\nprint([n for n in {LOADED_LATE} if n in sys.modules])"

    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", look],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ("[]", 0) == (ran.stdout.strip(), ran.returncode), ran.stderr


@pytest.mark.parametrize(
    ("file", "text", "sentence"),
    [
        ("pages__steps__more__deep", "import streamlit", None),
        (
            "rituals__model__time__span",
            "from rituals import store",
            "rituals.model.time.span may not import rituals.",
        ),
        (
            "rituals__model__time__span",
            "import rituals.planning.changes",
            "rituals.model.time.span may not import rituals.planning.changes.",
        ),
        (
            "rituals__planning__changes",
            "from rituals.store.store import Store",
            "rituals.planning.changes may not import rituals.store.store.",
        ),
        (
            "rituals__planning__placement__grid",
            "from rituals.planning.changes import move",
            "rituals.planning.placement.grid may not import rituals.planning.changes.",
        ),
        ("rituals__planning__changes", "from rituals.planning.placement.place import place", None),
        (
            "rituals__planning__changes",
            "def later():\n    import streamlit as st",
            "rituals.planning.changes may not import streamlit: it lives elsewhere.",
        ),
        (
            "pages__sunday",
            "from sqlalchemy.orm import Session",
            "pages.sunday may not import sqlalchemy: it lives elsewhere.",
        ),
        (
            "pages__ui__chart",
            "from pages.session import context",
            "pages.ui.chart may not import pages.session.",
        ),
        (
            "pages__our_weeks",
            "from . import ui",
            "pages.our_weeks imports .: imports are absolute.",
        ),
        (
            "pages__our_weeks",
            "import pandas as pd\ndef f(a: pd.DataFrame) -> pd.Series:\n    return pd.Series(a)",
            "pages.our_weeks may not call pandas.",
        ),
        (
            "pages__our_weeks",
            "import pandas as pd\ndef f(a: pd.DataFrame) -> pd.Series:\n  ...",
            None,
        ),
        ("rituals__model__time__span", "import re\nfrom datetime import date", None),
        ("rituals__model__plan", "from rituals.paths import DATA", None),
        ("rituals__store__store", "import sqlalchemy as sa", None),
    ],
)
def test_the_walk_sees_what_is_wrong(tmp_path, file, text, sentence):
    expected = [sentence] if sentence else []

    assert expected == list(complaints(a_tree(tmp_path, **{file: text})))


def test_the_walk_sees_a_circle_inside_a_package(tmp_path):
    tree = a_tree(
        tmp_path,
        rituals__model__time__span="from rituals.model.time import week",
        rituals__model__time__week="from rituals.model.time.span import Span",
    )

    assert {"rituals.model.time.span", "rituals.model.time.week"} == set(
        circle(graph_of_modules(tree))
    )


@pytest.mark.parametrize(
    "text", ["datetime.now(UTC)", "datetime.datetime.now()", "date.today()", "time.time()"]
)
def test_the_walk_sees_a_clock(tmp_path, text):
    tree = a_tree(tmp_path, rituals__planning__changes=text)

    assert {"rituals.planning.changes"} == clock_readers(tree)
