"""Tables in and out without any library: columns, records, text, buffers, Arrow of our own."""

from __future__ import annotations

import array
import datetime as dt
import json
import math
import pickle
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import attainment
from frames import COLUMNS, PLAN, WANT, answer, check, records


def test_the_same_observations_in_every_dress() -> None:
    check(records())
    check(tuple(records()))
    check(iter(records()))
    check({name: tuple(values) for name, values in COLUMNS.items()})
    check({**COLUMNS, "value": array.array("d", COLUMNS["value"]), "year": array.array("i", COLUMNS["year"])})
    check({**COLUMNS, "value": [Decimal(str(value)) for value in COLUMNS["value"]]})
    check({**COLUMNS, "value": [str(value) for value in COLUMNS["value"]]})
    check({**COLUMNS, "year": [str(year) for year in COLUMNS["year"]]})
    check({**COLUMNS, "year": [float(year) for year in COLUMNS["year"]]})
    lines = [",".join(COLUMNS)] + [",".join(map(str, row)) for row in zip(*COLUMNS.values(), strict=True)]
    check("\n".join(lines))


def test_names_of_columns_are_guessed_or_given() -> None:
    check({"地区": COLUMNS["area"], "指标": COLUMNS["indicator"], "年份": COLUMNS["year"], "数值": COLUMNS["value"]})
    odd = {"unit": COLUMNS["area"], "what": COLUMNS["indicator"], "t": COLUMNS["year"], "x": COLUMNS["value"]}
    check(odd, columns={"area": "unit", "indicator": "what", "period": "t", "value": "x"})


def test_a_path_is_read_and_a_missing_file_stays_what_it_is(tmp_path: Path) -> None:
    file = tmp_path / "观测.csv"
    text = "area,indicator,year,value\nEU,rd,2020,2.31\n"
    file.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert len(attainment.Panel(file)) == 1
    with pytest.raises(FileNotFoundError):
        attainment.Panel(tmp_path / "nowhere.csv")
    with pytest.raises(FileNotFoundError):
        attainment.Plan.load(tmp_path / "nowhere.yaml")
    plan = tmp_path / "plan.json"
    plan.write_text(PLAN.to_text("json"), encoding="utf-8")
    assert attainment.Plan.load(str(plan)) == attainment.Plan.load(plan) == PLAN


def test_numbers_and_periods_of_every_kind() -> None:
    class Index:
        def __index__(self) -> int:
            return 3

    def value(cell: Any) -> Any:
        plan = attainment.Plan.parse(
            "{attainment: 1, id: p, indicators: {a: {name: A, direction: increase}}, targets: {t: {indicator: a, reach: 1, by: 2020}}}"
        )
        return plan.assess([{"indicator": "a", "year": 2020, "value": cell}], as_of=2020).verdict("t").attained.value

    for cell in (3, 3.0, "3", Decimal(3), Decimal("3.00"), Decimal("0.03E+2"), Index(), Fraction(3)):
        assert value(cell) == 3, cell
    assert value(0.1) == Decimal("0.1")
    assert value(10**27) == Decimal(10**27)
    for cell in (None, math.nan, Decimal("NaN"), "..", "—"):
        assert value(cell) is None, cell

    day = dt.date(2020, 6, 30)
    zone = dt.timezone(dt.timedelta(hours=8))
    series: Any = [(dt.date(2010, 6, 30), 1), (day, 2)]
    moments: Any = [(dt.datetime(2010, 6, 30, 23, 59, tzinfo=zone), 1), (dt.datetime(2020, 6, 30, 0, 1, tzinfo=zone), 2)]
    common: dict[str, Any] = {"method": "linear", "target": (dt.date(2030, 6, 30), 3), "direction": "increase", "baseline": "2010-06-30"}
    assert attainment.pace(series=series, **common) == attainment.pace(series=moments, **common)


def test_results_are_tables() -> None:
    assessment = PLAN.assess(COLUMNS, as_of=2020, method="linear")
    table = assessment.columns()
    assert len(table) == len(assessment) == len(table.to_records()) == 4
    assert table.names[:6] == ("target", "area", "indicator", "as_of", "method", "attained")
    assert table.to_dict()["value"] == [2.31, 3.2, 71.7, None]
    assert assessment.to_records(decimals=True)[0]["gap"] == Decimal("0.69")
    assert assessment.to_records()[0]["gap"] == 0.69
    with pytest.raises(KeyError):
        table["colour"]


def test_our_own_arrow_is_read_back() -> None:
    """Every reader of Arrow is one more to test with; the first is this library itself."""
    table = attainment.TargetTable([{"area": "EU", "indicator": "rd", "bound": "3%", "by": 2020}])
    assert attainment.TargetTable(table.columns()) == attainment.TargetTable(table) == table
    result = PLAN.assess(COLUMNS, as_of=2020).columns()
    panel = attainment.Panel(result, columns={"period": "as_of"})
    assert panel.areas == ("EU", "AT")
    assert len(panel) == 4


def test_what_is_no_table_is_said() -> None:
    for data in (3, None, object(), [1, 2], [("EU", "rd", 2020, 3)]):
        with pytest.raises(TypeError, match="table"):
            attainment.Panel(data)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="column"):
        attainment.Panel({"value": "text"})
    with pytest.raises(attainment.InputError, match="row 1, column 3: a value of type `complex`"):
        attainment.Panel({"indicator": ["a"], "year": [2020], "value": [1j]})


