"""Words of the format, as enums that equal their strings.

Every word is what documents, records and columns write: ``State.MET == "met"`` and
``str(State.MET) == "met"``, so that either form can be compared, stored and looked up.
"""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Whether a target is attained.

    The order is the one combinations use.
    """

    NOT_MET = "not_met"
    """It is decided that the target is not met."""
    NOT_EVALUABLE = "not_evaluable"
    """It cannot be decided; the reason says why."""
    PENDING = "pending"
    """It is not due yet."""
    MET = "met"
    """It is decided that the target is met."""


class Reason(StrEnum):
    """Why something cannot be evaluated."""

    NO_DEADLINE = "no_deadline"
    """The target has neither a deadline nor a window."""
    PERIOD_UNKNOWN = "period_unknown"
    """The deadline or window is masked or has no place in time."""
    WINDOW_START_UNKNOWN = "window_start_unknown"
    """The window has no known start, and there is no baseline to begin after."""
    BOUND_MASKED = "bound_masked"
    """The bound is masked."""
    BOUND_UNKNOWN = "bound_unknown"
    """The bound is stated as unknown."""
    UNIT_LOST = "unit_lost"
    """A number stands without the unit it needs."""
    UNIT_MISMATCH = "unit_mismatch"
    """The observations are in a unit that does not convert."""
    NO_TOLERANCE = "no_tolerance"
    """``about`` has no declared tolerance."""
    NO_OBSERVATION = "no_observation"
    """There is no observation at all."""
    NO_OBSERVATION_AT_DEADLINE = "no_observation_at_deadline"
    """There is no usable observation for the deadline itself."""
    MISSING_PERIOD = "missing_period"
    """A due period of ``each`` has no usable observation."""
    INCOMPLETE_SUM = "incomplete_sum"
    """A period of a sum or mean has no usable observation."""
    INCOMPLETE_CHAIN = "incomplete_chain"
    """A period of a chain of growth rates has no usable observation."""
    STATISTIC_UNKNOWN = "statistic_unknown"
    """The data is finer than the deadline and the indicator does not say which number counts."""
    CONFLICTING_OBSERVATIONS = "conflicting_observations"
    """Two observations contradict each other."""
    CALIBER_MISMATCH = "caliber_mismatch"
    """The observations have another caliber, and no link is declared."""
    NO_BASELINE = "no_baseline"
    """A change has nothing to be measured from."""
    NO_BASELINE_VALUE = "no_baseline_value"
    """The period a change is measured from has no value."""
    ZERO_BASELINE = "zero_baseline"
    """The base is zero, so that there is no relative change."""
    SIGN_CHANGE = "sign_change"
    """The base is negative or signs change, so that there is no growth rate."""
    GROWTH_NOT_PUBLISHED = "growth_not_published"
    """Growth is published for this indicator and must not be divided out of levels; it is not
    there.
    """
    REFERENCE_MISSING = "reference_missing"
    """The value the bound refers to is not there."""
    GROUP_UNKNOWN = "group_unknown"
    """The group of areas is not known."""
    NOT_IN_GROUP = "not_in_group"
    """The area is no member of the group it would be ranked in."""
    VALUE_INEXACT = "value_inexact"
    """The value is not exact enough to tell."""
    UNDECIDED_DIGITS = "undecided_digits"
    """The published digits cannot tell."""
    AMBIGUOUS_READING = "ambiguous_reading"
    """The readings of an ambiguous phrase disagree."""
    NOT_IN_FORCE = "not_in_force"
    """The target was not in force yet."""
    MEMBER_NOT_EVALUABLE = "member_not_evaluable"
    """A member of a combination cannot be evaluated."""
    TOO_FEW_POINTS = "too_few_points"
    """There are fewer points than the method asks for."""
    BREAK_IN_SERIES = "break_in_series"
    """The series has a break and too few points after it."""
    TARGET_EQUALS_BASELINE = "target_equals_baseline"
    """The bound equals the baseline, so that there is no way to go."""
    ZERO_BOUND = "zero_bound"
    """The target is zero, and growth never gets there."""
    NO_MARK = "no_mark"
    """The indicator has no such mark, or a mark that is masked."""
    MARKS_OUT_OF_ORDER = "marks_out_of_order"
    """The marks do not run from worst over red and green to best."""
    NO_PEERS = "no_peers"
    """Fewer than two of the peers have a value."""
    NO_SPREAD = "no_spread"
    """All peers have the same value."""
    NO_TYPICAL_PATH = "no_typical_path"
    """The indicator has no typical path, or one that does not lead toward the target."""
    OFF_TYPICAL_PATH = "off_typical_path"
    """A value lies beyond the ends of the typical path."""
    NO_TIME_ELAPSED = "no_time_elapsed"
    """Observation and baseline are of the same time, so that no time has passed."""


class Flag(StrEnum):
    """What is worth knowing about the evidence."""

    PROVISIONAL = "provisional"
    """The value is provisional (``P``)."""
    ESTIMATED = "estimated"
    """The value is estimated or imputed (``E``, ``I``)."""
    BREAK = "break"
    """There is a break in the series (``B``)."""
    DEFINITION_DIFFERS = "definition_differs"
    """The definition differs (``D``)."""
    LOW_RELIABILITY = "low_reliability"
    """The value is of low reliability or not validated (``U``, ``V``, ``N``, ``G``)."""
    FORECAST_IGNORED = "forecast_ignored"
    """A forecast or masked value was left aside."""
    INEXACT = "inexact"
    """The value is known only as a lower bound or approximately."""
    CALIBER_LINKED = "caliber_linked"
    """The value was carried over from another caliber by a declared link."""
    CALIBER_UNSTATED = "caliber_unstated"
    """The value states no caliber, and the target asks for one."""
    DERIVED = "derived"
    """The value was derived by the indicator's formula."""
    BASELINE_DECLARED = "baseline_declared"
    """The baseline is the declared one; the panel has none."""
    BASELINE_DIFFERS = "baseline_differs"
    """The declared baseline and the panel's differ."""
    MAINTENANCE = "maintenance"
    """The baseline satisfies the bound already: the question is whether it holds."""
    NEAR_THRESHOLD = "near_threshold"
    """The value is within half a unit of its last digit of the bound."""
    REVISED = "revised"
    """The value was revised since it was first published."""
    AMBIGUOUS_READING = "ambiguous_reading"
    """The phrase has several readings, and they agree."""
    REPLACED = "replaced"
    """Another target has replaced this one."""
    EARLY = "early"
    """Less than a fifth of the time has passed."""


