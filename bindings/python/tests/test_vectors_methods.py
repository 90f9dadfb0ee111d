"""The vectors of methods: published results, through the public interface."""

from __future__ import annotations

import csv
from typing import Any

import attainment
from conftest import VECTORS, cases, cell, fail


def rows(name: str) -> list[list[str]]:
    with (VECTORS / "methods" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


def near(found: float | None, want: float, tolerance: float) -> bool:
    return found is not None and abs(found - want) <= tolerance * max(abs(want), 1.0)


def test_statistics_canada() -> None:
    for row in rows("statcan.csv"):
        pace = attainment.pace(
            method="statcan-2025",
            series=[(row[3], row[4]), (row[5], row[6])],
            target=(row[8], row[7]) if row[7] else None,
            direction="increase" if row[10] == "1" else "decrease",
            baseline=row[3],
            limit=row[9] or None,
        )
        assert pace.category == row[12], (row, pace)
        assert near(pace.score, float(row[13]), 1e-9), (row, pace)


def test_ties_of_growth_ratios() -> None:
    classes = {
        "0.95": ("substantial_progress", "moderate_progress"),
        "0.6": ("moderate_progress", "limited_progress"),
        "0.60": ("moderate_progress", "limited_progress"),
    }
    for row in rows("growth_ratio_ties.csv"):
        base, value, target, years, whole = map(int, row[:5])
        sign = 1 if row[5] == "increase" else -1

        def at(value: int) -> str | None:
            return attainment.pace(
                method="statcan-2025",
                series={2000: base, 2000 + years: value},  # noqa: B023
                target=(2000 + whole, target),  # noqa: B023
                direction=row[5],  # noqa: B023
                baseline=2000,
            ).category

        above, below = classes[row[6]]
        assert (at(value - sign), at(value), at(value + sign)) == (below, above, above), row


def judged(case: dict[str, Any], method: Any) -> attainment.Pace:
    target = case.get("target")
    if isinstance(target, list):
        by, *ends = map(cell, target)
        target = (by, ends[0] if len(ends) == 1 else tuple(ends))
    elif target is not None:
        each = target["each"]
        target = {"each": tuple(map(cell, each)) if isinstance(each, list) else cell(each)}
    marks = case.get("marks")
    return attainment.pace(
        method=method,
        series=[tuple(map(cell, point)) for point in case["points"]],
        target=target,
        direction=case["direction"],
        baseline=cell(case.get("baseline")),
        limit=cell(case.get("limit")),
        marks=marks and {name: cell(value) for name, value in marks.items()},
        peers=case.get("peers") and [cell(value) for value in case["peers"]],
        typical_path=case.get("typical_path") and [tuple(map(cell, pair)) for pair in case["typical_path"]],
        kind=case.get("kind"),
        percent="percent" in case,
        schedule=case.get("schedule"),
    )


def problem(case: dict[str, Any], pace: attainment.Pace) -> str | None:
    found = pace.to_dict()
    for key, want in case["expect"].items():
        have = found.get(key)
        if key in {"value_to", "score_to"}:
            continue
        if key in {"value", "score"} and isinstance(want, str):
            agrees = have is not None and f"{have:.{case['expect'][key + '_to']}f}" == want
        elif isinstance(want, (int, float)) and not isinstance(want, bool):
            agrees = near(have, want, 1e-12)
        elif key == "schedules":
            agrees = [[one["schedule"], one["category"]] for one in have or []] == want
        else:
            agrees = have == want or (key in {"notes", "schedules"} and not have and not want)
        if not agrees:
            return f"{key}: {have!r}, not {want!r}"
    return None


def test_every_series() -> None:
    series = cases("methods", "pace.yaml")
    failures = [f"{case['name']}: {found}" for _, case in series if (found := problem(case, judged(case, case["method"])))]
    fail(failures, len(series))


def test_methods_of_ones_own() -> None:
    for _, case in cases("methods", "own.yaml"):
        try:
            method = attainment.Method.from_dict(case["document"])
        except attainment.PlanError as error:
            assert [[finding.code, finding.path] for finding in error.findings] == case["problems"], case["name"]
            continue
        assert "problems" not in case, case["name"]
        assert problem(case, judged(case, method)) is None, case["name"]
        assert judged(case, method) == judged(case, case["document"]), case["name"]


def test_destatis() -> None:
    for row in rows("destatis.csv"):
        sign, year = row[4], int(row[5])
        target = {
            "target": {"reach": row[2], "by": row[3]},
            "constant": {"reach": row[2], "each": "2011/2030"},
            "direction": {"measure": "change", "more_than" if sign == "1" else "less_than": "0", "each": "2011/2030"},
        }[row[1]]
        plan = attainment.Plan.from_dict(
            {
                "attainment": 1,
                "id": "dns",
                "indicators": {"i": {"name": "an indicator", "direction": "increase" if sign == "1" else "decrease"}},
                "targets": {"t": {"indicator": "i", **target}},
            }
        )
        values = [{"indicator": "i", "year": year - 5 + index, "value": value} for index, value in enumerate(row[6:12]) if value]
        assessment = plan.assess(values, as_of=year, method="destatis-2023")
        pace = assessment.verdict("t").pace
        assert pace is not None
        assert pace.category == row[13], row
