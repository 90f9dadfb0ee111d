"""Charts: results as Vega-Lite specifications, which notebooks show as they are."""

from __future__ import annotations

import copy
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attainment.words import ChartKind

if TYPE_CHECKING:
    import altair as alt

    from attainment.finding import Finding

__all__ = ["Chart"]

MEDIA_TYPE = "application/vnd.vegalite.v5+json"


class Chart:
    """A picture: a Vega-Lite specification with its data in it, made by the core.

    JupyterLab and VS Code show it without any other package. With Altair it becomes a chart of
    Altair, to be changed further; with vl-convert it is saved as PNG, SVG or a page.

    Examples
    --------
    >>> import attainment
    >>> card = attainment.score({"area": ["x", "y"], "a": [1, 2]}, attainment.Scheme.from_dict(
    ...     {"attainment": 1, "id": "s", "normalise": "as_is", "aggregate": "arithmetic", "pillars": ["a"]}))
    >>> chart = card.chart("scores")
    >>> chart.kind == "scores", "$schema" in chart.to_dict()
    (True, True)
    """

    __slots__ = ("_parts",)

    _parts: tuple[str, str, str, str, dict[str, Any], tuple[Finding, ...]]

    def __init__(self) -> None:
        """Charts come from results."""
        raise TypeError("a chart comes from `chart` of an assessment, a scorecard or a simulation")

    @classmethod
    def _of(cls, parts: tuple[str, str, str, str, dict[str, Any], tuple[Finding, ...]]) -> Chart:
        chart = object.__new__(cls)
        chart._parts = parts
        return chart

    @property
    def kind(self) -> ChartKind:
        """What kind of chart it is."""
        return ChartKind(self._parts[0])

    @property
    def lang(self) -> str:
        """The language of its labels."""
        return self._parts[1]

    @property
    def title(self) -> str:
        """Its title."""
        return self._parts[2]

    @property
    def caption(self) -> str:
        """The lines under it: source, moment, vintage, method, how many are shown, how to read it."""
        return self._parts[3]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What it leaves out."""
        return self._parts[5]

    def to_dict(self) -> dict[str, Any]:
        """Give the specification; changing it does not change the chart."""
        return copy.deepcopy(self._parts[4])

    def to_json(self) -> str:
        """Give the specification as JSON text."""
        return json.dumps(self._parts[4], ensure_ascii=False, indent=2) + "\n"

    def to_altair(self) -> alt.Chart:
        """Give a chart of Altair, to be changed further.

        Raises
        ------
        ImportError
            When Altair is not installed.
        """
        try:
            import altair as alt
        except ImportError:
            raise _missing("altair") from None
        chart: Any = alt.Chart
        return chart.from_dict(self.to_dict(), validate=False)

    def save(self, path: str | os.PathLike[str], *, scale: float = 2.0) -> None:
        """Write the chart to a file: ``.json``, ``.svg``, ``.png``, ``.pdf`` or ``.html``.

        Everything but JSON is drawn by vl-convert. The page is whole and needs no network.

        Parameters
        ----------
        path : str or path
            The file; its suffix says what it becomes.
        scale : float
            Pixels of a PNG for each of the chart.

        Raises
        ------
        ImportError
            When vl-convert is not installed.
        ValueError
            For another suffix.
        """
        file = Path(path)
        form = file.suffix.lower()
        if form == ".json":
            file.write_text(self.to_json(), encoding="utf-8")
            return
        if form not in {".svg", ".png", ".pdf", ".html"}:
            raise ValueError(f"`{form}` is no form of a chart: use .json, .svg, .png, .pdf or .html")
        try:
            import vl_convert
        except ImportError:
            raise _missing("vl-convert-python") from None
        convert: Any = vl_convert
        if form == ".svg":
            file.write_text(convert.vegalite_to_svg(self._parts[4]), encoding="utf-8")
        elif form == ".html":
            file.write_text(convert.vegalite_to_html(self._parts[4], bundle=True), encoding="utf-8")
        elif form == ".png":
            file.write_bytes(convert.vegalite_to_png(self._parts[4], scale=scale))
        else:
            file.write_bytes(convert.vegalite_to_pdf(self._parts[4]))

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        """Show the chart: notebooks draw the specification, terminals print its title and caption."""
        return {MEDIA_TYPE: self.to_dict(), "text/plain": repr(self)}

    def __repr__(self) -> str:
        """Write title and caption."""
        return f"<Chart {self.kind}: {self.title}>\n{self.caption}"

    def __eq__(self, other: object) -> bool:
        """Compare the specifications."""
        return isinstance(other, Chart) and self._parts == other._parts

    def __hash__(self) -> int:
        """Hash the specification."""
        return hash(self.to_json())

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the specification."""
        return _chart, (self._parts,)


def _chart(parts: tuple[str, str, str, str, dict[str, Any], tuple[Finding, ...]]) -> Chart:
    return Chart._of(parts)  # pyright: ignore[reportPrivateUsage]


def _missing(package: str) -> ImportError:
    return ImportError(f"`{package}` is not installed: pip install {package}", name=package)
