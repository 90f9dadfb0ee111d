"""duckdb relations in, results as tables of duckdb out."""

from __future__ import annotations

from frames import COLUMNS, PLAN, check, library, records

duckdb = library("duckdb")


def test_relations() -> None:
    with duckdb.connect() as db:
        db.execute("create table t (area varchar, indicator varchar, year integer, value decimal(10, 2))")
        db.executemany("insert into t values (?, ?, ?, ?)", [list(row.values()) for row in records()])
        check(db.table("t"))
        check(db.sql("select area, indicator, year, value::double as value from t"))
        check(db.sql("select area, indicator::enum('rd', 'jobs', 'unused') as indicator, year::varchar as year, value from t"))
        check(db.sql("select area as unit, indicator, year, value from t"), columns={"area": "unit"})


def test_results_are_scanned() -> None:
    assessment = PLAN.assess(COLUMNS, as_of=2020, method="linear")
    with duckdb.connect() as db:
        db.register("verdicts", assessment.columns())
        found = db.sql("select attained::varchar, count(*) from verdicts group by 1 order by 1").fetchall()
    assert found == [("met", 1), ("not_evaluable", 1), ("not_met", 2)]
