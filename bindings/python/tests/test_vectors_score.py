"""The vectors of `tests/vectors/score`, through the public interface."""

from __future__ import annotations

import csv
from fractions import Fraction
from typing import Any

import attainment
from conftest import ROOT, VECTORS, cases, cell, fail


def card(case: dict[str, Any]) -> attainment.Scorecard:
    scheme: Any = case["scheme"] if isinstance(case["scheme"], str) else attainment.Scheme.from_dict(case["scheme"])
    if "panel" in case:
        return attainment.score(attainment.Panel(case["panel"]), scheme)
    if "data" in case:
        return attainment.score(attainment.WideTable(ROOT / "tests/data" / case["data"], columns=case.get("columns")), scheme)
    table = {name: [cell(value) for value in values] for name, values in case["table"].items()}
    return attainment.score(attainment.WideTable(table, columns=case.get("columns")), scheme)


def number(got: float | None, want: Any, within: float) -> bool:
    if want is None or got is None:
        return got is want
    want = float(Fraction(want)) if isinstance(want, str) else want
    return abs(got - want) <= within * max(abs(want), 1.0)


def pillar(of: attainment.Score | attainment.PillarScore, path: str) -> attainment.PillarScore:
    found: Any = of
    for id in path.split("/"):
        found = next(one for one in found.pillars if one.id == id)
    return found


def differs(got: attainment.Score, want: dict[str, Any], within: float) -> str | None:
    answers = {
        "rounded": None if got.rounded is None else str(got.rounded),
        "grade": got.grade,
        "veto": list(got.veto),
        "missing": [f"{missing.id}: {missing.treatment}" for missing in got.missing],
    }
    for key, value in want.items():
        if key in {"area", "period"}:
            continue
        if key in answers:
            fits = answers[key] == value
        elif key == "pillars":
            for path, asked in value.items():
                found = pillar(got, path)
                asked = asked if isinstance(asked, dict) else {"score": asked}
                if "score" in asked and not number(found.score, asked["score"], within):
                    return f"{path}: {found.score}"
                if "grade" in asked and found.grade != asked["grade"]:
                    return f"{path}: {found.grade}"
            fits = True
        elif key == "natures":
            fits = all(number(dict(got.natures)[nature], score, within) for nature, score in value.items())
        else:
            fits = number(getattr(got, key), value, 0.0 if key == "rank" else within)
        if not fits:
            return f"{key} of {got}, want {value}"
    return None


def problem(case: dict[str, Any]) -> str | None:
    try:
        scored = card(case)
    except attainment.AttainmentError as error:
        return None if case.get("error") in [finding.code for finding in error.findings] else str(error)
    if "error" in case:
        return f"want the error {case['error']}"
    for want in case.get("expect", []):
        got = scored.score(want["area"], period=want.get("period"))
        if found := differs(got, want, case.get("within", 1e-9)):
            return f"{want['area']}: {found}"
        assert got in scored.scores()
    found = [finding.code for finding in scored.findings]
    return None if found == case.get("findings", found) else f"findings {found}"


def test_every_vector() -> None:
    every = cases("score")
    fail([f"{file}: {case['name']}: {found}" for file, case in every if (found := problem(case))], len(every))


def test_the_simulation_vector_has_a_mean_rank_for_each_area() -> None:
    with (VECTORS / "score" / "simulation.csv").open(encoding="utf-8", newline="") as file:
        want = list(csv.reader(file))[1:]
    assert want
    assert all(1 <= float(row[1]) <= len(want) for row in want)