class Scale(StrEnum):
    """The common scale, so that methods can be compared."""

    DONE = "done"
    """The target is reached."""
    ON_TRACK = "on_track"
    """On pace to be reached."""
    NEAR = "near"
    """Close to it."""
    BEHIND = "behind"
    """Too slow."""
    AWAY = "away"
    """Moving away from the target."""


class PaceNote(StrEnum):
    """What is worth knowing about how a pace came about."""

    BASELINE_BEYOND_TARGET = "baseline_beyond_target"
    """The base is beyond the target and the value has fallen behind it: a ratio of growth would
    come out positive although the series deteriorates, so it is the worst category.
    """
    BREAK_BETWEEN = "break_between"
    """A break in the series lies between the base and the latest value, which do not quite
    compare.
    """
    BASELINE_SUBSTITUTED = "baseline_substituted"
    """The base period has no value, and another one serves as the method says."""
    DEFAULT_BASELINE = "default_baseline"
    """No base is stated, and the published base year serves."""
    DEFAULT_DEADLINE = "default_deadline"
    """No target year is stated, and the published one serves."""
    ZERO_REPLACED = "zero_replaced"
    """A small number stands for a zero, as the method says."""
    WITHIN_ONE_POINT = "within_one_point"
    """A percentage within one point of 0 or 100 % counts as there, as the method says."""
    NEAR_LIMIT = "near_limit"
    """The cuts shrink near a natural limit, as the method says."""
    TARGET_NOT_CONSIDERED = "target_not_considered"
    """The method judges the direction alone: the bound is not considered."""
    VALUES_ROUNDED = "values_rounded"
    """Values were rounded before they were looked up."""


class Threshold(StrEnum):
    """How a number is taken when it is compared with a bound."""

    EXACT = "exact"
    """As it is: 1.699 does not reach 1.7."""
    HALF_UP = "half_up"
    """Rounded half up to the indicator's published decimals, or to the digits of the bound."""
    TRUNCATE = "truncate"
    """Cut off at those digits."""
    DIGITS = "digits"
    """As all numbers that would be published so; undecided where they disagree."""


