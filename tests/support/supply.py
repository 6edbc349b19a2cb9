"""Bill of materials of Leavewell, and whether faults of its packages are known.

`sbom` writes sbom.json (CycloneDX) from requirements.txt; `audit` asks osv.dev about the same.
"""

from __future__ import annotations

import json
import re
import sys
import urllib.request
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;]+)", re.MULTILINE)
OSV = "https://api.osv.dev/v1/querybatch"
PATIENCE = 20  # seconds
COULD_NOT = 3  # the status of an audit that could not be made


def packages(requirements: Path = ROOT / "requirements.txt") -> list[tuple[str, str]]:
    """Names and versions that are pinned, in the order of the alphabet."""
    found = PINNED.findall(requirements.read_text("utf-8"))
    return sorted((re.sub(r"[._-]+", "-", name).lower(), version) for name, version in found)


def sbom() -> str:
    """The bill of materials as CycloneDX, the same for the same packages."""
    components = [
        {"type": "library", "name": name, "version": version, "purl": _purl(name, version)}
        for name, version in packages()
    ]
    content = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "leavewell"}},
        "components": components,
    }
    return json.dumps(content, indent=1) + "\n"


def known_faults(answer: dict[str, Any]) -> list[str]:
    """One line for each package that an answer of osv.dev knows faults of."""
    found = zip(packages(), answer["results"], strict=True)
    return [
        f"{name} {version}: {', '.join(fault['id'] for fault in result['vulns'])}"
        for (name, version), result in found
        if result.get("vulns")
    ]


def audit() -> int:
    """Prints the known faults; the status is 0 without any, 1 with some, 3 where nobody answers."""
    asked = {"queries": [{"package": {"purl": _purl(*each)}} for each in packages()]}
    request = urllib.request.Request(OSV, json.dumps(asked).encode())
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answered:  # noqa: S310 https
            faults = known_faults(json.load(answered))
    except (OSError, ValueError, KeyError):
        sys.stderr.write("This could not be looked up: osv.dev did not answer.\n")
        return COULD_NOT
    none = f"No faults are known of these {len(packages())} packages."
    sys.stdout.write("\n".join(faults or [none]) + "\n")
    return 1 if faults else 0


def _purl(name: str, version: str) -> str:
    return f"pkg:pypi/{name}@{version}"


if __name__ == "__main__":
    if sys.argv[1:] == ["audit"]:
        sys.exit(audit())
    (ROOT / "sbom.json").write_text(sbom(), "utf-8")
