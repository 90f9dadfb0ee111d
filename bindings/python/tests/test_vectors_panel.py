"""The files of `tests/vectors/panel`: the same observations in every dress."""

from __future__ import annotations

from decimal import Decimal

import pytest

import attainment
from conftest import VECTORS

FOLDER = VECTORS / "panel"
PLAN = attainment.Plan.parse(
    "{attainment: 1, id: p, indicators: {a: {name: A, direction: increase}}, targets: {t: {indicator: a, reach: 1, each: 2019/2020}}}"
)
WANT = {("x", 2019): "90.5", ("x", 2020): "1234.5", ("y", 2019): "3", ("y", 2020): "100"}


def read(name: str) -> str:
    return (FOLDER / name).read_bytes().decode()


@pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.glob("*.csv") if path.name != "dirty.csv"))
def test_the_same_observations_in_every_dress(name: str) -> None:
    panel = attainment.Panel.from_wide(read(name)) if name.startswith("wide") else attainment.Panel.from_csv(read(name))
    assert (len(panel), panel.findings) == (4, ())
    for (area, year), value in WANT.items():
        assert PLAN.assess(panel, as_of=year).verdict("t", area).attained.value == Decimal(value)


def test_batches_are_one_call() -> None:
    head, *lines = read("dirty.csv").splitlines()
    whole = attainment.Panel.from_csv(read("dirty.csv"))
    for split in range(len(lines)):
        builder = attainment.PanelBuilder()
        for part in (lines[:split], lines[split:]):
            builder.add("\n".join([head, *part]) + "\n")
        panel = builder.finish()
        assert (len(panel), panel.findings) == (len(whole), whole.findings)


def test_strict_raises_with_every_finding() -> None:
    with pytest.raises(attainment.InputError) as caught:
        attainment.Panel(read("dirty.csv"), strict=True)
    assert caught.value.findings == attainment.Panel(read("dirty.csv")).findings
    builder = attainment.PanelBuilder()
    builder.add(read("dirty.csv"))
    with pytest.raises(attainment.InputError):
        builder.finish(strict=True)
    with pytest.raises(attainment.InputError):
        PLAN.assess(read("dirty.csv"), as_of=2020, strict=True)
