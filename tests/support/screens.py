"""Every text that somebody can read or hear: in the code, and as pages show it."""

import ast
import json
import re
from html.parser import HTMLParser
from io import BytesIO

import pyarrow as pa
from google.protobuf.json_format import MessageToDict

STEPS = ["1 · Look back", "2 · Balance", "3 · Rituals", "4 · The week", "5 · Take it with you"]
PAGES = [
    "sunday.py",
    "our_weeks.py",
    "our_rituals.py",
    "surprises.py",
    "calendars.py",
    "household.py",
]


def sentences_of(file):
    """Every text in a module but its docstrings; those of the command line are its help.

    What is put into a text while it is written stands there as "…".
    """
    tree = ast.parse(file.read_text(encoding="utf-8"))
    quiet = set() if file.name == "__main__.py" else set(docstrings(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            quiet |= {id(part) for part in node.values}
            yield "".join(
                getattr(part, "value", "") if is_text(part) else "…" for part in node.values
            )
    for node in ast.walk(tree):
        if is_text(node) and id(node) not in quiet:
            yield node.value


def helps_of(file):
    """The help of each command in a module."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef) and any(map(is_command, node.decorator_list)):
            yield ast.get_docstring(node) or ""


def docstrings(tree):
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    for node in ast.walk(tree):
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr):
            yield id(node.body[0].value)


def is_text(node):
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def is_command(decorator):
    return "command" in ast.unparse(decorator).partition("(")[0]


def shown(at):
    """Every text a page sends to the browser that somebody can read or hear."""
    for node in elements(at._tree):
        proto = getattr(node, "proto", None)
        if proto is None:
            continue
        if node.type == "vega_lite_chart":
            yield proto.alt
            yield from texts_of_data(proto)
        elif node.type == "html":
            yield from texts_of_html(proto.body)
        elif node.type == "bidi_component":
            yield from texts_of_html(proto.html_content)
            yield from texts_of_script(proto.js_content)
            yield from texts_in(json.loads(proto.json))
        else:
            yield from texts_in(MessageToDict(proto))


def elements(block):
    for child in getattr(block, "children", {}).values():
        yield child
        yield from elements(child)


def texts_in(told):
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict):
        for name, value in told.items():
            if name not in {"id", "formId", "format"}:
                yield from texts_in(value)
    elif isinstance(told, list):
        for value in told:
            yield from texts_in(value)


def texts_of_script(script):
    """What a component's script may write: its literals with a blank or a capital in them."""
    written = map("".join, re.findall(r'"([^"\n]*)"|`([^`]*)`', script))
    return [re.sub(r"\$\{[^}]*\}%?", "", text) for text in written if re.search("[ A-Z]", text)]


def texts_of_data(proto):
    for dataset in proto.datasets:
        for row in pa.ipc.open_stream(BytesIO(dataset.data.data)).read_all().to_pylist():
            yield from (value for value in row.values() if isinstance(value, str))


class Texts(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []
        self.styling = False

    def handle_starttag(self, tag, attrs):
        self.styling = tag == "style"
        self.found += [value for name, value in attrs if name in {"title", "aria-label"}]

    def handle_endtag(self, _tag):
        self.styling = False

    def handle_data(self, data):
        if not self.styling:
            self.found.append(data)


def texts_of_html(body):
    parser = Texts()
    parser.feed(body)
    return parser.found
