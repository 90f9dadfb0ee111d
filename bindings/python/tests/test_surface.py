"""`bindings/surface.toml` against the package: no name is missing, and none is extra."""

from __future__ import annotations

import dataclasses
import inspect
import re
import tomllib
from collections.abc import Sequence
from enum import StrEnum
from typing import Any

import attainment
from attainment import words
from attainment._result import Result
from conftest import ROOT

SURFACE: dict[str, Any] = tomllib.loads((ROOT / "bindings/surface.toml").read_text(encoding="utf-8"))

#: Types without operations of their own: a text, and a pair.
PLAIN = (attainment.Message, attainment.Merged)


def signature(thing: Any) -> str:
    parameters = [parameter for parameter in inspect.signature(thing).parameters.values() if parameter.name not in {"self", "cls"}]
    stars = {inspect.Parameter.VAR_KEYWORD: "**", inspect.Parameter.VAR_POSITIONAL: "*"}
    return "(" + ", ".join(stars.get(parameter.kind, "") + parameter.name for parameter in parameters) + ")"


def operations() -> set[str]:
    """Every public operation of the package, as `dir` and `inspect.signature` show it."""
    found = set()
    for name in attainment.__all__:
        thing = getattr(attainment, name)
        if isinstance(thing, str):
            found.add(name)
        elif inspect.isfunction(thing):
            found.add(name + signature(thing))
        if not isinstance(thing, type) or issubclass(thing, (StrEnum, BaseException, *PLAIN)):
            continue
        fields = {field.name for field in dataclasses.fields(thing)} if dataclasses.is_dataclass(thing) else set()
        # Types that only come out of other operations refuse to be made.
        if not fields and (len(inspect.signature(thing).parameters) or thing is attainment.PanelBuilder):
            found.add(name + signature(thing))
        inherited = set(dir(Result)) if issubclass(thing, Result) else set(dir(Sequence)) if issubclass(thing, Sequence) else set()
        for member in dir(thing):
            if member.startswith("_") or member in fields or member in inherited:
                continue
            is_property = isinstance(inspect.getattr_static(thing, member), property)
            found.add(f"{name}.{member}" + ("" if is_property else signature(getattr(thing, member))))
    return found


def test_the_package_is_what_is_declared() -> None:
    declared = [operation["python"] for operation in SURFACE["operation"] if "python" in operation]
    assert len(declared) == len(set(declared)), "declared twice"
    missing, extra = set(declared) - operations(), operations() - set(declared)
    assert not missing, f"declared, and not in the package: {sorted(missing)}"
    assert not extra, f"in the package, and not declared: {sorted(extra)}"


def test_an_operation_that_a_language_does_without_says_why() -> None:
    for operation in SURFACE["operation"]:
        if not {"rust", "python", "typescript"} <= set(operation):
            assert operation.get("why"), operation


def test_what_is_declared_of_rust_is_there() -> None:
    """A look at the sources: every name is a public item of a crate."""
    texts = [
        path.read_text(encoding="utf-8")
        for crate in (ROOT / "crates").iterdir()
        if crate.name != "xtask"
        for path in (crate / "src").rglob("*.rs")
    ]
    items = set(re.findall(r"pub (?:const )?(?:fn )?(\w+)", "\n".join(texts)))
    types = set(re.findall(r"pub (?:struct|enum) (\w+)", "\n".join(texts)))
    for operation in SURFACE["operation"]:
        *of, name = operation.get("rust", "VERSION").split("::")
        assert name in items, operation
        assert not of or of[0] in types | {"attainment_text"}, operation
    assert {result["name"] for result in SURFACE["result"]} <= types


def test_results_have_the_declared_fields() -> None:
    ours = {
        name: [field.name.rstrip("_") for field in dataclasses.fields(getattr(attainment, name))]
        for name in attainment.__all__
        if dataclasses.is_dataclass(getattr(attainment, name))
    }
    assert {result["name"]: result["fields"] for result in SURFACE["result"]} == ours


def test_words_and_errors() -> None:
    enums = {name for name, value in vars(words).items() if isinstance(value, type) and issubclass(value, StrEnum)} - {"StrEnum"}
    assert set(SURFACE["words"]["names"]) == enums
    errors = {
        name
        for name in attainment.__all__
        if isinstance(getattr(attainment, name), type) and issubclass(getattr(attainment, name), BaseException)
    }
    assert set(SURFACE["errors"]["names"]) == errors
    assert issubclass(attainment.AttainmentError, ValueError)