def test_nothing_and_what_is_missing() -> None:
    assert len(attainment.Panel([])) == 0
    assert len(attainment.Panel({"indicator": [], "year": [], "value": []})) == 0
    with pytest.raises(attainment.InputError) as caught:
        attainment.Panel({"area": ["EU"], "value": [1]})
    assert caught.value.code == "missing_column"
    assert {finding.code for finding in caught.value.findings} >= {"missing_column"}
    with pytest.raises(attainment.InputError):
        attainment.Panel({"indicator": ["a"], "year": [2020, 2021], "value": [1]})


def test_bad_cells_are_named_by_row_and_column() -> None:
    panel = attainment.Panel({"indicator": ["a"] * 5, "year": [2020, "soon", 2021, 2022, 2022], "value": [1, 2, math.inf, 4, 5]})
    found = {(finding.code, finding.row, finding.column) for finding in panel.findings}
    assert ("bad_period", 2, 2) in found
    assert any(row == 3 and column == 3 for _, row, column in found)
    assert any(code == "duplicate_observation" or row == 5 for code, row, _ in found)


def test_json_and_pickles() -> None:
    assessment = PLAN.assess(COLUMNS, as_of=2020, method=["linear", "destatis-2023"])
    explanation = assessment.explain("rd", "EU", method="linear")
    card = attainment.score({"area": ["x", "y"], "a": [1, 2], "b": [3, 4]}, attainment.Scheme.from_dict(
        {"attainment": 1, "id": "s", "normalise": "as_is", "aggregate": "arithmetic", "pillars": ["a", "b"]}
    ))  # fmt: skip
    draft = attainment.extract("到2025年，森林覆盖率达到35%以上。")
    things: list[Any] = [
        *assessment.verdicts(), *assessment.outlook(), *assessment.disagreements(), *assessment.findings, *card.scores(),
        explanation, card.explain("x"), card.scheme, PLAN, draft, *draft.items, PLAN.lint(), attainment.methods(), attainment.codes(),
        attainment.Plan.from_targets([{"area": "F", "indicator": "l", "direction": "decrease", "bound": 15, "by": 2024}]),
        PLAN.diff(draft.to_plan()), attainment.Method.named("linear"), attainment.State.MET, attainment.schemes(),
        attainment.CascadeRule("rd", "proportional", parts="x"), attainment.RollUpRule("rd", 2020, parts="x"),
        attainment.TargetTable([{"area": "EU", "indicator": "rd", "bound": 3}]), explanation.title,
    ]  # fmt: skip
    for thing in things:
        again = pickle.loads(pickle.dumps(thing))
        assert again == thing, thing
        assert type(again) is type(thing)
        if hasattr(thing, "to_dict"):
            json.dumps(thing.to_dict())
    again = pickle.loads(pickle.dumps(explanation))
    for lang in ("en", "zh"):
        assert again.to_html(lang) == explanation.to_html(lang)
        assert again.to_text(lang) == explanation.to_text(lang)
    assert json.loads(again.to_json()) == json.loads(explanation.to_json())
    assert pickle.loads(pickle.dumps(explanation.title)).zh == explanation.title.zh
    verdict = assessment.verdicts()[0]
    assert len({verdict, pickle.loads(pickle.dumps(verdict))}) == 1
    with pytest.raises(AttributeError):
        verdict.area = "elsewhere"  # type: ignore[misc]


AREAS = st.sampled_from(["EU", "AT", "河北", ""])
CELLS = st.one_of(
    st.none(),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=True, allow_infinity=True, width=64),
    st.decimals(-(10**9), 10**9, places=3),
    st.sampled_from(["", "..", "1.5", "1,234.5", "约3", "x", "12%", "3亿元", "1e3"]),
    st.booleans(),
)
YEARS = st.one_of(st.integers(2006, 2021), st.sampled_from(["2020", "2019-Q4", "2018-06", "20XX", "soon", None, 2020.0]))
ROWS = st.lists(
    st.fixed_dictionaries({"area": AREAS, "indicator": st.sampled_from(["rd", "jobs", "other"]), "year": YEARS, "value": CELLS}),
    max_size=12,
)


@settings(max_examples=150, deadline=None)
@given(ROWS, st.integers(0, 12))
def test_columns_and_records_and_parts_are_the_same(rows: list[dict[str, Any]], cut: int) -> None:
    names = ["area", "indicator", "year", "value"]
    rows = [{name: row[name] for name in names} for row in rows]
    by_row = attainment.Panel(rows) if rows else attainment.Panel({name: [] for name in names})
    by_column = attainment.Panel({name: [row[name] for row in rows] for name in names})
    builder = attainment.PanelBuilder()
    for part in (rows[:cut], rows[cut:]):
        builder.add({name: [row[name] for row in part] for name in names})
    by_part = builder.finish()
    for panel in (by_column, by_part):
        assert (len(panel), panel.areas, panel.indicators) == (len(by_row), by_row.areas, by_row.indicators)
        assert panel.findings == by_row.findings
    whole = PLAN.assess(by_row, as_of=2020, method=["linear", "unsd-2023"])
    other = PLAN.assess(by_column, as_of=2020, method=["linear", "unsd-2023"])
    assert other.verdicts() == whole.verdicts()
    assert other.to_records(decimals=True) == whole.to_records(decimals=True)
    # The columns of a result and its verdicts say the same.
    for record, verdict in zip(whole.to_records(decimals=True), whole, strict=True):
        assert (record["target"], record["area"], record["attained"]) == (verdict.target, verdict.area, verdict.attained.state)
        assert (record["value"], record["gap"], record["ratio"]) == (verdict.attained.value, verdict.attained.gap, verdict.attained.ratio)


def test_records_are_what_was_wanted() -> None:
    assert answer(records()) == WANT
