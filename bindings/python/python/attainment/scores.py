"""Scores: what a scheme makes of the values or verdicts of an area."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from attainment._result import Page, Result, result
from attainment.chart import Chart
from attainment.words import Nature, Treatment

__all__ = ["Growth", "MissingScore", "Movement", "PillarScore", "RankInterval", "Robustness", "Score", "Sensitivity"]


@result
class MissingScore(Result):
    """A value that is missing, and what was done about it."""

    id: str
    """The pillar or indicator."""
    path: str
    """Where it stands in the scheme."""
    treatment: Treatment
    """What was done."""
    from_: str | None = None
    """The period a carried value is from."""


@result
class PillarScore(Result):
    """The score of a pillar or an indicator."""

    id: str
    """Its id."""
    name: str | dict[str, str] | None = None
    """What it is called, or its names by language."""
    weight: float = 0.0
    """Its share of the total; 0 where it stands beside the total."""
    score: float | None = None
    """The score, unrounded, before it is weighted."""
    value: str | None = None
    """The value of the indicator, as it was written."""
    grade: str | None = None
    """The grade, where the scheme has grades for it."""
    bonus: float | None = None
    """The points of its bonus."""
    capped: bool = False
    """Whether it was cut to its cap."""
    pillars: tuple[PillarScore, ...] = ()
    """Its members."""


@result
class Score(Result):
    """The score of one area, in one period.

    Examples
    --------
    >>> import attainment
    >>> table = attainment.WideTable({"area": ["Norway"], "life_expectancy": [83.393],
    ...     "expected_schooling": [18.6385], "mean_schooling": [13.0623], "gni_per_capita": [69189.76]})
    >>> score = attainment.score(table, "undp-hdi").score("Norway")
    >>> score.rounded, score.pillars[1].id, score.missing
    (Decimal('0.966'), 'education', ())
    """

    area: str
    """The area."""
    period: str | None = None
    """The period, where the data have periods."""
    score: float | None = None
    """The total, unrounded, after every rule; None where it cannot be told."""
    rounded: Decimal | None = None
    """The total as it is published, where the scheme says how it is rounded."""
    rank: float | None = None
    """Its place among the areas of its period, on unrounded scores; 1 is best."""
    grade: str | None = None
    """The grade."""
    bonus: float = 0.0
    """The points of all bonuses."""
    veto: tuple[str, ...] = ()
    """The pillars and indicators whose veto holds."""
    natures: tuple[tuple[Nature, float | None], ...] = ()
    """Scores of committed and aspirational indicators apart, where the scheme asks for them."""
    missing: tuple[MissingScore, ...] = ()
    """What is missing, and what was done about it."""
    pillars: tuple[PillarScore, ...] = ()
    """The tree."""


@result
class Movement(Result):
    """How an area moved from one scorecard to another."""

    area: str
    """The area."""
    class_: int | None
    """Classes gained, or lost where it is negative; None where one side has no grade."""
    rank: float | None
    """Places gained, or lost where it is negative."""
    score: float | None
    """Points gained, or lost where it is negative."""
    grade_before: str | None
    """The grade before."""
    grade: str | None
    """The grade now."""
    only: str | None
    """Whether the area is in one of the two scorecards only: ``entered`` or ``left``."""


@result
class Growth(Result):
    """The mean growth of a score a year."""

    area: str
    """The area."""
    score: float | None
    """Of the total, in percent a year."""
    pillars: tuple[tuple[str, float | None], ...]
    """Of each top pillar, in percent a year."""


@result
class RankInterval(Result):
    """The ranks that an area takes under varied choices."""

    area: str
    """The area."""
    nominal: int
    """Its rank by the scheme as it stands, without vetoes."""
    mean: float
    """The mean rank."""
    median: float
    """The middle rank."""
    low: float
    """The rank that one run in twenty is better than: the 5th percentile."""
    high: float
    """The rank that one run in twenty is worse than: the 95th percentile."""


@result
class Sensitivity(Result):
    """How much of the shift of ranks one kind of choice explains (Jansen's estimators, 1999)."""

    factor: str
    """``weights``, ``normalise``, ``aggregate`` or ``drop``."""
    first: float | None
    """The share of the variance that it explains alone; None where ranks never shift."""
    total: float | None
    """The share it has a part in, with all others."""


@result
class Robustness(Page):
    """How far ranks can be trusted: the choices of a scheme drawn at random, many times."""

    seed: int
    """The seed: the same one gives the same numbers, on every platform."""
    runs: int
    """How many runs the rank intervals rest on."""
    stopped: bool
    """Whether it was stopped before all runs were done."""
    varied: tuple[str, ...]
    """What was varied."""
    intervals: tuple[RankInterval, ...]
    """The rank intervals, in the order of the areas."""
    mean_shift: float
    """The mean over runs of the mean number of places an area shifts."""
    dominance: float
    """The share of pairs of areas of which one is better in every indicator."""
    sensitivity: tuple[Sensitivity, ...]
    """Sensitivity of the mean shift; empty where one kind of choice or none is varied."""

    def chart(self, kind: str = "rank_intervals", **options: Any) -> Chart:
        """Draw the simulation; see :meth:`Scorecard.chart` for the options.

        Parameters
        ----------
        kind : {"rank_intervals"}
            What to draw.

        Raises
        ------
        AssessError
            When the simulation cannot be drawn so; the help says what can.
        ValueError
            When it comes out of a pickle, which takes its pages along and not what it was drawn from.
        """
        if self._native is None:
            raise ValueError("a simulation out of a pickle has no chart any more: draw it before")
        return Chart._of(self._native.chart(kind, options))  # pyright: ignore[reportPrivateUsage]

    def to_records(self) -> list[dict[str, Any]]:
        """Give a record for each area: its rank and the interval of its ranks."""
        return [interval.to_dict() for interval in self.intervals]
