"""The examples of the documentation run, and say what they print."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import re

import pytest

import attainment
from conftest import ROOT

MODULES = ["attainment", *(f"attainment.{module.name}" for module in pkgutil.iter_modules(attainment.__path__))]


@pytest.mark.parametrize("name", [name for name in MODULES if not name.endswith("._attainment")])
def test_docstrings(name: str) -> None:
    if name == "attainment.spark":
        for module in ("pyspark", "pandas", "pyarrow"):
            pytest.importorskip(module)
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_the_page_of_the_package() -> None:
    """Every block of the README runs, one after the other, and the printed results are right."""
    text = (ROOT / "bindings/python/README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", text, re.S)
    assert blocks
    for block in blocks:
        test = doctest.DocTestParser().get_doctest(block, {}, "README", "README.md", 0)
        assert test.examples, block
        assert doctest.DocTestRunner(verbose=False).run(test).failed == 0


def test_every_public_thing_has_a_docstring() -> None:
    for name in attainment.__all__:
        thing = getattr(attainment, name)
        if isinstance(thing, str):
            continue
        assert thing.__doc__, name
        for member, value in vars(thing).items() if isinstance(thing, type) else ():
            if not member.startswith("_") and (callable(value) or isinstance(value, (property, classmethod, staticmethod))):
                assert value.__doc__, f"{name}.{member}"
