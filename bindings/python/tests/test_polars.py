"""polars in and out."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

import attainment
from frames import COLUMNS, PLAN, check, library

pl = library("polars")


def test_frames_of_every_type() -> None:
    df = pl.DataFrame(COLUMNS)
    check(df)
    check(df.with_columns(pl.col("area", "indicator").cast(pl.Categorical), pl.col("year").cast(pl.Int16)))
    check(df.with_columns(pl.col("indicator").cast(pl.Enum(["unused", "rd", "jobs"]))))
    check(df.with_columns(pl.col("value").cast(pl.Decimal(20, 2)), pl.col("year").cast(pl.String)))
    check(df.with_columns(pl.col("value").cast(pl.Float32)))
    check(df.with_columns(pl.lit([1, 2]).alias("list"), pl.struct("area", "year").alias("struct")).drop("list", "struct"))
    check(pl.concat([df[:2], df[2:]], rechunk=False))
    check({name: df[name] for name in df.columns})


def test_columns_of_other_types_do_no_harm_and_are_named_when_asked_for() -> None:
    df = pl.DataFrame(COLUMNS).with_columns(pl.struct("area").alias("geometry"))
    assert {finding.code for finding in attainment.Panel(df).findings} == {"unused_column"}
    with pytest.raises(attainment.InputError, match="the column `value` is of type `Struct"):
        attainment.Panel(df.drop("value").rename({"geometry": "value"}))
    dates = pl.DataFrame({"indicator": ["rd"], "date": [dt.date(2020, 12, 31)], "value": [3]})
    assert len(attainment.Panel(dates)) == 1


def test_results() -> None:
    assessment = PLAN.assess(pl.DataFrame(COLUMNS), as_of=2020, method="linear")
    df = assessment.to_polars()
    assert df["area"].to_list() == ["EU", "AT", "EU", "AT"]
    assert df["value"].dtype == pl.Float64
    assert df["score"].dtype == pl.Float64
    assert df["value"].null_count() == 1
    assert pl.DataFrame(assessment).equals(df)
    exact = assessment.to_polars(decimals=True)["gap"]
    assert exact[0] == Decimal("0.69")


def test_ten_million_rows() -> None:
    areas, years = 50_000, 200
    df = pl.DataFrame(
        {
            "area": pl.Series([f"a{area}" for area in range(areas)], dtype=pl.Categorical).gather(
                pl.int_range(areas, eager=True).repeat_by(years).explode()
            ),
            "year": pl.concat([pl.int_range(1824, 2024, eager=True)] * areas),
            "value": pl.int_range(areas * years, eager=True).cast(pl.Float64) / 1000,
        }
    ).with_columns(pl.lit("rd").alias("indicator"))
    panel = attainment.Panel(df)
    assert len(panel) == 10_000_000
    plan = attainment.Plan.parse(
        "{attainment: 1, id: p, indicators: {rd: {name: R&D, direction: increase}}, targets: {t: {indicator: rd, reach: 5000, by: 2023}}}"
    )
    assessment = plan.assess(panel, as_of=2023)
    assert len(assessment) == areas
    assert assessment.summary()["met"] == assessment.to_polars().filter(pl.col("value") >= 5000).height
