"""The shared workload through the public interface, for the benchmark beside the repository.

2,843 counties × 50 indicators × 11 years, every county with its own target per indicator: degrees,
pace, categories, forecasts, a composite and its ranks. From Arrow tables to Arrow tables.

`BENCH_CONTENDER=bindings/python/benches/contender.py python ../shared/bench/run.py -k polars_lazy contender`
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from contenders._common import DATA, sorted_result  # pyright: ignore

NAME = "attainment"
KIND = "library"
PACKAGES = ["attainment"]

#: The six categories of the workload, as a method of one's own.
METHOD = {
    "attainment": 1,
    "id": "assessment-v1",
    "within": "nearest_end",
    "reached": {"word": "achieved", "scale": "done"},
    "with_target": {
        "gauge": "growth_ratio",
        "cuts": [
            {"at_least": "0.95", "word": "on track", "scale": "on_track"},
            {"at_least": "0.6", "word": "close", "scale": "near"},
            {"at_least": "0", "word": "slow", "scale": "behind"},
        ],
        "below": {"word": "away", "scale": "away"},
    },
}
STATUS = {"achieved": 5, "on track": 4, "close": 3, "slow": 2, "away": 1}


def load() -> tuple[Any, ...]:
    """Read the files, and rename the columns of the targets to the words of a target table."""
    import attainment

    observations = pq.read_table(f"{DATA}/obs.parquet")
    raw = pq.read_table(f"{DATA}/targets.parquet")
    way = raw["direction"].combine_chunks()
    inside = pc.equal(way, 0)
    word = pc.if_else(inside, "within", pc.if_else(pc.equal(way, 1), "increase", "decrease"))
    targets = pa.table(
        {
            "area": raw["unit"],
            "indicator": raw["indicator"],
            "direction": word,
            "compare": pc.if_else(inside, "within", "reach"),
            "bound": pc.if_else(inside, raw["target_lo"], raw["target_value"]),
            "bound_max": pc.if_else(inside, raw["target_hi"], pa.scalar(None, pa.float64())),
            "by": raw["target_year"],
            "baseline": raw["base_year"],
            "baseline_value": raw["base_value"],
        }
    )
    first = pc.equal(raw["unit"], raw["unit"][0])
    one_of_each = targets.filter(first)
    names = ["area", "indicator", "direction", "compare", "bound", "bound_max", "by", "baseline"]
    plan = attainment.Plan.from_targets(one_of_each.select(names))
    weights = dict(zip(map(str, one_of_each["indicator"].to_pylist()), raw["weight"].filter(first).to_pylist(), strict=True))
    pillars = {name: {"weight": weight} for name, weight in weights.items()}
    scheme = attainment.Scheme.from_dict(
        {"attainment": 1, "id": "composite", "normalise": "as_is", "aggregate": "arithmetic", "missing": {"treat": "renormalise"},
         "pillars": pillars}
    )  # fmt: skip
    return attainment, plan, scheme, attainment.Method.from_dict(METHOD), observations, targets, raw


def run(state: tuple[Any, ...]) -> tuple[Any, ...]:
    """Read both tables, judge, score."""
    attainment, plan, scheme, method, observations, targets, raw = state
    panel = attainment.Panel(observations, columns={"area": "unit"})
    table = attainment.TargetTable(targets)
    assessment = plan.assess(panel, as_of=2025, method=method, targets=table, forecast="least_squares")
    verdicts = pa.table(assessment)
    # The workload has a degree for intervals, which the library has not: what a value is of the nearer end.
    units, places = np.unique(np.array(panel.areas, dtype=np.int64), return_inverse=True)
    shape = (len(panel.indicators), len(units))
    high = np.empty(shape)
    rows = raw["indicator"].to_numpy() - 1, np.searchsorted(units, raw["unit"].to_numpy())
    high[rows] = raw["target_hi"].to_numpy()
    high = high[:, places].ravel()
    value, low, ratio = (verdicts[name].to_numpy() for name in ("value", "bound", "ratio"))
    degree = np.fmin(np.where(np.isnan(high), ratio, np.where(value < low, value / low, high / value)), 1)
    degree[np.isnan(value)] = np.nan
    wide = dict(zip(indicators_of(plan), degree.reshape(shape), strict=True))
    card = attainment.score({"area": list(panel.areas), **wide}, scheme)
    return verdicts, pa.table(card), raw, degree


def indicators_of(plan: Any) -> list[str]:
    """Give the indicators, in the order of the verdicts."""
    return list(plan.to_dict()["targets"])


def check(out: tuple[Any, ...]) -> dict[str, Any]:
    """Shape the answer as the others do."""
    verdicts, card, raw, degree = out

    def floats(name: str) -> Any:
        return verdicts[name].combine_chunks().cast(pa.float64()).to_numpy(zero_copy_only=False)

    def whole(table: Any, name: str) -> Any:
        return table[name].combine_chunks().cast(pa.string()).cast(pa.int64()).to_numpy()

    category = verdicts["category"].combine_chunks().cast(pa.string()).to_pylist()
    unit, indicator = whole(verdicts, "area"), whole(verdicts, "indicator")
    status = np.array([STATUS.get(word, 0) for word in category])
    # A baseline inside its interval has no way to go: what is outside now is moving away.
    order = np.lexsort((raw["indicator"].to_numpy(), raw["unit"].to_numpy()))
    ours = np.lexsort((indicator, unit))
    way, base = raw["direction"].to_numpy()[order], raw["base_value"].to_numpy()[order]
    low, high = raw["target_lo"].to_numpy()[order], raw["target_hi"].to_numpy()[order]
    began_inside = (way == 0) & (base >= low) & (base <= high)
    there = ~np.isnan(floats("value"))[ours]
    status[ours] = np.where((status[ours] == 0) & began_inside & there, 1, status[ours])
    answer = {
        "att": 100 * degree,
        "ratio": floats("pace_value"),
        "status": status,
        "forecast": floats("forecast"),
    }
    return sorted_result(unit, indicator, answer, whole(card, "area"), 100 * card["score"].to_numpy(), card["rank"].to_numpy())