class Direction(StrEnum):
    """Which way is better.

    Never assumed: an indicator states it.
    """

    INCREASE = "increase"
    """More is better."""
    DECREASE = "decrease"
    """Less is better."""
    WITHIN = "within"
    """Neither: values should stay within bounds."""


class Kind(StrEnum):
    """What sort of number an indicator is."""

    STOCK = "stock"
    """A count or amount at a moment."""
    FLOW = "flow"
    """A count or amount over a period."""
    SHARE = "share"
    """A part of a whole, in percent."""
    GROWTH = "growth"
    """A rate of change against the period before, in percent. Rates are chained, never added."""
    YES_NO = "yes_no"
    """Yes or no."""
    JUDGEMENT = "judgement"
    """A level that somebody judges."""


class Measure(StrEnum):
    """Which number is judged."""

    LEVEL = "level"
    """The value itself."""
    CHANGE = "change"
    """The value less the base."""
    RELATIVE_CHANGE = "relative_change"
    """The change as a share of the base."""
    MULTIPLE = "multiple"
    """The value divided by the base."""
    ANNUAL_GROWTH = "annual_growth"
    """The mean growth a year, compounded, from the base to the value."""
    SUM = "sum"
    """The sum over the window."""
    MEAN = "mean"
    """The arithmetic mean over the window."""
    RANK = "rank"
    """The place among a group of areas; 1 is best."""
    PERCENTILE = "percentile"
    """The share of a group's areas that are not better, in percent."""


class Nature(StrEnum):
    """How firmly a target is committed to."""

    BINDING = "binding"
    """约束性: the issuer must deliver it."""
    EXPECTED = "expected"
    """预期性: expected to come about."""
    ASPIRATIONAL = "aspirational"
    """力争: hoped for."""


class ChangeKind(StrEnum):
    """What kind of change it is."""

    ADDED = "added"
    """The second plan has it and the first has not."""
    DROPPED = "dropped"
    """The first plan has it and the second has not."""
    RAISED = "raised"
    """The bound asks for more, in the direction of the target."""
    LOWERED = "lowered"
    """The bound asks for less."""
    BOUND_CHANGED = "bound_changed"
    """The bound is another one, and neither is further."""
    MOVED = "moved"
    """The deadline or window is another one."""
    UNIT_LOST = "unit_lost"
    """The number has lost its unit."""
    UNIT_CHANGED = "unit_changed"
    """The number has another unit, or has one now."""
    COMPARATOR_CHANGED = "comparator_changed"
    """The comparison is another one."""
    MEASURE_CHANGED = "measure_changed"
    """Another number is judged."""
    BASELINE_CHANGED = "baseline_changed"
    """The change is measured from somewhere else."""
    AREAS_CHANGED = "areas_changed"
    """It holds for other areas."""
    NATURE_CHANGED = "nature_changed"
    """It is committed to more or less firmly."""
    RENAMED = "renamed"
    """The indicator seems to have another name: a proposal."""
    CHANGED = "changed"
    """Another attribute that judging depends on."""
    WINDOW_CHANGED = "window_changed"
    """The window of the plan, or of a plan it carries out, is another one."""
    ATTAINED_CHANGED = "attained_changed"
    """A verdict is another one."""
    CATEGORY_CHANGED = "category_changed"
    """A method gives another category."""
    NUMBER_CHANGED = "number_changed"
    """The document number is another one."""


class RecordedState(StrEnum):
    """A verdict an expert may record."""

    MET = "met"
    """The target is met."""
    NOT_MET = "not_met"
    """It is not."""
    PENDING = "pending"
    """It is not yet decided."""
    NOT_EVALUABLE = "not_evaluable"
    """It cannot be decided."""


class ValueIs(StrEnum):
    """How far a value can be taken at its word."""

    EXACT = "exact"
    """It is the value."""
    AT_LEAST = "at_least"
    """The value is this or more: 余, 多."""
    ABOUT = "about"
    """The value is near this: 近, 左右."""
    MASKED = "masked"
    """Digits are masked."""
    FORECAST = "forecast"
    """It is expected and not observed: 预计."""


