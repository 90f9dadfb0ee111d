"""`attainment.spark` on the shared workload, as one more contender of its `run.py`.

BENCH_CONTENDER=bindings/python/benches/attainment_spark.py \
        python ../shared/bench/run.py -k numpy_f64 spark_arrow attainment_spark --rounds 5 --ratios spark_arrow
"""

from ._common import DATA  # pyright: ignore
from .spark_sql import session  # pyright: ignore

NAME = "attainment.spark (clustered by area): verdicts, then scores and ranks"
KIND = "library"
PACKAGES = ["attainment", "pyspark", "pyarrow"]
WARM = True
CATEGORIES = {"achieved": 5, "on track": 4, "close": 3, "slow": 2, "away": 1}


def load():
    import pyarrow.parquet as pq
    from pyspark.sql import functions

    import attainment
    from attainment import spark

    s = session()
    columns = {"area": "unit", "period": "year"}
    words = functions.when(functions.col("direction") == 0, "within").otherwise("reach")
    targets = s.read.parquet(f"{DATA}/targets.parquet").select(
        functions.col("unit").alias("area"),
        "indicator",
        words.alias("compare"),
        functions.coalesce("target_value", "target_lo").alias("bound"),
        functions.col("target_hi").alias("bound_max"),
        functions.col("target_year").alias("by"),
        functions.col("base_year").alias("baseline"),
        functions.col("base_value").alias("baseline_value"),
    )
    first = pq.read_table(f"{DATA}/targets.parquet").slice(0, 50).to_pylist()
    plan = attainment.Plan.from_dict(
        {
            "attainment": 1,
            "id": "assessment-v1",
            "indicators": {
                str(row["indicator"]): {
                    "name": f"indicator {row['indicator']}",
                    "direction": {1: "increase", -1: "decrease", 0: "within"}[row["direction"]],
                }
                for row in first
            },
            "targets": {
                str(row["indicator"]): {
                    "indicator": str(row["indicator"]),
                    "by": row["target_year"],
                    "baseline": row["base_year"],
                    **({"within": [row["target_lo"], row["target_hi"]]} if row["direction"] == 0 else {"reach": row["target_value"]}),
                }
                for row in first
            },
        }
    )
    method = attainment.Method.parse("""
attainment: 1
id: assessment-v1
within: nearest_end
reached: { word: achieved, scale: done }
with_target:
  gauge: growth_ratio
  cuts:
    - { at_least: 0.95, word: on track, scale: on_track }
    - { at_least: 0.6, word: close, scale: near }
    - { at_least: 0, word: slow, scale: behind }
  below: { word: away, scale: away }
""")
    scheme = attainment.Scheme.from_dict(
        {
            "attainment": 1,
            "id": "composite",
            "normalise": "as_is",
            "read": "ratio",
            "aggregate": "arithmetic",
            "missing": {"treat": "renormalise"},
            "pillars": {str(row["indicator"]): {"weight": row["weight"], "cap": 1} for row in first},
        }
    )
    observations = s.read.parquet(f"{DATA}/obs.parquet")
    clustered = spark.cluster(observations, targets=targets, columns=columns).persist()
    clustered._frame.count()
    return s, plan, method, scheme, clustered


def run(state):
    from attainment import spark

    s, plan, method, scheme, clustered = state
    assessment = spark.assess(plan, clustered, as_of=2025, method=method).persist()
    assessment.verdicts.write.format("noop").mode("overwrite").save()
    scorecard = assessment.score(scheme)
    return s, assessment, scorecard


def finish(out):
    out[1].unpersist()


def match(out):
    """Give the share of categories that are those of the reference."""
    import numpy as np

    reference = np.load(f"{DATA}/reference.npz")
    table = out[1].verdicts.select("area", "target", "category").toArrow()
    unit, target = (np.asarray(table[name].to_pylist(), dtype=np.int64) for name in ("area", "target"))
    status = np.array([CATEGORIES.get(category, 0) for category in table["category"].to_pylist()])
    order = np.lexsort((target, unit))
    assert (reference["unit"] == unit[order]).all()
    assert (reference["ind"] == target[order]).all()
    return float((reference["status"] == status[order]).mean())


def close(state):
    state[0].stop()
