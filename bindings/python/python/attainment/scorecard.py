"""Scorecards: scores, ranks and grades, with what stands behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attainment import _attainment
from attainment._progress import Progress, progress
from attainment._result import shown
from attainment.assessment import Assessment
from attainment.chart import Chart
from attainment.panel import Panel, WideTable
from attainment.scheme import Scheme
from attainment.scores import Growth, Movement, Robustness, Score
from attainment.table import Table, Tabled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from attainment._types import Period, Tabular
    from attainment.explanation import ScoreExplanation
    from attainment.finding import Finding

__all__ = ["Scorecard", "score"]


def score(data: WideTable | Panel | Assessment | Tabular, scheme: Scheme | str) -> Scorecard:
    """Score data by a scheme: normalise, cap, weight, bonus, aggregate, grade, veto, rank.

    Parameters
    ----------
    data : WideTable, Panel, Assessment or table
        Values by area (a table is read as a wide one), observations (every period is scored for
        itself), or verdicts (every moment is).
    scheme : Scheme or str
        The scheme, or the id of a ready-made one; see :func:`schemes`.

    Raises
    ------
    AssessError
        When the scheme cannot be applied to the data: an unknown scheme, an indicator the data do not
        have, a mark that is nowhere given. What is missing in single areas is no error.

    Examples
    --------
    >>> import attainment
    >>> scorecard = attainment.score({
    ...     "area": ["Switzerland", "China"], "life_expectancy": [84.255, 78.587], "expected_schooling": [16.5837, 15.2179],
    ...     "mean_schooling": [13.9041, 8.1069], "gni_per_capita": [69432.79, 18024.89]}, "undp-hdi")
    >>> china = scorecard.score("China")
    >>> china.rounded, china.rank
    (Decimal('0.788'), 2.0)
    """
    if not isinstance(data, (WideTable, Panel, Assessment)):
        data = WideTable(data)
    native = scheme._native if isinstance(scheme, Scheme) else scheme  # pyright: ignore[reportPrivateUsage]
    return Scorecard._of(_attainment.score(data._native, native))  # pyright: ignore[reportPrivateUsage]


class Scorecard(Tabled):
    """Scores of all areas by one scheme.

    It is also a table: ``area``, ``period`` (where the data have periods), ``score`` (unrounded),
    ``rounded``, ``rank``, ``grade``, each top pillar by its id, ``bonus``, ``veto``, ``missing``.
    """

    __slots__ = ("_native",)

    _native: _attainment.Scorecard

    def __init__(self) -> None:
        """Scorecards come from scoring."""
        raise TypeError("a scorecard comes from `score`")

    @classmethod
    def _of(cls, native: _attainment.Scorecard) -> Scorecard:
        card = object.__new__(cls)
        card._native = native
        return card

    @property
    def scheme(self) -> Scheme:
        """The scheme."""
        return Scheme._of(self._native.scheme())  # pyright: ignore[reportPrivateUsage]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is missing or doubtful."""
        return self._native.findings()

    def scores(self) -> tuple[Score, ...]:
        """Give the score of every area and period, in the order of the data."""
        return self._native.scores()

    def score(self, area: str, *, period: Period = None) -> Score:
        """Give the score of an area.

        Parameters
        ----------
        area : str
            The area.
        period : period, optional
            Which, where there are several.

        Raises
        ------
        AssessError
            When there is none, or several.
        """
        return self._native.score(area, period)

    def explain(self, area: str, *, period: Period = None) -> ScoreExplanation:
        """Say how a score comes about.

        Parameters
        ----------
        area : str
            The area.
        period : period, optional
            Which, where there are several.

        Raises
        ------
        AssessError
            When there is no such score, or several.
        """
        return shown(self._native.explain(area, period))

    def at(self, period: Period) -> Scorecard:
        """Give the scorecard of one period.

        Parameters
        ----------
        period : period
            Which.

        Raises
        ------
        AssessError
            When there is no such period.
        """
        return Scorecard._of(self._native.at(period))

    def weights(self) -> dict[str, float]:
        """Give the share of the total of every pillar and indicator, by its path."""
        return dict(self._native.weights())

    def movement(self, earlier: Scorecard) -> tuple[Movement, ...]:
        """Tell how each area moved since an earlier scorecard.

        Parameters
        ----------
        earlier : Scorecard
            The other one.

        Raises
        ------
        AssessError
            When one of them has several periods; see :meth:`at`.
        """
        return self._native.movement(earlier._native)

    def annual_growth(self, earlier: Period, later: Period) -> tuple[Growth, ...]:
        """Give the mean growth of each score a year, between two periods.

        Parameters
        ----------
        earlier, later : period
            The two periods.

        Raises
        ------
        AssessError
            When there are no such periods.
        """
        return self._native.annual_growth(earlier, later)

    def robustness(self, seed: int, runs: int = 1000, *, on_progress: Progress = None) -> Robustness:
        """Draw the choices of the scheme at random and rank again, ``runs`` times.

        What is varied stands under ``robustness`` in the scheme; where it says nothing, every weight is
        up to 25 % off. The same seed gives the same numbers on every platform. Ctrl-C stops it at once.

        Parameters
        ----------
        seed : int
            The seed of the draws.
        runs : int
            How many runs the rank intervals rest on.
        on_progress : callable or False, optional
            Called with the runs done and those to do; when it returns False the simulation stops with
            what it has. Without one there is a progress bar where tqdm is installed; False shows nothing.

        Raises
        ------
        AssessError
            When the scorecard has several periods, or fewer than two areas have a score.

        Examples
        --------
        >>> import attainment
        >>> scheme = attainment.Scheme.parse("{attainment: 1, id: s, normalise: {by: min_max, to: [0, 100]}, aggregate: arithmetic, "
        ...     "indicators: {a: {direction: increase}, b: {direction: increase}}, pillars: [a, b]}")
        >>> card = attainment.score({"area": ["x", "y", "z"], "a": [3, 1, 2], "b": [3, 2, 1]}, scheme)
        >>> card.robustness(7, 500, on_progress=False).intervals[0].high
        1.0
        """
        with progress(on_progress, "robustness") as tell:
            return shown(self._native.robustness(seed, runs, tell))

    def columns(self, decimals: bool = False) -> Table:
        """Give every score as columns; see :meth:`Tabled.columns`."""
        return Table._of(self._native.columns(decimals))  # pyright: ignore[reportPrivateUsage]

    def to_dict(self) -> dict[str, Any]:
        """Give scheme, scores and findings as plain dicts and lists, ready for JSON."""
        return self._native.to_dict()

    def to_markdown(self, lang: str = "en") -> str:
        """Write the scores as a table in Markdown, best first.

        Parameters
        ----------
        lang : {"en", "zh"}
            The language.
        """
        return self._native.to_markdown(lang)

    def to_html(self, lang: str = "en") -> str:
        """Write the scores as a page in HTML, best first, every text escaped.

        Parameters
        ----------
        lang : {"en", "zh"}
            The language.
        """
        return self._native.to_html(lang)

    def to_csv(self, *, bom: bool = False, guard: bool = True) -> str:
        """Write the table as CSV text, numbers exactly.

        Parameters
        ----------
        bom : bool
            Begin with a byte order mark, by which Excel knows the text for UTF-8.
        guard : bool
            Put an apostrophe before a text that a spreadsheet would take for a formula.
        """
        return self._native.to_csv(bom, guard)

    def chart(
        self,
        kind: str,
        *,
        lang: str = "en",
        theme: str | None = None,
        width: int | None = None,
        source: str | None = None,
        target: str | Sequence[str] | None = None,
        area: str | Sequence[str] | None = None,
        as_of: Period | Sequence[Period] = None,
        method: str | Sequence[str] | None = None,
        vintage: Period | Sequence[Period] = None,
        earlier: Scorecard | None = None,
    ) -> Chart:
        """Draw the scorecard: a Vega-Lite specification that notebooks show as it is.

        Parameters
        ----------
        kind : str
            ``scores`` or ``class_transitions``.
        lang : {"en", "zh"}
            The language of labels and names.
        theme : {"light", "dark"}, optional
            The page it is made for.
        width : int, optional
            The width of the plot in pixels, from 160 to 2000.
        source : str, optional
            Where the data are from; it stands under the chart.
        target, area, as_of, method, vintage : str or list, optional
            What to show, where there is more.
        earlier : Scorecard, optional
            What to compare with, for a chart of movement.

        Raises
        ------
        AssessError
            When there is no such kind, or the data do not fit it; the help says which kinds fit.
        """
        options: dict[str, Any] = {
            "lang": lang,
            "theme": theme,
            "width": width,
            "source": source,
            "target": target,
            "area": area,
            "as_of": as_of,
            "method": method,
            "vintage": vintage,
            "earlier": None if earlier is None else earlier._native,
        }
        return Chart._of(self._native.chart(kind, options))  # pyright: ignore[reportPrivateUsage]

    def __repr__(self) -> str:
        """Write how much it holds."""
        return f"<Scorecard by {self.scheme.id}: {len(self.columns())} scores>"

    def _repr_html_(self) -> str:
        return self.to_html()
