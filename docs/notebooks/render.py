"""Run the notebooks and write each as a page, with its charts drawn, to look at.

    python docs/notebooks/render.py FOLDER [NAME …]

writes NAME.light.html and NAME.dark.html to the folder; without names, of every notebook. Charts are
drawn as SVG, since a page has no Vega-Lite of its own. The notebooks themselves are not changed.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import nbclient
import nbconvert
import nbformat
import vl_convert

HERE = Path(__file__).resolve().parent
MEDIA_TYPE = "application/vnd.vegalite.v5+json"


def run(path: Path) -> nbformat.NotebookNode:
    """Run a notebook, in memory."""
    notebook = nbformat.read(path, 4)
    nbclient.NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(HERE)}}).execute()
    return notebook


def draw(notebook: nbformat.NotebookNode) -> None:
    """Put an SVG in the place of each specification."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            spec = output.get("data", {}).pop(MEDIA_TYPE, None)
            if spec is not None:
                output.data["image/svg+xml"] = vl_convert.vegalite_to_svg(spec)


def main() -> None:
    """Write the pages."""
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(HERE.glob("*.ipynb")):
        if sys.argv[2:] and path.stem not in sys.argv[2:]:
            continue
        start = time.perf_counter()
        notebook = run(path)
        took = time.perf_counter() - start
        draw(notebook)
        for theme in ("light", "dark"):
            page, _ = nbconvert.HTMLExporter(theme=theme).from_notebook_node(notebook)
            (folder / f"{path.stem}.{theme}.html").write_text(page, encoding="utf-8")
        print(f"{path.stem}: {took:.1f} s")


if __name__ == "__main__":
    main()
