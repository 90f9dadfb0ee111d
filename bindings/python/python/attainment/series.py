"""One series, one line: pace without a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attainment import _attainment
from attainment._result import shown
from attainment.method import Method, native

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from attainment._types import Number, Period
    from attainment.explanation import Explanation
    from attainment.verdict import Pace

__all__ = ["Series", "pace"]

_Series = _attainment.Series


def pace(
    *,
    method: str | Mapping[str, Any] | Method,
    series: Iterable[Sequence[Any]] | Mapping[Any, Number],
    target: Any = None,
    direction: str,
    baseline: Period = None,
    limit: Number | None = None,
    marks: Mapping[str, Number] | None = None,
    peers: Iterable[Number] | None = None,
    typical_path: Iterable[Sequence[Any]] | Mapping[Any, Number] | None = None,
    kind: str | None = None,
    percent: bool = False,
    schedule: Any = None,
) -> Pace:
    """Judge the pace of one series by one method.

    Parameters
    ----------
    method : str, dict or Method
        The id of a published method, or one of one's own.
    series : iterable of (period, value) or (period, value, status), or a mapping
        The observations, all in one unit. A status is an SDMX flag: ``p``, ``e``, ``b`` …
    target : (period, value), optional
        What is to be reached by the end of a period; ``(2030, (20, 25))`` for an interval,
        ``{"each": 3.5}`` for a commitment for every period, None for a direction alone.
    direction : {"increase", "decrease", "within"}
        Which way is better.
    baseline : period, optional
        The base period. Methods that publish one take theirs where it is left out.
    limit : number, optional
        The natural limit of the indicator, the same as the mark ``limit``.
    marks : mapping of str to number, optional
        Named numbers that methods ask for: ``worst``, ``red``, ``green``, ``best``.
    peers : iterable of number, optional
        Values of the peers, for a distance in their standard deviation.
    typical_path : iterable of (year, value), optional
        The path that values have typically taken.
    kind : str, optional
        What sort of number it is: ``stock``, ``flow``, ``share``, ``growth``, ``yes_no``.
    percent : bool
        Whether the values are percentages, which some methods treat apart near 0 and 100.
    schedule : str, dict or list of them, optional
        How much of the way is expected by when, for methods of the plan clock: ``straight``,
        ``compound``, ``{"steps": {"2023": "40%"}}``; several at once are allowed.

    Returns
    -------
    Pace
        What cannot be answered has no category and a reason.

    Raises
    ------
    AssessError
        For what is no method, number or period, with every problem.

    Examples
    --------
    Canada's poverty rate, to be halved by 2030 (Statistics Canada, published row 1-2-1):

    >>> import attainment
    >>> pace = attainment.pace(method="statcan-2025", series=[(2015, 14.5), (2023, 10.2)],
    ...                        target=(2030, 7.25), direction="decrease")
    >>> pace.category, pace.scale
    ('substantial_progress', <Scale.ON_TRACK: 'on_track'>)
    """
    return _Series(native(method), series, target, direction, baseline, limit, marks, peers, typical_path, kind, percent, schedule).pace()


class Series:
    """One series with its target, to be judged and explained.

    The arguments are those of :func:`pace`.

    Examples
    --------
    >>> import attainment
    >>> series = attainment.Series(method="linear", series={2010: 10.1, 2015: 10.3}, target=(2020, 10.5),
    ...                            direction="increase", baseline=2010)
    >>> series.pace().category, series.explain().steps[-1].kind
    ('on_track', 'method')
    """

    __slots__ = ("_native",)

    def __init__(
        self,
        *,
        method: str | Mapping[str, Any] | Method,
        series: Iterable[Sequence[Any]] | Mapping[Any, Number],
        target: Any = None,
        direction: str,
        baseline: Period = None,
        limit: Number | None = None,
        marks: Mapping[str, Number] | None = None,
        peers: Iterable[Number] | None = None,
        typical_path: Iterable[Sequence[Any]] | Mapping[Any, Number] | None = None,
        kind: str | None = None,
        percent: bool = False,
        schedule: Any = None,
    ) -> None:
        """Take down the series; see :func:`pace`."""
        self._native = _Series(
            native(method), series, target, direction, baseline, limit, marks, peers, typical_path, kind, percent, schedule
        )

    def pace(self) -> Pace:
        """Judge its pace.

        Raises
        ------
        AssessError
            For what is no method, number or period, with every problem.
        """
        return self._native.pace()

    def explain(self) -> Explanation:
        """Say how its pace comes about.

        Raises
        ------
        AssessError
            As :meth:`pace`.
        """
        return shown(self._native.explain())
