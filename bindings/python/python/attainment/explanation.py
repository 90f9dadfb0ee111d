"""Explanations: why a verdict or a score is what it is."""

from __future__ import annotations

from attainment._result import Message, Result, Shown, result
from attainment.scores import Score
from attainment.verdict import Pace, Verdict

__all__ = ["Explanation", "ScoreExplanation", "Step"]


@result
class Step(Result):
    """One step of an explanation: what was done, on what, with which result."""

    kind: str
    """A stable word for the kind of step: ``target``, ``value``, ``compare``, ``state``, ``pace`` …"""
    text: Message
    """The step in words and numbers."""
    place: str | None = None
    """Where its inputs stand: a JSON pointer into the plan, or ``row N`` of the observations."""
    steps: tuple[Step, ...] = ()
    """The steps it is made of."""


@result
class Explanation(Shown):
    """A tree of steps that ends in a verdict, a pace or a number.

    ``str()`` writes it for a terminal; notebooks show it as HTML.

    Examples
    --------
    >>> import attainment
    >>> series = attainment.Series(method="statcan-2025", series=[(2015, 14.5), (2023, 10.2)],
    ...                            target=(2030, 7.25), direction="decrease")
    >>> explanation = series.explain()
    >>> explanation.pace.category
    'substantial_progress'
    >>> "actual over required growth a year" in explanation.to_text()
    True
    """

    title: Message
    """What is explained."""
    verdict: Verdict | None = None
    """The verdict, where one is explained."""
    pace: Pace | None = None
    """The pace, where that of one series is explained."""
    steps: tuple[Step, ...] = ()
    """The steps, in order."""


@result
class ScoreExplanation(Shown):
    """A tree of steps that ends in a score."""

    title: Message
    """What is explained."""
    score: Score
    """The score."""
    steps: tuple[Step, ...] = ()
    """The steps, in order."""
