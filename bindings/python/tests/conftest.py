"""Where the vectors are, and how they are read."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[3]
VECTORS = ROOT / "tests" / "vectors"


class Loader(yaml.SafeLoader):
    """YAML 1.2: `no` is a text, and so is a date."""


Loader.yaml_implicit_resolvers = {}
for tag, pattern, first in [
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", r"~|null|Null|NULL|", "~nN\0"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
]:
    Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), [*first, ""] if tag == "null" else list(first))
# Numbers of 1.2 have no other bases, and `012` is twelve.
Loader.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(loader.construct_scalar(node)))
Loader.add_constructor("tag:yaml.org,2002:float", lambda loader, node: float(loader.construct_scalar(node)))


def cases(folder: str, *files: str) -> list[tuple[str, dict[str, Any]]]:
    """Every case of the files of a folder, with the name of its file."""
    found = []
    for path in sorted((VECTORS / folder).iterdir()):
        if path.suffix not in {".yaml", ".json"} or (files and path.name not in files):
            continue
        text = path.read_text(encoding="utf-8")
        found += [(path.name, case) for case in (json.loads(text) if path.suffix == ".json" else yaml.load(text, Loader))]
    assert found, folder
    return found


def fail(failures: list[str], count: int) -> None:
    """Fail with all problems at once."""
    assert not failures, f"{len(failures)} of {count} vectors fail:\n" + "\n".join(failures)


def cell(value: Any) -> Any:
    """A value of a vector as a cell: numbers as the text they are written with."""
    return value if value is None or isinstance(value, (str, bool)) else repr(value)


def records(rows: Any) -> Any:
    """Observations of a vector: CSV text, or rows of area, indicator, period, value and extras."""
    if isinstance(rows, str):
        return rows
    return [
        {"area": str(row[0]), "indicator": str(row[1]), "period": cell(row[2]), "value": cell(row[3])}
        | {key: str(value) for key, value in (row[4] if len(row) > 4 else {}).items()}
        for row in rows or []
    ]


def same(got: Any, want: Any, within: float = 1e-9) -> bool:
    """Equal, where numbers of one side may be text of the other, and a map may have more."""
    if isinstance(want, dict):
        return isinstance(got, dict) and all(key in got and same(got[key], value, within) for key, value in want.items())
    if isinstance(want, (list, tuple)):
        return isinstance(got, (list, tuple)) and len(got) == len(want) and all(map(same, got, want))
    if isinstance(want, bool) or want is None:
        return got is want
    if isinstance(want, (int, float)):
        if isinstance(got, str):
            return got == repr(want)
        return isinstance(got, (int, float)) and not isinstance(got, bool) and abs(got - want) <= within * max(abs(want), 1e-9)
    return got == want


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT
