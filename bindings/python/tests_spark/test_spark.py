"""What Spark answers is what one machine answers, to the bit."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

import pytest

import attainment

pa = pytest.importorskip("pyarrow")
pytest.importorskip("pyspark")

from pyspark.sql import functions as F  # noqa: E402

from attainment import spark  # noqa: E402

PLAN = """
attainment: 1
id: counties
indicators:
  energy: { name: 能耗强度, unit: percent, direction: decrease, marks: { floor: 0 } }
  water:  { name: 污水处理率, unit: percent, direction: increase }
  a:      { name: A, direction: increase }
  b:      { name: B, direction: increase }
  ratio:  { name: A per B, direction: increase, formula: { ratio: [a, b] } }
targets:
  energy:      { indicator: energy, at_most: 8%, by: 2025, baseline: 2015 }
  energy-less: { indicator: energy, measure: relative_change, at_most: -20%, by: 2025, baseline: 2015 }
  water:       { indicator: water, at_least: 95%, by: 2023, baseline: 2018 }
  water-each:  { indicator: water, at_least: 60%, each: 2020/2022 }
  ratio:       { indicator: ratio, at_least: 1.5, by: 2024, baseline: 2015 }
  both:        { all: [energy, water] }
"""
METHODS = ["linear", "statcan-2025", "eurostat-2019", "cn-midterm-10pp"]


def rows(areas: int = 3000, seed: int = 7) -> list[tuple[Any, ...]]:
    """A panel with gaps: some values are missing, some rows are, some areas have no area."""
    chance = random.Random(seed)
    made = []
    for number in range(areas):
        area = f"{'新昌县' if number % 3 else ' 北京市'}{number}{' ' if number % 5 == 0 else ''}"
        for indicator, start in [("energy", 12.0), ("water", 70.0), ("a", 3.0), ("b", 2.0)]:
            level = start
            for year in range(2015, 2024):
                level *= chance.uniform(0.93, 1.06)
                if chance.random() < 0.1:
                    continue
                value = None if chance.random() < 0.1 else round(level, chance.choice([0, 1, 2, 3, 12]))
                made.append((area, indicator, year, value))
    made += [(None, "energy", year, 11.0) for year in range(2015, 2024)]
    chance.shuffle(made)
    return made


SCHEMA = "area string, indicator string, year int, value double"


def local(plan: attainment.Plan, observations: list[tuple[Any, ...]], **options: Any) -> attainment.Assessment:
    names = ["area", "indicator", "year", "value"]
    columns = {name: [row[index] for row in observations] for index, name in enumerate(names)}
    return plan.assess(attainment.Panel(columns), **options)


def bits(value: Any) -> Any:
    return value.hex() if isinstance(value, float) else value


def same(assessment: spark.SparkAssessment, expected: attainment.Assessment) -> None:
    """Every column of every verdict, floats by their bits."""
    got = assessment.verdicts.toArrow()
    table = expected.columns()
    assert got.column_names == list(table.names)
    answered = Counter(tuple(bits(value) for value in row.values()) for row in got.to_pylist())
    wanted = Counter(tuple(bits(value) for value in row.values()) for row in table.to_records())
    assert answered == wanted, (list((answered - wanted).items())[:3], list((wanted - answered).items())[:3])


@pytest.fixture(scope="module")
def plan() -> attainment.Plan:
    return attainment.Plan.parse(PLAN)


def test_equal_to_the_bit_on_thousands_of_areas(session, plan):
    observations = rows()
    frame = session.createDataFrame(observations, SCHEMA)
    options = {"as_of": [2020, 2023], "method": METHODS}
    assessment = spark.assess(plan, frame, **options)
    expected = local(plan, observations, **options)
    assert len(expected) == 3001 * 6 * 2 * 4
    assert set(expected.summary()) == set(attainment.State)
    assert all(expected.summary().values())
    same(assessment, expected)
    assert assessment.across_areas == ()


def test_parts_are_cut_between_areas_only(session, plan, monkeypatch):
    observations = rows(60)
    frame = session.createDataFrame(observations, SCHEMA)
    cut = spark.cluster(frame)._frame.toArrow()
    for size in (1, 40, 100, 999, 10_000):
        monkeypatch.setattr(spark, "_ROWS", size)
        for batch_size in (1, 7, 50, 10_000):
            parts = list(spark._whole_areas(cut.to_batches(max_chunksize=batch_size)))
            assert sum(part.num_rows for part in parts) == cut.num_rows
            seen = [key for part in parts for key in set(part.column(0).to_pylist())]
            # The frame has seven partitions, each sorted; an area lies in one of them.
            assert len(seen) == len(set(seen)) == 61, (size, batch_size)
            assert len(parts) == 1 or size < 10_000


def test_vintage_threshold_and_a_method_of_ones_own(session, plan):
    observations = [row for row in rows(50) if row[3] is not None]
    own = attainment.Method.from_dict(
        {
            "attainment": 1,
            "id": "county-2024",
            "with_target": {
                "gauge": "linear_ratio",
                "cuts": [{"at_least": 1, "word": "正常", "scale": "on_track"}],
                "below": {"word": "滞后", "scale": "behind"},
            },
        }
    )
    released = [(*row, 2021 + index % 3) for index, row in enumerate(observations)]
    frame = session.createDataFrame(released, SCHEMA + ", released int")
    names = ["area", "indicator", "year", "value", "released"]
    panel = attainment.Panel({name: [row[index] for row in released] for index, name in enumerate(names)})
    options: dict[str, Any] = {"as_of": "2023", "vintage": 2022, "method": own, "threshold": "half_up"}
    same(spark.assess(plan, frame, **options), plan.assess(panel, **options))


def test_integer_areas_and_foreign_names(session, plan):
    observations = [(index % 40, "water", 2018 + index // 40, 60.0 + index % 37) for index in range(240)]
    frame = session.createDataFrame(
        observations, "`unit.code` long, `what ``is` it` string, Jahr int, Wert double".replace("what ``is` it", "what is it")
    )
    columns = {"area": "unit.code", "indicator": "what is it", "period": "Jahr", "value": "Wert"}
    expected = local(plan, observations, as_of=2023)
    same(spark.assess(plan, frame, as_of=2023, columns=columns), expected)
    # 32-bit integers and text of digits are the same areas.
    narrow = frame.select(
        F.col("`unit.code`").cast("int").alias("area"),
        F.col("what is it").alias("indicator"),
        F.col("Jahr").alias("year"),
        F.col("Wert").alias("value"),
    )
    same(spark.assess(plan, narrow, as_of=2023), expected)
    same(spark.assess(plan, narrow.withColumn("area", F.col("area").cast("string")), as_of=2023), expected)


def test_a_target_table_travels_with_its_areas(session, plan):
    observations = rows(300)
    areas = sorted({row[0].strip() for row in observations if row[0]})
    bounds = [(area, "water", "at_least", f"{60 + index % 40}%", 2023) for index, area in enumerate(areas) if index % 3]
    bounds += [("只在目标表", "water", "at_least", "50%", 2023), ("only in the table", "energy", "at_most", "50%", 2023)]
    names = ["area", "indicator", "compare", "bound", "by"]
    table = attainment.TargetTable({name: [row[index] for row in bounds] for index, name in enumerate(names)})
    frame = session.createDataFrame(observations, SCHEMA)
    targets = session.createDataFrame(bounds, "area string, indicator string, compare string, bound string, by int")
    for options in ({"as_of": 2023}, {"as_of": [2020, 2023], "method": METHODS}):
        expected = local(plan, observations, targets=table, **options)
        same(spark.assess(plan, frame, targets=targets, **options), expected)
    clustered = spark.cluster(frame, targets=targets.withColumnRenamed("bound", "目标值"), target_columns={"bound": "目标值"}).persist()
    same(spark.assess(plan, clustered, as_of=2023), local(plan, observations, targets=table, as_of=2023))
    same(spark.assess(plan, clustered, as_of=2020), local(plan, observations, targets=table, as_of=2020))
    clustered.unpersist()


ACROSS = """
attainment: 1
id: league
areas:
{areas}
indicators:
  energy: {{ name: 能耗强度, unit: percent, direction: decrease, marks: {{ best: {{ rule: mean_of_best, n: 3, among: counties }} }} }}
  water:  {{ name: 污水处理率, unit: percent, direction: increase }}
  ready:  {{ name: 达标县占比, unit: percent, direction: increase, formula: {{ share_meeting: water, of: counties }} }}
targets:
  water:    {{ indicator: water, at_least: 80%, by: 2022 }}
  foremost: {{ indicator: water, measure: rank, among: counties, at_most: 10, by: 2022, areas: counties }}
  half:     {{ indicator: water, measure: percentile, among: counties, at_least: 50, by: 2022, areas: counties }}
  mean:     {{ indicator: water, at_least: {{ mean_of: counties }}, by: 2022, areas: counties }}
  like:     {{ indicator: water, at_least: {{ area: 北京市0 }}, by: 2022, areas: counties }}
  ready:    {{ indicator: ready, at_least: 40%, by: 2022, areas: hebei }}
  either:   {{ any: [water, foremost], areas: counties }}
"""


def test_ranks_means_and_shares_see_all_areas(session):
    counties = [f"{'新昌县' if number % 3 else '北京市'}{number}" for number in range(40)] + ["unobserved"]
    areas = "\n".join(f"  {area}: {{ groups: [counties] }}" for area in counties) + "\n  hebei: { name: 河北 }"
    plan = attainment.Plan.parse(ACROSS.format(areas=areas))
    observations = rows(40)
    frame = session.createDataFrame(observations, SCHEMA)
    assessment = spark.assess(plan, frame, as_of=2022, method="linear")
    assert assessment.across_areas == ("foremost", "half", "mean", "like", "ready", "either")
    same(assessment, local(plan, observations, as_of=2022, method="linear"))
    # A target table cannot make a rank of a target that the driver takes for one of a single area.
    targets = session.createDataFrame([("北京市0", "water", "rank", "3")], "area string, indicator string, measure string, bound string")
    with pytest.raises(Exception, match="look beyond one area"):
        spark.assess(plan, frame, targets=targets, as_of=2022).verdicts.collect()


def test_areas_of_the_plan_alone_are_judged_once(session):
    plan = attainment.Plan.parse(
        """
        attainment: 1
        id: province
        area: hebei
        areas: { hebei: { name: 河北 }, xinji: { groups: [c] }, faraway: { groups: [c] } }
        indicators: { water: { name: Water, unit: percent, direction: increase } }
        targets:
          everywhere: { indicator: water, at_least: 80%, by: 2022 }
          c:          { indicator: water, at_least: 80%, by: 2022, areas: c }
          undeclared: { indicator: water, at_least: 80%, by: 2022, areas: 企业 }
        observations: { o: { indicator: water, area: faraway, at: 2022, value: 81% }, h: { indicator: water, at: 2021, value: 70% } }
        """
    )
    observations = [
        ("xinji", "water", 2022, 85.0),
        (None, "water", 2022, 79.0),
        ("hebei", "water", 2020, 60.0),
        ("else", "water", 2022, None),
    ]
    frame = session.createDataFrame(observations, SCHEMA)
    same(spark.assess(plan, frame, as_of=2022, method="linear"), local(plan, observations, as_of=2022, method="linear"))
    # Rows without an area lie with those of the plan's own, also where the plan was not known yet.
    same(spark.assess(plan, spark.cluster(frame), as_of=2022), local(plan, observations, as_of=2022))
    same(spark.assess(plan, spark.cluster(frame, home="hebei"), as_of=2022), local(plan, observations, as_of=2022))


def test_an_empty_frame(session, plan):
    frame = session.createDataFrame([], SCHEMA)
    same(spark.assess(plan, frame, as_of=2023, method="linear"), local(plan, [], as_of=2023, method="linear"))
    targets = session.createDataFrame([("a", "water", "50%")], "area string, indicator string, bound string")
    table = attainment.TargetTable([{"area": "a", "indicator": "water", "bound": "50%"}])
    same(spark.assess(plan, frame, targets=targets, as_of=2023), local(plan, [], targets=table, as_of=2023))


def test_without_a_column_of_areas_there_is_one_place(session, plan):
    observations = [("", "water", 2018 + index, 60.0 + 6 * index) for index in range(6)]
    frame = session.createDataFrame(observations, SCHEMA).drop("area")
    same(spark.assess(plan, frame, as_of=2023), local(plan, observations, as_of=2023))


def test_errors_of_the_driver_are_ours(session, plan):
    frame = session.createDataFrame([("a", 2020)], "region string, year int")
    with pytest.raises(attainment.InputError) as caught:
        spark.assess(plan, frame, as_of=2023)
    assert [finding.code for finding in caught.value.findings if finding.severity == "error"] == ["missing_column", "missing_column"]
    frame = session.createDataFrame(rows(1), SCHEMA)
    with pytest.raises(attainment.AssessError) as caught:
        spark.assess(plan, frame, as_of="soon", method=["no-such", "nor-this"])
    assert [finding.code for finding in caught.value.findings] == ["bad_as_of", "unknown_method", "unknown_method"]
    with pytest.raises(attainment.InputError, match="`Ort`"):
        spark.assess(plan, frame, as_of=2023, columns={"area": "Ort"})
    with pytest.raises(attainment.InputError, match="double"):
        spark.assess(plan, frame.withColumn("area", F.lit(1.0)), as_of=2023)
    with pytest.raises(attainment.InputError, match="twice"):
        spark.assess(plan, frame.select("*", F.col("area")), as_of=2023)
    with pytest.raises(attainment.InputError, match="bound"):
        spark.assess(plan, frame, as_of=2023, targets=session.createDataFrame([("a",)], "indicator string"))
    with pytest.raises(TypeError, match="cluster"):
        spark.assess(plan, spark.cluster(frame), as_of=2023, columns={"area": "area"})


def test_no_finding_of_a_worker_is_lost(session, plan):
    observations = [(f"a{index}", "water", "2020" if index % 2 else "soon", "80" if index % 3 else "much") for index in range(90)]
    observations += [("甲", "watr", "2020", "1")] * 2
    frame = session.createDataFrame(observations, "area string, indicator string, year string, value string").withColumn(
        "colour", F.lit("red")
    )
    assessment = spark.assess(plan, frame, as_of=2023).persist()
    found = assessment.findings.collect()
    panel = attainment.Panel(
        {
            "area": [row[0] for row in observations],
            "indicator": [row[1] for row in observations],
            "year": [row[2] for row in observations],
            "value": [row[3] for row in observations],
            "colour": ["red"] * len(observations),
        }
    )
    expected = plan.assess(panel, as_of=2023)
    counts = Counter(finding.code for finding in expected.findings)
    got: Counter[str] = Counter()
    for row in found:
        got[row["code"]] += row["count"]
    assert {code: got[code] for code in counts} == dict(counts)
    soon = next(row for row in found if row["code"] == "bad_period" and row["area"] == "a0")
    assert (soon["column"], soon["message"], soon["message_zh"]) == ("year", "`soon` is not a period", "`soon`不是期")
    assert soon["help"]
    assert soon["help_zh"]
    assessment.unpersist()


def test_the_schema_is_stated(session, plan):
    assessment = spark.assess(plan, session.createDataFrame(rows(2), SCHEMA), as_of=2023)
    kinds = {field.name: field.dataType.simpleString() for field in assessment.verdicts.schema.fields}
    doubles = {"value", "bound", "gap", "ratio", "closed", "pace_value", "score"}
    assert kinds == {
        name: "double" if name in doubles else "boolean" if name == "holds_now" else "string"
        for name in local(plan, [], as_of=2023).columns()
    }
    # Missing is null, never NaN.
    for name in doubles:
        assert assessment.verdicts.where(F.isnan(name)).count() == 0


def test_ranks_over_all_areas(session, plan):
    observations = rows(400)
    scheme = attainment.Scheme.from_dict(
        {
            "attainment": 1,
            "id": "league",
            "normalise": "as_is",
            "read": "ratio",
            "aggregate": "arithmetic",
            "missing": {"treat": "renormalise"},
            "pillars": {
                "energy": {"weight": 2, "cap": 1, "method": "linear"},
                "water": {"weight": 1, "cap": 1, "method": "linear"},
                "pace": {"weight": 1, "from": "water", "read": "scale", "method": "statcan-2025"},
            },
        }
    )
    frame = session.createDataFrame(observations, SCHEMA)
    options: dict[str, Any] = {"as_of": [2020, 2023], "method": METHODS[:2]}
    expected = attainment.score(local(plan, observations, **options), scheme)
    assessment = spark.assess(plan, frame, **options).persist()
    got = assessment.score(scheme)

    def known(card: attainment.Scorecard) -> dict[Any, Any]:
        return {(row["area"], row["period"]): tuple(bits(value) for value in row.values()) for row in card.to_records()}

    assert known(got) == known(expected)
    assert len(known(got)) == 802
    assert sum(score.rank is not None for score in got.scores()) > 500
    with pytest.raises(attainment.AssessError):
        assessment.score("no-such-scheme")
    assessment.unpersist()
