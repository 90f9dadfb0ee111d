"""pyarrow in and out."""

from __future__ import annotations

from decimal import Decimal

import pytest

import attainment
from frames import COLUMNS, PLAN, check, library

pa = library("pyarrow")


def table(**changes: object) -> pa.Table:
    return pa.table({**COLUMNS, **changes})


def test_tables_of_every_type() -> None:
    check(table())
    check(pa.record_batch(COLUMNS))
    check(pa.RecordBatchReader.from_batches(table().schema, table().to_batches(max_chunksize=2)))
    for text in (
        pa.string(),
        pa.large_string(),
        pa.string_view(),
        pa.dictionary(pa.int8(), pa.string()),
        pa.dictionary(pa.uint32(), pa.large_string()),
    ):
        check(table(area=pa.array(COLUMNS["area"]).cast(text), indicator=pa.array(COLUMNS["indicator"]).cast(text)))
    for number in (pa.float64(), pa.decimal128(38, 2), pa.decimal256(60, 5), pa.decimal128(10, 6), pa.string()):
        values = pa.array([Decimal(str(value)) for value in COLUMNS["value"]]).cast(number)
        check(table(value=values))
    check(table(value=pa.array(COLUMNS["value"], pa.float32())))
    for whole in (pa.int16(), pa.uint16(), pa.int32(), pa.uint32(), pa.int64(), pa.uint64(), pa.float64(), pa.float16(), pa.string()):
        check(table(year=pa.array(COLUMNS["year"]).cast(whole)))


def test_slices_and_chunks() -> None:
    doubled = pa.concat_tables([table(), table()])
    check(doubled.slice(5))
    check(pa.concat_tables([table().slice(0, 2), table().slice(2)]))
    words = [pa.array(part).dictionary_encode() for part in (COLUMNS["area"][:2], COLUMNS["area"][2:])]
    check(table(area=pa.chunked_array(words)))
    nulls = pa.table({**COLUMNS, "value": [None, *COLUMNS["value"][1:]]})
    assert len(attainment.Panel(nulls.slice(0, 3))) == 3


def test_moments() -> None:
    plan = attainment.Plan.parse(
        "{attainment: 1, id: p, indicators: {a: {name: A, direction: increase}}, targets: {t: {indicator: a, reach: 1, by: 2020-06-30}}}"
    )
    for unit in ("s", "ms", "us", "ns"):
        # 2020-06-29 23:30 UTC is the 30th in Shanghai, and stays the 29th where no zone is given.
        moment = pa.array([1593473400]).cast(pa.timestamp("s")).cast(pa.timestamp(unit))
        for zone, day in (("Asia/Shanghai", "2020-06-30"), ("UTC", "2020-06-29"), ("+08:00", "2020-06-30"), (None, "2020-06-29")):
            data = pa.table({"indicator": ["a"], "date": moment.cast(pa.timestamp(unit, zone)), "value": [1]})
            assert plan.assess(data, as_of=2021).verdict("t").attained.first_held_in == day, (unit, zone)
    for day in (pa.date32(), pa.date64()):
        data = pa.table({"indicator": ["a"], "date": pa.array([18443], pa.date32()).cast(day), "value": [1]})
        assert plan.assess(data, as_of=2021).verdict("t").attained.state == "met"


def test_bad_tables() -> None:
    assert len(attainment.Panel(table().slice(0, 0))) == 0
    assert len(attainment.Panel(table().schema.empty_table())) == 0
    with pytest.raises(attainment.InputError):
        attainment.Panel(pa.table({"area": ["x"]}))
    with pytest.raises(attainment.InputError):
        attainment.Panel(pa.schema([("area", pa.string())]).empty_table())
    with pytest.raises(attainment.InputError, match="the column `value` is of type `List"):
        attainment.Panel(table(value=pa.array([[1]] * 5)))


def test_results() -> None:
    assessment = PLAN.assess(table(), as_of=2020, method="linear")
    out = pa.table(assessment)
    assert out.schema.field("value").type == pa.float64()
    assert pa.types.is_dictionary(out.schema.field("attained").type)
    assert out["value"].null_count == 1
    exact = pa.table(assessment.columns(decimals=True))
    assert exact.schema.field("gap").type == pa.decimal128(38, 2)
    assert exact["gap"][0].as_py() == Decimal("0.69")
    assert pa.schema(assessment.columns()) == out.schema
    assert attainment.Panel(out, columns={"period": "as_of"}).areas == ("EU", "AT")
