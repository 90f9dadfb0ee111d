"""The vectors of `tests/vectors/cascade`, through the public interface."""

from __future__ import annotations

from typing import Any

import attainment
from conftest import cases, fail, records, same


def table(case: dict[str, Any], key: str) -> attainment.TargetTable | None:
    return attainment.TargetTable(case[key]) if key in case else None


def rule(document: dict[str, Any], targets: attainment.TargetTable | None) -> attainment.CascadeRule:
    rule = attainment.CascadeRule.from_dict({"attainment": 1, **document})
    return rule if targets is None else rule.targets(targets)


def text_of(value: Any) -> Any:
    """Decimals as the text the vectors have."""
    return None if value is None else str(value)


def wholes(result: attainment.RollUp | attainment.CascadeCheck) -> list[dict[str, Any]]:
    for whole in result.wholes:
        explanation = result.explain(whole.area)
        assert explanation.to_text() != explanation.to_text("zh")
    assert len(result.columns()) == len(result.to_records()) == len(result.wholes)
    return [whole.to_dict() for whole in result.wholes]


def answer(case: dict[str, Any]) -> tuple[dict[str, Any], tuple[attainment.Finding, ...]]:
    plan, panel = attainment.Plan.from_dict(case["plan"]), attainment.Panel(records(case.get("observations")))
    targets = table(case, "targets")
    if "roll_up" in case:
        rolled = plan.roll_up(panel, attainment.RollUpRule.from_dict({"attainment": 1, **case["roll_up"]}))
        return {"wholes": wholes(rolled)}, rolled.findings
    if "check" in case:
        bounds = table(case, "table")
        assert bounds is not None
        check = plan.check_cascade(panel, rule(case["check"], targets), bounds)
        return {"wholes": wholes(check)}, check.findings
    rules = case["cascade"] if isinstance(case["cascade"], list) else [case["cascade"]]
    for one in rules:
        cascade = plan.cascade(panel, rule(one, targets))
        targets = cascade.table
    for part in cascade.parts:
        assert cascade.explain(part.area).title
    csv = cascade.table.to_csv()
    assert attainment.TargetTable(csv).to_csv() == csv
    return {
        "parts": {part.area: text_of(part.bound) for part in cascade.parts},
        "unrounded": {part.area: text_of(part.unrounded) for part in cascade.parts},
        "left_out": [left.area for left in cascade.left_out],
        "csv": csv,
    }, cascade.findings


def problem(case: dict[str, Any]) -> str | None:
    try:
        got, findings = answer(case)
    except attainment.AssessError as error:
        found = [finding.code for finding in error.findings]
        return None if found == case.get("error") else f"{found}, want {case.get('error')}: {error}"
    if "error" in case:
        return "no error"
    for key, want in case["expect"].items():
        if not same(got[key], want):
            return f"{key}: {got[key]}, want {want}"
    found = [finding.code for finding in findings]
    return None if found == case.get("findings", []) else f"findings {found}"


def test_every_vector() -> None:
    every = cases("cascade")
    fail([f"{file}: {case['name']}: {found}" for file, case in every if (found := problem(case))], len(every))
