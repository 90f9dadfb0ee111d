"""Without PySpark the import says what to install. These run without Java and without Spark."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    ("module", "says"), [("pyspark", "pip install pyspark"), ("pyarrow", "pip install pyspark"), ("pandas", "pip install pandas")]
)
def test_the_import_says_what_to_install(module: str, says: str) -> None:
    program = f"import sys, importlib.util as u; sys.modules[{module!r}] = None; f = u.find_spec\nu.find_spec = lambda name, *rest: None if name == {module!r} else f(name, *rest)\nimport attainment.spark"
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert says in ended.stderr.splitlines()[-1], ended.stderr
