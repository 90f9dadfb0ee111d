"""A minimal Arrow library works too."""

from __future__ import annotations

from frames import COLUMNS, PLAN, check, library

na = library("nanoarrow")


def stream() -> object:
    types = {"area": na.string(), "indicator": na.string(), "year": na.int32(), "value": na.float64()}
    arrays = [na.c_array(COLUMNS[name], types[name]) for name in types]
    return na.c_array_from_buffers(na.struct(types), 5, [None], children=arrays)


def test_in_and_out() -> None:
    check(na.Array(stream()))
    check(na.ArrayStream(na.Array(stream())))
    out = na.ArrayStream(PLAN.assess(COLUMNS, as_of=2020)).read_all()
    assert len(out) == 4
