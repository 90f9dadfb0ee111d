"""The vectors of `tests/vectors/assess`, through the public interface."""

from __future__ import annotations

from typing import Any

import pytest

import attainment
from conftest import VECTORS, cases, cell, fail, records, same

FILES = sorted(path.name for path in (VECTORS / "assess").glob("*.yaml"))


def assess(plan: attainment.Plan, case: dict[str, Any]) -> attainment.Assessment:
    def several(value: Any) -> Any:
        return [cell(one) for one in value] if isinstance(value, list) else cell(value)

    return plan.assess(
        attainment.Panel(records(case.get("observations"))),
        as_of=several(case.get("as_of")),
        vintage=cell(case.get("vintage")),
        method=case.get("method"),
        threshold=case.get("threshold", "exact"),
        targets=attainment.TargetTable(case["targets"]) if "targets" in case else None,
    )


def flat(verdict: attainment.Verdict) -> dict[str, Any]:
    full = verdict.to_dict()
    out = dict(full["attained"]) | {key: full[key] for key in ("target", "area", "as_of")}
    out |= {"flags": full["quality"]["flags"], "points": full["quality"]["points"]}
    out["override"] = full["override"] and full["override"]["state"]
    names = {"value": "pace_value", "reason": "pace_reason", "on_declared_baseline": "pace_on_declared_baseline"}
    out |= {names.get(key, key): value for key, value in (full["pace"] or {}).items()}
    return out


def problem(case: dict[str, Any]) -> str | None:
    plan = attainment.Plan.from_dict(case["plan"])
    assessment = assess(plan, case)
    verdicts = assessment.verdicts()
    for want in case["expect"]:
        text = {key: str(value) for key, value in want.items()}
        found = [
            verdict
            for verdict in verdicts
            if verdict.target == text["target"]
            and verdict.area == text.get("area", "")
            and text.get("as_of") in (None, verdict.as_of)
            and ("method" not in text or (verdict.pace is not None and verdict.pace.method == text["method"]))
        ]
        if len(found) != 1:
            return f"{len(found)} verdicts on {want}"
        got = flat(found[0])
        for key, value in want.items():
            if key not in got or not same(got[key], value):
                return f"{want['target']}: {key} is {got.get(key, 'no field')!r}, want {value!r}"
        moment = {"as_of": text.get("as_of"), "method": text.get("method")}
        if assessment.verdict(text["target"], text.get("area", ""), **moment) != found[0]:
            return f"`verdict` differs from `verdicts` on {want}"
    if "outlook" in case and not same([one.to_dict() for one in assessment.outlook()], case["outlook"]):
        return f"outlook {assessment.outlook()}"
    if "disagreements" in case and not same([one.to_dict() for one in assessment.disagreements()], case["disagreements"]):
        return f"disagreements {assessment.disagreements()}"
    if "diff_from" in case:
        changes = assess(plan, case | {"as_of": case["diff_from"]}).diff(assessment).to_records()
        if not same(changes, case["changes"]):
            return f"changes {changes}"
    for key, findings in (("findings", assessment.findings), ("warnings", plan.findings)):
        found = [finding.code for finding in findings]
        if key in case and found != case[key]:
            return f"{key} {found}, want {case[key]}"
    return None


@pytest.mark.parametrize("file", FILES)
def test_every_vector(file: str) -> None:
    failures = []
    all_cases = cases("assess", file)
    for _, case in all_cases:
        try:
            found = problem(case)
        except attainment.AttainmentError as error:
            found = str(error)
        if found:
            failures.append(f"{case['name']}: {found}")
    fail(failures, len(all_cases))
