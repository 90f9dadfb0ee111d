"""The vectors of documents, lint, differences and schemes, through the public interface."""

from __future__ import annotations

import copy
from typing import Any

import pytest

import attainment
from conftest import cases, fail


def text_of(case: dict[str, Any]) -> str:
    return case["text"] if "text" in case else "".join(text * times for text, times in case["pieces"])


def test_bad_documents_give_their_findings() -> None:
    failures = []
    bad = cases("documents", "bad.yaml")
    for _, case in bad:
        text = text_of(case)
        findings = attainment.Plan.check(text, case["format"])
        found = [{"code": f.code, "path": f.path, "line": f.line, "column": f.column} for f in findings]
        want = [{"line": None, "column": None} | finding for finding in case["findings"]]
        if found != want:
            failures.append(f"{case['name']}:\n  want {want}\n  have {found}")
        if len(text) < 1 << 20:
            with pytest.raises((attainment.ParseError, attainment.PlanError)) as caught:
                attainment.Plan.parse(text, case["format"])
            assert caught.value.findings == findings
    fail(failures, len(bad))


def test_good_documents_load() -> None:
    failures = []
    good = cases("documents", "good.yaml")
    for _, case in good:
        text = text_of(case)
        plan = attainment.Plan.parse(text, case["format"])
        found = [finding.code for finding in plan.findings]
        if found != case.get("warnings", []):
            failures.append(f"{case['name']}: {found}")
        assert plan.findings == attainment.Plan.check(text, case["format"])
        assert attainment.Plan.from_dict(plan.to_dict()) == plan
        assert attainment.Plan.parse(plan.to_text()) == plan
        assert attainment.Plan.parse(plan.to_text("json"), "json") == plan
    fail(failures, len(good))


def test_lint() -> None:
    failures = []
    lint = cases("lint")
    for file, case in lint:
        found = [{"code": f.code, "path": f.path} for f in attainment.Plan.from_dict(case["plan"]).lint()]
        if found != case["findings"]:
            failures.append(f"{file}: {case['name']}: {found}")
    fail(failures, len(lint))


def changed(plan: dict[str, Any], case: dict[str, Any]) -> dict[str, Any]:
    plan = copy.deepcopy(plan)

    def at(path: str) -> tuple[Any, str]:
        *parents, key = path.split("/")[1:]
        node = plan
        for parent in parents:
            node = node[parent]
        return node, key

    for path in case.get("remove", []):
        node, key = at(path)
        del node[key]
    for path, value in case.get("set", {}).items():
        node, key = at(path)
        node[key] = value
    for path, name in case.get("rename", {}).items():
        node, key = at(path)
        node[name] = node.pop(key)
    return plan


def test_diff() -> None:
    for _, group in cases("diff"):
        first = attainment.Plan.from_dict(group["base"])
        for case in group["cases"]:
            diff = first.diff(attainment.Plan.from_dict(changed(group["base"], case)))
            found = diff.to_records()
            assert len(found) == len(case["changes"]), f"{case['name']}: {diff}"
            for have, want in zip(found, case["changes"], strict=True):
                assert {key: have[key] for key in want} == want, case["name"]
            assert len(diff.to_text("zh").splitlines()) == len(found)
            assert len(diff.to_markdown().splitlines()) >= len(found)


def test_schemes() -> None:
    for _, case in cases("scheme"):
        try:
            findings = attainment.Scheme.parse(case["text"]).lint()
        except attainment.AttainmentError as error:
            findings = error.findings
        assert [[finding.code, finding.path] for finding in findings] == case["findings"], case["name"]
