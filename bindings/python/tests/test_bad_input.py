"""Tables as users bring them: each gives the documented result, or an error that names the place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

import attainment
from frames import library

PLAN = attainment.Plan.parse(
    "{attainment: 1, id: p, indicators: {rd: {name: R&D, unit: percent, direction: increase}}, "
    "targets: {rd: {indicator: rd, at_least: 3%, by: 2020, baseline: 2018}}}"
)
BASE: dict[str, Any] = {"area": ["A", "A", "B"], "indicator": ["rd"] * 3, "year": [2018, 2020, 2020], "value": [1.0, 3.5, 2.5]}
GOOD = {"A": ("met", Decimal("3.5")), "B": ("not_met", Decimal("2.5"))}


def answers(data: Any, **more: Any) -> dict[str, tuple[str, Decimal | None]]:
    return {
        verdict.area: (str(verdict.attained.state), verdict.attained.value)
        for verdict in PLAN.assess(attainment.Panel(data, **more), as_of=2020)
    }


def places(data: Any, **more: Any) -> list[tuple[str, int | None, int | None]]:
    """Code, row and column of what is wrong with the rows."""
    return [(finding.code, finding.row, finding.column) for finding in attainment.Panel(data, **more).findings]


def refused(data: Any, **more: Any) -> list[tuple[str, int | None, int | None]]:
    """Code, row and column of what is wrong with the table."""
    with pytest.raises(attainment.InputError) as caught:
        attainment.Panel(data, **more)
    assert all(finding.message and finding.message.zh for finding in caught.value.findings)
    return [(finding.code, finding.row, finding.column) for finding in caught.value.findings if finding.severity == "error"]


MISSING = [("missing_column", None, None)]
BAD = "bad_cell"


def test_columns_of_python_objects() -> None:
    assert answers(BASE) == GOOD
    assert answers({**BASE, "value": ["3.5", 3.5, Decimal("2.5")]}) == {"A": ("met", Decimal("3.5")), "B": ("not_met", Decimal("2.5"))}
    assert answers({**BASE, "value": [1, 3, None]}) == {"A": ("met", Decimal(3)), "B": ("not_evaluable", None)}
    assert answers({**BASE, "value": [float("nan"), 3, ".."]}) == {"A": ("met", Decimal(3)), "B": ("not_evaluable", None)}
    # Every cell that cannot be read is told, with row and column.
    assert refused({**BASE, "area": [["x"], "A", {}], "value": [object(), 1j, 2]}) == [(BAD, 1, 1), (BAD, 3, 1), (BAD, 1, 4), (BAD, 2, 4)]
    assert refused(
        [{"area": "A", "indicator": "rd", "year": 2020, "value": 1}, {"area": "A", "indicator": "rd", "year": 2019, "value": []}]
    ) == [(BAD, 2, 4)]
    assert refused({**BASE, "area": [b"A", "A", bytearray(b"B")]}) == [(BAD, 1, 1), (BAD, 3, 1)]
    assert refused({**BASE, "area": ["\ud800", "A", "B"]}) == [(BAD, 1, 1)]
    assert refused({**BASE, "\udfff": [1, 2, 3]}) == [(BAD, 0, 5)]
    many = refused({"area": [object()] * 1000, "indicator": ["rd"] * 1000, "year": [2020] * 1000, "value": [1] * 1000})
    assert len(many) == 101
    assert many[99] == (BAD, 100, 1)


def test_an_error_of_a_value_is_its_own() -> None:
    class Odd:
        def __float__(self) -> float:
            raise ZeroDivisionError("mine")

    with pytest.raises(ZeroDivisionError, match="mine"):
        attainment.Panel({**BASE, "value": [Odd(), 1, 2]})

    class Broken:
        def __arrow_c_stream__(self, requested_schema: object = None) -> object:
            raise LookupError("mine")

    with pytest.raises(LookupError, match="mine"):
        attainment.Panel(Broken())
    with pytest.raises(ZeroDivisionError):
        attainment.Panel(1 / 0 for _ in range(2))


def test_numbers_at_the_edge() -> None:
    inf = float("inf")
    assert places({**BASE, "value": [inf, 3.5, -inf]}) == [("not_finite", 1, 4), ("not_finite", 3, 4)]
    assert places({**BASE, "value": [1e30, 3.5, 1e-30]}) == [("number_too_long", 1, 4), ("number_too_long", 3, 4)]
    assert places({**BASE, "value": ["1e400", "1" * 1_000_000, "2"]}) == [("number_too_long", 1, 4), ("number_too_long", 2, 4)]
    assert places({**BASE, "value": [Decimal("Infinity"), Decimal("NaN"), Decimal("1E+2")]}) == [("not_finite", 1, 4)]
    assert answers({**BASE, "value": [1, 10**20, 2.5]})["A"] == ("met", Decimal(10**20))
    # A truth value is no number of percent.
    assessment = PLAN.assess({**BASE, "value": [True, True, False]}, as_of=2020)
    assert {(finding.code, finding.row, finding.column) for finding in assessment.findings} == {(BAD, 1, 4), (BAD, 2, 4), (BAD, 3, 4)}


def test_periods_of_python() -> None:
    assert places({**BASE, "year": [2018.0, 2020.5, None]}) == [("bad_period", 2, 3), ("bad_period", 3, 3)]
    assert places({**BASE, "year": [18, -5, 99_999_999_999]}) == [("bad_period", row, 3) for row in (1, 2, 3)]
    assert places({**BASE, "year": [True, "soon", dt.time(1)]})[:2] == [("bad_period", 1, 3), ("bad_period", 2, 3)]
    # A day is a day: it is no year, not even its last one.
    assert answers({**BASE, "year": [dt.date(2018, 12, 31), dt.date(2020, 12, 31), dt.date(2020, 12, 31)]})["A"] == ("not_evaluable", None)
    # The day of a moment is that of its own time zone.
    zone = dt.timezone(dt.timedelta(hours=8))
    panel = {"indicator": ["rd"], "year": [dt.datetime(2020, 1, 1, 0, 30, tzinfo=zone)], "value": [3]}
    assert places({key: values * 2 for key, values in panel.items()}) == [("duplicate_observation", 2, 3)]
    assert "2020-01-01" in attainment.Panel({key: values * 2 for key, values in panel.items()}).findings[0].message


def test_duplicates_and_areas() -> None:
    twice = {key: values * 2 for key, values in BASE.items()}
    assert places(twice) == [("duplicate_observation", row, 4) for row in (4, 5, 6)]
    assert answers(twice) == GOOD
    conflict = {**twice, "value": [1.0, 3.5, 2.5, 1.0, 3.6, 2.5]}
    assert ("conflicting_observation", 5, 4) in places(conflict)
    assert answers(conflict)["A"][0] == "not_evaluable"
    assert set(answers({**BASE, "area": [1, "1", 2.5]})) == {"1", "2.5"}
    assert set(answers({**BASE, "area": [None, float("nan"), "B"]})) == {"", "B"}
    assert set(answers({**BASE, "area": ["A" * 1_000_000, "A", "B\0"]})) == {"A" * 1_000_000, "A", "B\0"}


@pytest.mark.parametrize("data", ["", {}, "\n"], ids=["text", "dict", "blank"])
def test_nothing_at_all_lacks_everything(data: Any) -> None:
    assert refused(data) in (MISSING * 3, [("empty_document", None, None)])


def test_no_rows_is_no_error() -> None:
    assert answers([]) == {"": ("not_evaluable", None)}
    assert answers({key: [] for key in BASE}) == {"": ("not_evaluable", None)}


def test_columns_that_are_not_there_or_have_odd_names() -> None:
    assert refused({"area": ["A"], "year": [2020]}) == MISSING * 2
    assert refused([{"area": "A"}]) == MISSING * 3
    assert refused(BASE, columns={"area": "Ort"}) == MISSING
    assert refused(BASE, columns={"areaa": "area"}) == MISSING
    assert refused({0: ["A"], 1: ["rd"], 2: [2020], 3: [3.5]}) == MISSING * 3
    assert answers({0: ["A"], 1: ["rd"], 2: [2020], 3: [3.5]}, columns={"area": "0", "indicator": "1", "period": "2", "value": "3"}) == {
        "A": GOOD["A"]
    }
    assert refused({**BASE, "value": [1.0]}) == [("ragged_row", None, None)]
    assert places(
        [{"area": "A", "indicator": "rd", "year": 2020, "value": 1}, {"region": "B", "indicator": "rd", "year": 2020, "value": 2}]
    ) == [("unused_column", 0, 5)]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (None, "a table is"),
        (5, "a table is"),
        (b"area,indicator,year,value\n", "a table is"),
        ([["A", "rd", 2020, 1]], "a table is"),
        ({**BASE, "area": "A"}, "`area` is of type `str`"),
        ({**BASE, "value": 1}, "`value` is of type `int`"),
        ({**BASE, "value": None}, "`value` is of type `NoneType`"),
    ],
)
def test_what_is_no_table(data: Any, says: str) -> None:
    with pytest.raises(TypeError, match=says):
        attainment.Panel(data)


def test_text_with_half_a_character() -> None:
    with pytest.raises(ValueError, match="surrogates not allowed"):
        attainment.Panel("area,indicator,year,value\nA\ud800,rd,2020,1\n")


class TestPandas:
    pd: Any = None

    @pytest.fixture(autouse=True)
    def _pandas(self) -> None:
        type(self).pd = library("pandas", "every")
        library("pyarrow", "every")

    def frame(self, **columns: Any) -> Any:
        return self.pd.DataFrame({**BASE, **columns})

    def test_object_columns(self) -> None:
        pd = self.pd
        mixed = pd.Series(["3.5", 3.5, Decimal("2.5")], dtype=object)
        assert answers(self.frame(value=mixed)) == GOOD
        nothing = pd.Series([None, float("nan"), pd.NA], dtype=object)
        assert answers(self.frame(value=nothing)) == {"A": ("not_evaluable", None), "B": ("not_evaluable", None)}
        assert refused(self.frame(value=pd.Series(["x", 3.5, [1]], dtype=object))) == [(BAD, 3, 4)]
        assert refused(self.frame(area=pd.Series(["\ud800", "A", "B"], dtype=object))) == [(BAD, 1, 1)]
        assert refused(self.frame(area=[b"A", b"A", b"B"])) == [(BAD, 0, 1)]

    def test_types_with_missing_values(self) -> None:
        pd = self.pd
        assert answers(self.frame(value=pd.array([1, None, 3], dtype="Int64"))) == {
            "A": ("not_evaluable", Decimal(1)),
            "B": ("met", Decimal(3)),
        }
        assert answers(self.frame(value=pd.array([1, 3.5, None], dtype="Float64"))) == {
            "A": ("met", Decimal("3.5")),
            "B": ("not_evaluable", None),
        }
        assert answers(self.frame().convert_dtypes(dtype_backend="pyarrow")) == GOOD
        assert answers(self.frame(value=pd.arrays.SparseArray([1.0, 3.5, 2.5]))) == GOOD
        assert set(answers(self.frame(area=pd.Categorical(["A", None, "B"], categories=["Z", "A", "B"])))) == {"A", "", "B"}
        assert answers(self.frame(area=pd.Categorical(["A", "A", "B"], categories=["Z", "A", "B"]))) == GOOD
        assert answers(self.frame(year=pd.Categorical([2018, 2020, 2020]))) == GOOD

    def test_periods(self) -> None:
        pd = self.pd
        assert answers(self.frame(year=pd.PeriodIndex(["2018", "2020", "2020"], freq="Y"))) == GOOD
        assert places(self.frame(year=pd.PeriodIndex(["2018", "2020", None], freq="Y"))) == [("bad_period", 3, 3)]
        # A year that ends in March is no calendar year, nor its fourth quarter one of the calendar.
        fiscal = self.frame(year=pd.PeriodIndex(["2018", "2020", "2020"], freq="Y-MAR"))
        assert answers(fiscal)["A"] == ("not_evaluable", None)
        for frequency, period in [("Y-MAR", "2019-04/2020-03"), ("Q-JAN", "2019-11/2020-01")]:
            text = "2020" if frequency == "Y-MAR" else "2020Q4"
            twice = pd.DataFrame({"indicator": ["rd"] * 2, "year": pd.PeriodIndex([text] * 2, freq=frequency), "value": [1, 1]})
            found = attainment.Panel(twice).findings
            assert [finding.code for finding in found] == ["duplicate_observation"]
            assert period in found[0].message, found[0].message

    def test_moments(self) -> None:
        pd = self.pd
        moments = pd.to_datetime(["2018-01-01 00:30", "2020-01-01 00:30", "2020-01-01 00:30"])
        frame = pd.concat([self.frame(year=moments.tz_localize("Asia/Shanghai"))] * 2)
        assert "2018-01-01" in attainment.Panel(frame).findings[0].message
        assert refused(self.frame(value=pd.to_timedelta([1, 2, 3], unit="D"))) == [(BAD, 0, 4)]
        assert refused(self.frame(year=pd.arrays.IntervalArray.from_tuples([(2018, 2019)] * 3))) == [(BAD, 0, 3)]

    def test_indices_and_names(self) -> None:
        pd = self.pd
        assert answers(self.frame().set_index("area")) == GOOD
        assert answers(self.frame().set_index(["area", "year"])) == GOOD
        # What is left of the numbers of rows after filtering is no column.
        assert places(self.frame().query("area == 'B'")) == []
        assert places(self.frame().set_index(pd.Index(["x", "y", "z"]))) == []
        assert answers(pd.concat([self.frame(), self.frame()])) == GOOD
        nested = self.frame()
        nested.columns = pd.MultiIndex.from_tuples([("a", name) for name in nested.columns])
        assert refused(nested) == MISSING * 3
        double = self.frame().assign(again=["C", "C", "D"]).set_axis(["area", "indicator", "year", "value", "area"], axis=1)
        assert places(double) == [("unused_column", 0, 5)]
        assert answers(double) == GOOD
        assert refused(pd.DataFrame({0: ["A"], 1: ["rd"], 2: [2020], 3: [3.5]})) == MISSING * 3
        assert refused(pd.DataFrame()) == MISSING * 3
        assert answers(self.frame().iloc[:0]) == {"": ("not_evaluable", None)}
        assert refused(self.frame().drop(columns=["value", "indicator"])) == MISSING * 2

    def test_a_single_column_is_no_table(self) -> None:
        with pytest.raises(TypeError, match="a table is"):
            attainment.Panel(self.pd.Series([1, 2], name="value"))


class TestNumpy:
    @pytest.fixture(autouse=True)
    def _numpy(self) -> None:
        type(self).np = library("numpy", "every")

    np: Any = None

    def test_arrays(self) -> None:
        np = self.np
        for kind in ("f8", ">f8", "f2", "f4", "longdouble"):
            assert answers({**BASE, "value": np.array([1, 3.5, 2.5], dtype=kind)}) == GOOD, kind
        assert answers({**BASE, "value": np.ma.array([1.0, 3.5, 2.5], mask=[0, 1, 0])})["A"] == ("not_evaluable", Decimal(1))
        assert answers({**BASE, "value": np.array([2**64 - 1, 3, 2], dtype="u8")})["A"] == ("met", Decimal(3))
        assert answers({**BASE, "year": np.array(["2018", "2020", "2020"], dtype="M8[Y]")}) == GOOD
        assert places({**BASE, "year": np.array(["2018-12-31", "NaT", "2020-12-31"], dtype="M8[D]")}) == [("bad_period", 2, 3)]
        assert refused({**BASE, "value": np.ones((3, 2))}) == [(BAD, row, 4) for row in (1, 2, 3)]
        assert refused({**BASE, "value": np.array([1j, 2, 3])}) == [(BAD, row, 4) for row in (1, 2, 3)]
        assert refused({**BASE, "area": np.array([b"A", b"A", b"B"])}) == [(BAD, row, 1) for row in (1, 2, 3)]


class TestArrow:
    @pytest.fixture(autouse=True)
    def _arrow(self) -> None:
        type(self).pa = library("pyarrow", "every")

    pa: Any = None

    def test_decimals(self) -> None:
        pa = self.pa
        cells = [Decimal("1.00"), Decimal("3.50"), None]
        for kind in (pa.decimal128(10, 2), pa.decimal256(50, 2)):
            assert answers(pa.table({**BASE, "value": pa.array(cells, kind)})) == {
                "A": ("met", Decimal("3.5")),
                "B": ("not_evaluable", None),
            }
        long = pa.table({**BASE, "value": pa.array([Decimal(10) ** 37, Decimal(3), None], pa.decimal128(38, 0))})
        assert places(long) == [("number_too_long", 1, 4)]

    def test_dictionaries(self) -> None:
        pa = self.pa
        without_code = pa.DictionaryArray.from_arrays(pa.array([0, None, 1], pa.int8()), pa.array(["A", "B"]))
        without_value = pa.DictionaryArray.from_arrays(pa.array([0, 2, 1], pa.int8()), pa.array(["A", "B", None]))
        for areas in (without_code, without_value):
            assert set(answers(pa.table({**BASE, "area": areas}))) == {"A", "", "B"}
        chunks = pa.chunked_array([pa.array(["A"]).dictionary_encode(), pa.array(["A", "B"]).dictionary_encode()])
        assert answers(pa.table({**BASE, "area": chunks})) == GOOD
        other = pa.chunked_array([pa.array(["A"]).dictionary_encode(), pa.array(["B", "A"]).dictionary_encode()])
        assert answers(pa.table({**BASE, "area": other, "year": [2018, 2020, 2020], "value": [1.0, 2.5, 3.5]})) == GOOD
        assert answers({**BASE, "area": chunks}) == GOOD

    def test_columns_of_other_types_are_refused_where_they_are_asked_for(self) -> None:
        pa = self.pa
        for place, name, column in [
            (1, "area", pa.array([b"A", b"A", b"B"])),
            (1, "area", pa.RunEndEncodedArray.from_arrays([2, 3], ["A", "B"])),
            (3, "year", pa.array([1, 2, 3], pa.time32("s"))),
            (4, "value", pa.array([{"a": 1}] * 3)),
            (4, "value", pa.array([[1.0]] * 3)),
            (4, "value", pa.array([1, 2, 3], pa.duration("s"))),
        ]:
            assert refused(pa.table({**BASE, name: column})) == [(BAD, 0, place)], column.type
        # Where nobody asks for it, it does no harm.
        assert answers(pa.table({**BASE, "geometry": pa.array([b"\xff"] * 3)})) == GOOD

    def test_forms_of_streams(self) -> None:
        pa = self.pa
        ragged = pa.table({**BASE, "area": pa.chunked_array([["A"], ["A", "B"]]), "indicator": pa.chunked_array([["rd", "rd"], ["rd"]])})
        assert answers(ragged) == GOOD
        assert (
            answers(
                pa.table({**BASE, "area": pa.array(BASE["area"], pa.string_view()), "indicator": pa.array(["rd"] * 3, pa.large_string())})
            )
            == GOOD
        )
        assert refused(pa.table({})) == MISSING * 3
        assert places(pa.table([["A"], ["rd"], [2020], [3.5], [2.0]], names=["area", "indicator", "year", "value", "value"])) == [
            ("unused_column", 0, 5)
        ]


def test_polars() -> None:
    pl = library("polars", "every")
    frame = pl.DataFrame(BASE)
    assert answers(frame) == GOOD
    assert answers(frame.with_columns(pl.col("area").cast(pl.Categorical))) == GOOD
    assert answers(frame.with_columns(pl.col("area").cast(pl.Enum(["Z", "A", "B"])))) == GOOD
    assert answers(frame.with_columns(value=pl.Series([None] * 3))) == {"A": ("not_evaluable", None), "B": ("not_evaluable", None)}
    assert answers(frame.clear()) == {"": ("not_evaluable", None)}
    assert refused(pl.DataFrame()) == MISSING * 3
    assert refused(frame.with_columns(value=pl.Series([[1.0]] * 3))) == [(BAD, 0, 4)]
    assert refused(frame.with_columns(value=pl.Series([dt.timedelta(1)] * 3))) == [(BAD, 0, 4)]
    with pytest.raises(TypeError, match="collect"):
        attainment.Panel(frame.lazy())
    with pytest.raises(TypeError, match="a table is"):
        attainment.Panel(frame["value"])


def test_duckdb() -> None:
    duckdb = library("duckdb", "every")
    library("pyarrow", "every")
    rows: Callable[[str], Any] = lambda columns: duckdb.sql(f"select 'rd' indicator, 2020 as year, {columns}")  # noqa: E731
    assert answers(rows("'A' area, 3.5 as value")) == {"A": GOOD["A"]}
    assert answers(rows("'A' area, 3::hugeint as value"))["A"] == ("met", Decimal(3))
    assert refused(rows("'A'::blob area, 3.5 as value")) == [(BAD, 0, 3)]
    assert refused(rows("'A' area, interval 1 day as value")) == [(BAD, 0, 4)]


def test_nanoarrow() -> None:
    nanoarrow = library("nanoarrow", "every")
    pa = library("pyarrow", "every")
    assert answers(nanoarrow.ArrayStream(pa.table(BASE))) == GOOD
    assert answers(nanoarrow.c_array(pa.record_batch(BASE))) == GOOD