class Treatment(StrEnum):
    """What was done about a value that is missing."""

    REFUSED = "refused"
    """Nothing: what is above it has no score either."""
    RENORMALISED = "renormalised"
    """The weights of the others were rescaled."""
    GROUP_MEAN = "group_mean"
    """The mean of the group of areas stands in."""
    ZERO = "zero"
    """It counts as nothing attained, because the scheme says so."""
    CARRIED = "carried"
    """An earlier value was carried forward."""


class Division(StrEnum):
    """By which rule a target is divided among the parts of an area."""

    PROPORTIONAL = "proportional"
    """In proportion to the baseline values, or to weights. For amounts, which add up."""
    EQUAL_GROWTH = "equal_growth"
    """Every part changes by the same rate."""
    EQUAL_CHANGE = "equal_change"
    """Every part changes by the same amount. For shares and intensities."""
    CONVERGE = "converge"
    """Every part closes the same share of its own way to a common value. For shares and
    intensities.
    """
    SHARES = "shares"
    """By shares that are given. For amounts, which add up."""


class Ahead(StrEnum):
    """What happens to a part that is beyond the common value already."""

    HOLD = "hold"
    """It keeps its value."""
    CONVERGE = "converge"
    """It comes back toward the common value like the others."""


class MissingPart(StrEnum):
    """What happens when a part has no value."""

    REFUSE = "refuse"
    """Nothing is divided or added up."""
    LEAVE_OUT = "leave_out"
    """The part is left out, and the others are the whole."""


class Exactness(StrEnum):
    """In which sense the categories of a method are exact."""

    RATIONAL = "rational"
    """Decided on rational numbers."""
    RADICAL = "radical"
    """Decided on roots of rational numbers, as if with infinite precision."""
    REPRODUCIBLE = "reproducible"
    """Decided on floats that are the same to the bit everywhere."""


class Need(StrEnum):
    """What a method needs besides observations."""

    BASELINE = "baseline"
    """A base period with a value."""
    DEADLINE = "deadline"
    """A target year."""
    BOUND = "bound"
    """The bound of a target."""
    LIMIT = "limit"
    """The natural limit of the indicator, where it has one: the mark ``limit``."""
    MARKS = "marks"
    """The marks ``worst``, ``red``, ``green`` and ``best``."""
    PEERS = "peers"
    """The values of a group of areas."""
    TYPICAL_PATH = "typical_path"
    """The path that values have typically taken: ``typical_path`` of the indicator."""


