"""Long work can be watched and stopped, and many threads may ask at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

import attainment
from frames import library

SCHEME = {
    "attainment": 1,
    "id": "s",
    "normalise": {"by": "min_max", "to": [0, 100]},
    "aggregate": "arithmetic",
    "indicators": {name: {"direction": "increase"} for name in "abcd"},
    "pillars": list("abcd"),
}
TABLE = {
    "area": [f"x{n}" for n in range(400)],
    **{name: [(n * k) % 401 for n in range(400)] for name, k in zip("abcd", (3, 7, 11, 13), strict=True)},
}


def card() -> attainment.Scorecard:
    return attainment.score(TABLE, attainment.Scheme.from_dict(SCHEME))


ROBUSTNESS = f"""
import attainment
scheme = attainment.Scheme.from_dict({SCHEME!r})
card = attainment.score({TABLE!r}, scheme)
print("begun", flush=True)
card.robustness(1, 1_000_000, on_progress=False)
print("finished", flush=True)
"""
EXTRACT = """
import attainment
text = "到2025年，全社会研发经费投入占GDP比重达到2.5%以上，新增省级重点实验室12家，总数达到30家。" * 20
print("begun", flush=True)
attainment.extract([text] * 1_000_000, on_progress=False)
print("finished", flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="skipped: there is no SIGINT for one process on Windows")
@pytest.mark.parametrize("program", [ROBUSTNESS, EXTRACT], ids=["robustness", "extract"])
def test_ctrl_c_stops_at_once(program: str) -> None:
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        time.sleep(0.5)
        sent = time.monotonic()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    finally:
        process.kill()
    took = time.monotonic() - sent
    assert "KeyboardInterrupt" in err
    assert out == ""
    # The rest is Python's own leaving; a busy machine gets some grace.
    assert took < 5, took


def test_progress_is_told_and_can_stop_the_work() -> None:
    told: list[tuple[int, int]] = []
    card().robustness(1, 300, on_progress=lambda done, total: told.append((done, total)))
    assert told
    assert [done for done, _ in told] == sorted({done for done, _ in told})
    assert told[-1][0] == told[-1][1] == 300 or told[-1][1] >= 300
    stopped = card().robustness(1, 100_000, on_progress=lambda done, total: False if done > 50 else None)
    assert stopped.runs < 100_000
    drafts: list[tuple[int, int]] = []
    attainment.extract(["到2025年达到2.5%。"] * 3, on_progress=lambda done, total: drafts.append((done, total)))
    assert drafts == [(1, 3), (2, 3), (3, 3)]


def test_an_error_of_the_callback_is_the_callers() -> None:
    def broken(done: int, total: int) -> None:
        raise LookupError("mine")

    with pytest.raises(LookupError, match="mine"):
        card().robustness(1, 1000, on_progress=broken)
    with pytest.raises(LookupError, match="mine"):
        attainment.extract(["一", "二"], on_progress=broken)


def test_a_bar_is_shown_where_tqdm_is_and_only_then(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    attainment.extract(["到2025年达到2.5%。"] * 3, on_progress=False)
    assert capsys.readouterr().err == ""
    monkeypatch.setitem(sys.modules, "tqdm", None)
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    attainment.extract(["到2025年达到2.5%。"] * 3)
    assert capsys.readouterr().err == ""
    monkeypatch.undo()
    library("tqdm", "every")
    monkeypatch.setenv("TQDM_MININTERVAL", "0")
    attainment.extract(["到2025年达到2.5%。"] * 3)
    assert "extract" in capsys.readouterr().err


PLAN = attainment.Plan.parse(
    "{attainment: 1, id: p, indicators: {a: {name: A, direction: increase}, r: {name: R, direction: increase, formula: {ratio: [a, a]}}}, "
    "targets: {a: {indicator: a, at_least: 30, by: 2025, baseline: 2015}, r: {indicator: r, at_least: 1, by: 2025}}}"
)


def panel(areas: int) -> attainment.Panel:
    rows = [(f"x{n}", year, (n * year) % 41 + 0.5) for n in range(areas) for year in range(2015, 2024)]
    return attainment.Panel(
        {
            "area": [row[0] for row in rows],
            "indicator": ["a"] * len(rows),
            "year": [row[1] for row in rows],
            "value": [row[2] for row in rows],
        }
    )


def test_many_threads_get_the_same_answers() -> None:
    shared = panel(300)
    method = ["linear", "eurostat-2019", "statcan-2025"]

    def ask(_: int) -> Any:
        assessment = PLAN.assess(shared, as_of=[2020, 2023], method=method)
        return assessment.to_records(decimals=True), [str(assessment.explain("a", "x7", as_of=2023, method=one)) for one in method]

    expected = ask(0)
    with ThreadPoolExecutor(12) as pool:
        assert all(answer == expected for answer in pool.map(ask, range(24)))


def test_one_assessment_is_read_by_many_threads() -> None:
    assessment = PLAN.assess(panel(50), as_of=2023, method="linear")
    expected = (assessment.to_records(), assessment.summary(), [verdict.to_dict() for verdict in assessment])

    def read(_: int) -> Any:
        return assessment.to_records(), assessment.summary(), [verdict.to_dict() for verdict in assessment]

    with ThreadPoolExecutor(12) as pool:
        assert all(answer == expected for answer in pool.map(read, range(24)))


def test_others_run_while_it_assesses() -> None:
    shared = panel(8000)
    ticks = 0
    done = threading.Event()

    def tick() -> None:
        nonlocal ticks
        while not done.is_set():
            ticks += 1
            time.sleep(0.001)

    other = threading.Thread(target=tick)
    other.start()
    time.sleep(0.05)
    before = ticks
    began = time.monotonic()
    PLAN.assess(shared, as_of=2023, method=["linear", "eurostat-2019"])
    took, during = time.monotonic() - began, ticks - before
    done.set()
    other.join()
    # With the GIL held there would be none but the ones at its ends.
    assert during > 5, (during, took)
