"""The package as it is installed: what is in it, what it needs, and what its words are."""

from __future__ import annotations

import importlib.metadata
import os
import subprocess
import sys
import tomllib
from enum import StrEnum

import pytest

import attainment
from attainment import _attainment, words
from conftest import ROOT


def test_the_words_are_those_of_the_core() -> None:
    for name, known in _attainment.words().items():
        assert [str(member) for member in getattr(words, name)] == known, name
    reasons = [str(reason) for reason in words.Reason]
    assert [str(reason) for reason in words.PaceReason] == ["not_applicable", *reasons]
    ours = {name for name, value in vars(words).items() if isinstance(value, type) and issubclass(value, StrEnum)} - {"StrEnum"}
    assert ours - set(_attainment.words()) == {"PaceReason", "Severity", "Lang"}
    state = attainment.State.MET
    assert (state == "met", str(state), f"{state}", {"met": 1}[state]) == (True, "met", "met", 1)


def test_versions() -> None:
    workspace = tomllib.loads((ROOT / "Cargo.toml").read_text(encoding="utf-8"))["workspace"]["package"]
    assert attainment.VERSION == attainment.__version__ == importlib.metadata.version("attainment") == workspace["version"]
    assert attainment.FORMAT_VERSION == "1"


def test_the_wheel_has_what_it_should_and_needs_nothing() -> None:
    package = importlib.metadata.distribution("attainment")
    files = {str(file) for file in package.files or ()}
    if any("direct_url" in file for file in files) and not any(file.endswith("py.typed") for file in files):
        pytest.skip("installed for development")
    assert {"attainment/py.typed", "attainment/_attainment.pyi", "attainment/__init__.py"} <= files
    assert any(file.endswith("LICENSE-MIT") for file in files)
    assert any(file.endswith("LICENSE-APACHE") for file in files)
    assert not [file for file in files if "tests/" in file or "benches/" in file]
    assert [need for need in package.requires or () if "extra ==" not in need] == []


def test_importing_imports_no_library_of_tables() -> None:
    code = "import sys, attainment; print(sorted({'pandas', 'polars', 'pyarrow', 'numpy', 'altair', 'tqdm', 'duckdb'} & set(sys.modules)))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


def test_what_is_not_installed_is_said() -> None:
    table = attainment.WideTable({"area": ["x"], "a": [1]})
    scheme = attainment.Scheme.from_dict({"attainment": 1, "id": "s", "normalise": "as_is", "aggregate": "arithmetic", "pillars": ["a"]})
    card = attainment.score(table, scheme)
    for module, package, call in (
        ("pandas", "pandas", card.to_pandas),
        ("polars", "polars", card.to_polars),
        ("altair", "altair", lambda: card.chart("scores").to_altair()),
    ):
        hidden = sys.modules.get(module)
        sys.modules[module] = None  # type: ignore[assignment]
        try:
            with pytest.raises(ImportError, match=f"pip install {package}"):
                call()
        finally:
            del sys.modules[module]
            if hidden is not None:
                sys.modules[module] = hidden


@pytest.mark.skipif(os.name == "nt", reason="signals of Windows differ")
def test_ctrl_c_stops_long_work_promptly() -> None:
    code = """
import _thread, threading, time, attainment
scheme = attainment.Scheme.from_dict({"attainment": 1, "id": "s", "normalise": {"by": "min_max", "to": [0, 100]},
    "aggregate": "arithmetic", "indicators": {"a": {"direction": "increase"}, "b": {"direction": "increase"}}, "pillars": ["a", "b"]})
n = 300
card = attainment.score({"area": [str(i) for i in range(n)], "a": list(range(n)), "b": [i * 7 % n for i in range(n)]}, scheme)
threading.Timer(0.3, _thread.interrupt_main).start()
begin = time.monotonic()
try:
    card.robustness(1, 1_000_000, on_progress=False)
except KeyboardInterrupt:
    print(time.monotonic() - begin < 5)
"""
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "True"


def test_the_gil_is_released() -> None:
    """Another thread goes on counting while a long simulation runs."""
    import threading
    import time

    n = 200
    scheme = attainment.Scheme.from_dict(
        {"attainment": 1, "id": "s", "normalise": {"by": "min_max", "to": [0, 100]}, "aggregate": "arithmetic",
         "indicators": {"a": {"direction": "increase"}}, "pillars": ["a"]}
    )  # fmt: skip
    card = attainment.score({"area": [str(i) for i in range(n)], "a": list(range(n))}, scheme)
    ticks, done = 0, threading.Event()

    def tick() -> None:
        nonlocal ticks
        while not done.is_set():
            ticks += 1
            time.sleep(0.001)

    thread = threading.Thread(target=tick)
    thread.start()
    card.robustness(1, 20_000, on_progress=False)
    done.set()
    thread.join()
    assert ticks > 5