class PaceReason(StrEnum):
    """Why a method gives no category: ``not_applicable``, or what it could not evaluate."""

    NOT_APPLICABLE = "not_applicable"
    """The published rule has no case for this measure and time."""
    NO_DEADLINE = "no_deadline"
    """The target has neither a deadline nor a window."""
    PERIOD_UNKNOWN = "period_unknown"
    """The deadline or window is masked or has no place in time."""
    WINDOW_START_UNKNOWN = "window_start_unknown"
    """The window has no known start, and there is no baseline to begin after."""
    BOUND_MASKED = "bound_masked"
    """The bound is masked."""
    BOUND_UNKNOWN = "bound_unknown"
    """The bound is stated as unknown."""
    UNIT_LOST = "unit_lost"
    """A number stands without the unit it needs."""
    UNIT_MISMATCH = "unit_mismatch"
    """The observations are in a unit that does not convert."""
    NO_TOLERANCE = "no_tolerance"
    """``about`` has no declared tolerance."""
    NO_OBSERVATION = "no_observation"
    """There is no observation at all."""
    NO_OBSERVATION_AT_DEADLINE = "no_observation_at_deadline"
    """There is no usable observation for the deadline itself."""
    MISSING_PERIOD = "missing_period"
    """A due period of ``each`` has no usable observation."""
    INCOMPLETE_SUM = "incomplete_sum"
    """A period of a sum or mean has no usable observation."""
    INCOMPLETE_CHAIN = "incomplete_chain"
    """A period of a chain of growth rates has no usable observation."""
    STATISTIC_UNKNOWN = "statistic_unknown"
    """The data is finer than the deadline and the indicator does not say which number counts."""
    CONFLICTING_OBSERVATIONS = "conflicting_observations"
    """Two observations contradict each other."""
    CALIBER_MISMATCH = "caliber_mismatch"
    """The observations have another caliber, and no link is declared."""
    NO_BASELINE = "no_baseline"
    """A change has nothing to be measured from."""
    NO_BASELINE_VALUE = "no_baseline_value"
    """The period a change is measured from has no value."""
    ZERO_BASELINE = "zero_baseline"
    """The base is zero, so that there is no relative change."""
    SIGN_CHANGE = "sign_change"
    """The base is negative or signs change, so that there is no growth rate."""
    GROWTH_NOT_PUBLISHED = "growth_not_published"
    """Growth is published for this indicator and must not be divided out of levels; it is not
    there.
    """
    REFERENCE_MISSING = "reference_missing"
    """The value the bound refers to is not there."""
    GROUP_UNKNOWN = "group_unknown"
    """The group of areas is not known."""
    NOT_IN_GROUP = "not_in_group"
    """The area is no member of the group it would be ranked in."""
    VALUE_INEXACT = "value_inexact"
    """The value is not exact enough to tell."""
    UNDECIDED_DIGITS = "undecided_digits"
    """The published digits cannot tell."""
    AMBIGUOUS_READING = "ambiguous_reading"
    """The readings of an ambiguous phrase disagree."""
    NOT_IN_FORCE = "not_in_force"
    """The target was not in force yet."""
    MEMBER_NOT_EVALUABLE = "member_not_evaluable"
    """A member of a combination cannot be evaluated."""
    TOO_FEW_POINTS = "too_few_points"
    """There are fewer points than the method asks for."""
    BREAK_IN_SERIES = "break_in_series"
    """The series has a break and too few points after it."""
    TARGET_EQUALS_BASELINE = "target_equals_baseline"
    """The bound equals the baseline, so that there is no way to go."""
    ZERO_BOUND = "zero_bound"
    """The target is zero, and growth never gets there."""
    NO_MARK = "no_mark"
    """The indicator has no such mark, or a mark that is masked."""
    MARKS_OUT_OF_ORDER = "marks_out_of_order"
    """The marks do not run from worst over red and green to best."""
    NO_PEERS = "no_peers"
    """Fewer than two of the peers have a value."""
    NO_SPREAD = "no_spread"
    """All peers have the same value."""
    NO_TYPICAL_PATH = "no_typical_path"
    """The indicator has no typical path, or one that does not lead toward the target."""
    OFF_TYPICAL_PATH = "off_typical_path"
    """A value lies beyond the ends of the typical path."""
    NO_TIME_ELAPSED = "no_time_elapsed"
    """Observation and baseline are of the same time, so that no time has passed."""


class Forecast(StrEnum):
    """How the column ``forecast`` of an assessment is made."""

    LEAST_SQUARES = "least_squares"
    """The least-squares line through the observations, read at the end of the target's time."""


class ChartKind(StrEnum):
    """What a chart shows."""

    TARGET_PATH = "target_path"
    """A target: its values, the way required, and where the pace so far leads."""
    CLOCK_DUMBBELL = "clock_dumbbell"
    """Targets: the share of the way behind them against the share of the time."""
    METHOD_MATRIX = "method_matrix"
    """Targets by methods, with the rows outlined on which methods disagree."""
    ATTAINED_PACE = "attained_pace"
    """Targets: the share of the way behind them against the pace of late."""
    VINTAGES = "vintages"
    """A target as seen at successive vintages or moments."""
    CUMULATIVE_BUDGET = "cumulative_budget"
    """A sum over a window, as it is used up or filled."""
    SCORES = "scores"
    """Scores of areas, best first."""
    RANK_INTERVALS = "rank_intervals"
    """Ranks of areas over all runs of a simulation."""
    CLASS_TRANSITIONS = "class_transitions"
    """How many moved from which class to which."""


class Theme(StrEnum):
    """The page a chart is made for."""

    LIGHT = "light"
    """Dark ink on white, for paper and light pages."""
    DARK = "dark"
    """Light ink on a dark ground."""


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    """The document cannot be read as what it should be."""
    WARNING = "warning"
    """It can be worked around, and somebody should look."""


class Lang(StrEnum):
    """A language of messages, explanations and texts."""

    EN = "en"
    """English."""
    ZH = "zh"
    """Chinese."""
