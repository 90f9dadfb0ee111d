"""One call for one series, against a compiled rule of a rule engine.

`python benches/one_series.py` times `attainment.pace` on a dict of eight fields, and a compiled CEL
program (package `common-expression-language`, where it is installed) on the same dict with what the
rule needs worked out before the clock starts. CEL has no powers, so both judge the linear way.
Best of many rounds, in turn, so that a noisy machine is noisy for both.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import attainment

CASES: list[dict[str, Any]] = [
    {
        "base": 14.5 + index % 7,
        "base_year": 2015,
        "cur": 10.2 + index % 5,
        "year": 2023,
        "target": 7.25,
        "target_year": 2030,
        "direction": -1,
        "weight": 1.0,
    }
    for index in range(1000)
]

RULE = (
    "(direction == 1 && cur >= target) || (direction == -1 && cur <= target) ? 5 : n <= 0.0 ? 0 : "
    "direction_f * ((cur - base) / n) >= 0.95 * need ? 4 : direction_f * ((cur - base) / n) >= 0.6 * need ? 3 : "
    "direction_f * ((cur - base) / n) >= 0.0 ? 2 : 1"
)


def ours() -> None:
    """Judge every case by one call of `pace`."""
    pace = attainment.pace
    for case in CASES:
        pace(
            method="linear",
            series=[(case["base_year"], case["base"]), (case["year"], case["cur"])],
            target=(case["target_year"], case["target"]),
            direction="decrease",
            baseline=case["base_year"],
        )


def rule() -> Callable[[], None] | None:
    """Judge every case by a compiled program of CEL, where it is installed."""
    try:
        import cel
    except ImportError:
        return None
    program: Any = cel.compile(RULE)
    contexts = [
        case
        | {
            "n": float(case["year"] - case["base_year"]),
            "direction_f": float(case["direction"]),
            "need": abs(case["target"] - case["base"]) / (case["target_year"] - case["base_year"]),
        }
        for case in CASES
    ]

    def run() -> None:
        for context in contexts:
            program.execute(context)

    return run


def best(*works: Callable[[], None], rounds: int = 30) -> list[float]:
    """Give the best time of a call of each, in microseconds."""
    times = [float("inf")] * len(works)
    for _ in range(rounds):
        for index, work in enumerate(works):
            begin = time.perf_counter()
            work()
            times[index] = min(times[index], time.perf_counter() - begin)
    return [taken / len(CASES) * 1e6 for taken in times]


def import_time() -> float:
    """Give the time `import attainment` takes beyond starting Python, in milliseconds: the best of ten."""

    def run(code: str) -> float:
        begin = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        return time.perf_counter() - begin

    bare = min(run("pass") for _ in range(10))
    return (min(run("import attainment") for _ in range(10)) - bare) * 1e3


if __name__ == "__main__":
    print(f"import attainment   {import_time():6.1f} ms")
    cel = rule()
    if cel is None:
        print(f"attainment.pace     {best(ours)[0]:6.2f} µs; for the comparison: pip install common-expression-language")
    else:
        mine, theirs = best(ours, cel)
        print(f"attainment.pace     {mine:6.2f} µs")
        print(f"a compiled CEL rule {theirs:6.2f} µs; ratio {mine / theirs:.2f}")
