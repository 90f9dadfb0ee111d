"""The same observations in the types of every library, and what must come of them."""

from __future__ import annotations

import importlib
import os
from decimal import Decimal
from typing import Any

import pytest

import attainment


def library(module: str, *environments: str) -> Any:
    """A library to test with: skipped where it is missing, unless this environment is there for it."""
    if os.environ.get("ATTAINMENT_WITH") in {module, *environments}:
        return importlib.import_module(module)
    return pytest.importorskip(module)


PLAN = attainment.Plan.parse(
    "{attainment: 1, id: p, defaults: {by: 2020, baseline: 2008}, "
    "indicators: {rd: {name: R&D, unit: percent, direction: increase}, jobs: {name: Jobs, unit: percent, direction: increase}}, "
    "targets: {rd: {indicator: rd, at_least: 3%}, jobs: {indicator: jobs, at_least: 75%}}}"
)

COLUMNS: dict[str, list[Any]] = {
    "area": ["EU", "EU", "AT", "AT", "EU"],
    "indicator": ["rd", "rd", "rd", "rd", "jobs"],
    "year": [2008, 2020, 2008, 2020, 2020],
    "value": [1.85, 2.31, 2.57, 3.2, 71.7],
}


def records(columns: dict[str, list[Any]] | None = None) -> list[dict[str, Any]]:
    """Columns as records."""
    columns = columns or COLUMNS
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def answer(data: Any, **more: Any) -> list[dict[str, Any]]:
    """What comes of observations, to the last digit."""
    panel = attainment.Panel(data, **more)
    assert panel.findings == (), panel.findings
    return PLAN.assess(panel, as_of=2020, method=["linear", "destatis-2023"]).to_records(decimals=True)


WANT = answer(COLUMNS)


def check(data: Any, **more: Any) -> None:
    """Observations in another dress give the same answer."""
    assert answer(data, **more) == WANT


assert WANT[0]["value"] == Decimal("2.31")
