"""pandas in and out; with pyarrow installed or not."""

from __future__ import annotations

import pytest

import attainment
from frames import COLUMNS, PLAN, check, library

pd = library("pandas")
np = library("numpy", "pandas")


def frame(**changes: object) -> pd.DataFrame:
    return pd.DataFrame(COLUMNS).assign(**changes)


def test_frames_of_every_type() -> None:
    df = frame()
    check(df)
    check(df.convert_dtypes())
    check(df.astype({"area": "category", "indicator": "category", "year": "int16"}))
    check(frame(indicator=pd.Categorical(COLUMNS["indicator"], categories=["unused", "rd", "jobs", "more"])))
    check(frame(value=pd.Series(COLUMNS["value"], dtype="Float64"), year=pd.Series(COLUMNS["year"], dtype="Int64")))
    check(frame(value=pd.Series([1.85, "2.31", 2.57, "3.2", 71.7], dtype=object)))
    check(frame(year=pd.PeriodIndex([str(year) for year in COLUMNS["year"]], freq="Y")))
    check(df.set_index(["area", "indicator"]))
    check(df.set_index(df.index[::-1]))
    check(df.rename(columns={"area": "unit"}), columns={"area": "unit"})
    check({name: df[name] for name in df})
    check({name: df[name].to_numpy() for name in df})


def test_numpy_arrays_of_every_type() -> None:
    arrays = {name: np.array(values) for name, values in COLUMNS.items()}
    check(arrays)
    check(arrays | {"value": np.array(COLUMNS["value"], dtype=">f8")})
    check(arrays | {"value": np.repeat(COLUMNS["value"], 2)[::2], "year": np.array(COLUMNS["year"], dtype="u2")})
    check(arrays | {"value": np.array(COLUMNS["value"], dtype="f4")})
    check(arrays | {"value": np.array(COLUMNS["value"], dtype=object), "area": np.array(COLUMNS["area"], dtype=object)})
    check([{key: np.float64(value) if key == "value" else value for key, value in row.items()} for row in frame().to_dict("records")])
    masked = np.ma.masked_invalid([1.0, np.nan])
    assert len(attainment.Panel({"indicator": ["rd", "rd"], "year": [2020, 2021], "value": masked}).findings) == 0
    pace = attainment.pace(method="linear", series=pd.Series([1.0, 2.0], index=[2010, 2015]), target=(np.int64(2020), np.float32(3)),
                           direction="increase", baseline=pd.Period("2010"))  # fmt: skip
    assert pace.category == "on_track"


def test_moments_are_their_day_in_their_own_zone() -> None:
    plan = attainment.Plan.parse(
        "{attainment: 1, id: p, indicators: {a: {name: A, direction: increase}}, targets: {t: {indicator: a, reach: 1, by: 2020-06-30}}}"
    )

    def period(moment: object) -> str | None:
        df = pd.DataFrame({"indicator": ["a"], "date": pd.Series([moment]), "value": [1]})
        return plan.assess(df, as_of="2021").verdict("t").attained.period

    assert period(pd.Timestamp("2020-06-30 23:30", tz="Asia/Shanghai")) == "2020-06-30"
    assert period(pd.Timestamp("2020-06-30 00:30", tz="America/New_York")) == "2020-06-30"
    assert period(pd.Timestamp("2020-06-30 12:00")) == "2020-06-30"
    arrays = {"indicator": ["a"], "date": np.array(["2020-06-30T23:30"], dtype="datetime64[ns]"), "value": [1]}
    assert plan.assess(arrays, as_of="2021").verdict("t").attained.period == "2020-06-30"
    assert plan.assess({**arrays, "date": np.array(["NaT"], dtype="datetime64[ns]")}, as_of="2021").findings


def test_bad_frames() -> None:
    assert len(attainment.Panel(frame().iloc[:0])) == 0
    assert len(attainment.Panel(frame(value=[np.nan, None, 1, 2, 3]))) == 5
    with pytest.raises(attainment.InputError, match="indicator"):
        attainment.Panel(pd.DataFrame({"area": ["x"], "value": [1]}))
    with pytest.raises(attainment.InputError):
        attainment.Panel(pd.DataFrame())
    panel = attainment.Panel(
        frame(value=[1, "two", np.inf, object, 5]) if False else frame(value=pd.Series([1, "two", np.inf, 4, 5], dtype=object))
    )
    assert {finding.row for finding in panel.findings} >= {3}
    doubled = pd.concat([frame(), frame(value=[1, 2, 3, 4, 5])])
    assert {finding.code for finding in attainment.Panel(doubled).findings} == {"conflicting_observations"} or attainment.Panel(
        doubled
    ).findings


def test_results() -> None:
    df = PLAN.assess(frame(), as_of=2020, method="linear").to_pandas()
    assert list(df["area"]) == ["EU", "AT", "EU", "AT"]
    assert str(df["value"].dtype) == "float64"
    assert str(df["attained"].dtype) == "category"
    assert df["value"].isna().sum() == 1
    exact = PLAN.assess(frame(), as_of=2020).to_pandas(decimals=True)
    assert str(exact["gap"][0]) == "0.69"
    pytest.importorskip("pyarrow")
    pd.testing.assert_frame_equal(pd.DataFrame.from_arrow(PLAN.assess(frame(), as_of=2020, method="linear")), df)
