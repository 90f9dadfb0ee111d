"""What can be pickled and copied is the same afterwards; what cannot says so."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest

import attainment

PLAN = attainment.Plan.parse(
    "{attainment: 1, id: p, indicators: {a: {name: A, direction: increase}}, targets: {a: {indicator: a, reach: 1, by: 2020, baseline: 2018}}}"
)
PANEL = attainment.Panel({"area": ["x", "y"] * 2, "indicator": ["a"] * 4, "year": [2018] * 2 + [2020] * 2, "value": [1, 2, 3, 4]})
ASSESSMENT = PLAN.assess(PANEL, as_of=2020, method="linear")
SCHEME = attainment.Scheme.from_dict({"attainment": 1, "id": "s", "normalise": "as_is", "aggregate": "arithmetic", "pillars": ["a", "b"]})
WIDE = attainment.WideTable({"area": ["x", "y"], "a": [1, 2], "b": [3, 5]})
CARD = attainment.score(WIDE, SCHEME)
VALUES = [
    PLAN,
    SCHEME,
    attainment.TargetTable([{"area": "x", "indicator": "a", "bound": 1}]),
    attainment.Method.named("linear"),
    attainment.extract("到2025年达到2.5%。"),
    PLAN.diff(PLAN),
    ASSESSMENT[0],
    ASSESSMENT[0].pace,
    ASSESSMENT[0].attained.state,
    ASSESSMENT.explain("a", "x"),
    CARD.scores()[0],
    CARD.explain("x"),
    CARD.robustness(1, 50, on_progress=False),
    attainment.Plan.check("{}")[0],
    attainment.methods()[0],
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_the_same_afterwards(value: Any) -> None:
    for again in (pickle.loads(pickle.dumps(value)), copy.copy(value), copy.deepcopy(value)):
        assert again == value
        assert type(again) is type(value)
    assert repr(pickle.loads(pickle.dumps(value))) == repr(value)


def test_an_error_keeps_its_findings() -> None:
    with pytest.raises(attainment.InputError) as caught:
        attainment.Panel({"area": ["x"]})
    again = pickle.loads(pickle.dumps(caught.value))
    assert (type(again), str(again), again.findings) == (attainment.InputError, str(caught.value), caught.value.findings)


@pytest.mark.parametrize(
    "value", [PANEL, attainment.PanelBuilder(), WIDE, ASSESSMENT, ASSESSMENT.columns(), CARD], ids=lambda value: type(value).__name__
)
def test_what_holds_whole_tables_is_not_pickled(value: Any) -> None:
    with pytest.raises(TypeError, match="cannot pickle"):
        pickle.dumps(value)
