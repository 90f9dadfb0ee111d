"""Every notebook runs from its first cell to its last, and is stored without what it puts out.

Needs what stands in `docs/notebooks/requirements.txt`.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT
from frames import library

library("ipykernel", "notebooks")
nbclient = library("nbclient", "notebooks")
nbformat = library("nbformat", "notebooks")
vl_convert = library("vl_convert", "notebooks")

FOLDER = ROOT / "docs" / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
MEDIA_TYPE = "application/vnd.vegalite.v5+json"

# The libraries that notebooks hand tables over with: each is used at least once.
TABLES = {"pandas", "polars", "duckdb"}


def code(notebook: Any) -> list[Any]:
    """The cells with code."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def outputs(notebook: Any) -> list[Any]:
    """Everything the cells put out."""
    return [output for cell in code(notebook) for output in cell.outputs]


def test_there_are_five() -> None:
    assert len(NOTEBOOKS) == 5
    text = "\n".join(cell.source for path in NOTEBOOKS for cell in code(nbformat.read(path, 4)))
    assert set(re.findall(r"^import (\w+)", text, re.MULTILINE)) >= TABLES | {"attainment"}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_stored_without_outputs(path: Path) -> None:
    notebook = nbformat.read(path, 4)
    nbformat.validate(notebook)
    assert [cell.id for cell in code(notebook) if cell.outputs or cell.execution_count is not None] == []
    assert path.stat().st_size < 50_000
    # A link to another notebook or to a file leads somewhere.
    links = [link for cell in notebook.cells for link in re.findall(r"\]\(([^)#:]+)\)", cell.source)]
    assert [link for link in links if not (FOLDER / link).is_file()] == []


# Warnings of the machinery that runs notebooks are not about them.
@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_runs(path: Path) -> None:
    notebook = nbformat.read(path, 4)
    env = os.environ | {"PYTHONWARNINGS": "error:::attainment"}
    # A cell that raises ends the run with its traceback.
    nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(FOLDER)}}).execute(env=env)
    assert [output.text for output in outputs(notebook) if output.output_type == "stream" and output.name == "stderr"] == []
    charts = [output.data[MEDIA_TYPE] for output in outputs(notebook) if MEDIA_TYPE in output.get("data", {})]
    assert charts, "a notebook without a picture"
    for chart in charts:
        assert "<svg" in vl_convert.vegalite_to_svg(json.loads(json.dumps(chart)))
    # Every table and page is HTML, and every chart says in words what it shows where it cannot be drawn.
    shown = [output.data for output in outputs(notebook) if output.output_type == "execute_result"]
    assert all("text/plain" in data for data in shown)
