"""Verdicts: three answers, never one symbol."""

from __future__ import annotations

from decimal import Decimal

from attainment._result import Result, result
from attainment.words import Flag, PaceNote, PaceReason, Reason, RecordedState, Scale, State

__all__ = ["Attained", "Override", "Pace", "Quality", "ScheduledPace", "Verdict"]


@result
class Attained(Result):
    r"""Whether a target is attained, and by how much.

    Examples
    --------
    >>> import attainment
    >>> plan = attainment.Plan.parse('''
    ... attainment: 1
    ... id: literacy
    ... indicators: { literate: { name: Adult literacy, unit: percent, direction: increase } }
    ... targets: { literate: { indicator: literate, at_least: 90%, by: 2020, baseline: 2010 } }
    ... ''')
    >>> panel = attainment.Panel("area,indicator,year,value\nKE,literate,2010,72\nKE,literate,2020,81\n")
    >>> attained = plan.assess(panel, as_of=2020).verdict("literate", "KE").attained
    >>> attained.state, attained.gap, attained.ratio, attained.closed
    (<State.NOT_MET: 'not_met'>, Decimal('9'), 0.9, 0.5)
    """

    state: State
    """The answer: ``met``, ``not_met``, ``pending`` or ``not_evaluable``."""
    reason: Reason | None
    """Why it is ``not_evaluable``."""
    holds_now: bool | None
    """Whether the latest observation satisfies the bound; None where there is none."""
    decided_at: str | None
    """The period that decided."""
    first_held_in: str | None
    """The first observed period that satisfies the bound."""
    held_throughout: bool | None
    """Whether every observed period since the baseline satisfies it."""
    lost_in: tuple[str, ...]
    """Every period in which it was lost again."""
    value: Decimal | None
    """The number that was compared, in the indicator's unit; percentage points for a change of a
    percentage, percent for relative changes and growth."""
    period: str | None
    """The period of the value."""
    bound: Decimal | None
    """The bound it was compared with; the lower one of an interval."""
    bound_max: Decimal | None
    """The upper bound of an interval."""
    gap: Decimal | None
    """What is missing to the bound, in the direction of the target; negative beyond it."""
    ratio: float | None
    """实现程度: value over bound, or bound over value where less is better."""
    closed: float | None
    """The share of the way from the baseline to the bound that is behind us."""
    stretch_met: bool | None
    """Whether the stretch bound is satisfied as well."""
    on_declared_baseline: State | None
    """The state on the declared baseline, where it differs from the one on the panel's."""


@result
class ScheduledPace(Result):
    """The class on one of several schedules."""

    schedule: str
    """The schedule: its word, or ``steps`` or ``seasonal``."""
    category: str | None
    """The category in the method's own words."""
    scale: Scale | None
    """The category on the common scale."""
    value: float | None
    """The number the method decides by."""
    reason: PaceReason | None
    """Why there is no category."""


@result
class Pace(Result):
    """Whether a target is on pace, by one method.

    Examples
    --------
    >>> import attainment
    >>> pace = attainment.pace(method="linear", series=[(2020, 120), (2024, 110)], target=(2030, 80),
    ...                        direction="decrease", baseline=2020)
    >>> pace.category, pace.scale, pace.actual, pace.required, pace.catch_up
    ('behind', <Scale.BEHIND: 'behind'>, -2.5, -5.0, 2.0)
    """

    method: str
    """The method and its version."""
    category: str | None
    """The category in the method's own words."""
    scale: Scale | None
    """The category on the common scale: ``done``, ``on_track``, ``near``, ``behind``, ``away``."""
    value: float | None
    """The number the method decides by; see ``MethodInfo.value``."""
    score: float | None
    """The method's score, where it has one."""
    reason: PaceReason | None
    """Why there is no category; None where there is one."""
    required: float | None
    """The change a year that is needed from the latest observation on, in the unit of the measure."""
    actual: float | None
    """The change a year so far."""
    expected_now: float | None
    """The number the schedule expects at the latest observation."""
    projected: float | None
    """Where the change so far leads to at the deadline."""
    arrival: float | None
    """The year in which the change so far arrives at the bound; 2030.0 is the end of 2030."""
    catch_up: float | None
    """Required over actual: above 1 the pace has to be raised by that factor."""
    early: bool
    """Less than a fifth of the time has passed."""
    schedules: tuple[ScheduledPace, ...] = ()
    """The class on each schedule, where there are several."""
    notes: tuple[PaceNote, ...] = ()
    """What is worth knowing about how it came about."""
    on_declared_baseline: str | None = None
    """The category on the declared baseline, where it differs from the one on the panel's."""


@result
class Quality(Result):
    """How good the evidence is. It never blocks a verdict."""

    points: int
    """How many observations could be used."""
    lag_years: float | None
    """Years from the latest observation to ``as_of``."""
    flags: tuple[Flag, ...]
    """What is worth knowing."""


@result
class Override(Result):
    """An expert's recorded verdict. It stands beside the computed one, never in its place."""

    target: str
    """The target."""
    area: str | None = None
    """The area; every area when None."""
    as_of: str | None = None
    """As of when."""
    state: RecordedState = RecordedState.MET
    """The verdict."""
    who: str = ""
    """Who recorded it."""
    when: str = ""
    """When."""
    why: str = ""
    """Why."""


@result
class Verdict(Result):
    """The answer for one target, area, time and method."""

    target: str
    """The target."""
    area: str
    """The area; empty where neither panel nor plan names one."""
    indicator: str | None
    """The indicator; None for a combination of targets."""
    as_of: str
    """Up to the end of which period observations were used."""
    attained: Attained
    """Whether it is attained."""
    pace: Pace | None
    """Whether it is on pace; None where no method was asked for."""
    quality: Quality
    """How good the evidence is."""
    override: Override | None
    """A verdict that an expert recorded."""
