"""Folders of the project, for tests wherever they lie."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHELL = ROOT / "pages" / "_shell.py"
DATA = ROOT / "tests" / "data"
