"""Targets handed down to the parts of an area, and values rolled up from them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from attainment import _attainment
from attainment._result import Message, Result, result, shown
from attainment.panel import TargetTable
from attainment.table import Table, Tabled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from attainment.explanation import Explanation
    from attainment.finding import Finding

__all__ = [
    "Cascade",
    "CascadeCheck",
    "CascadePart",
    "CascadeRule",
    "LeftOut",
    "PartCheck",
    "RollUp",
    "RollUpRule",
    "RolledPart",
    "RolledWhole",
    "WholeCheck",
]


@result
class CascadePart(Result):
    """What one part is to do, and the numbers it comes from."""

    area: str
    """The part."""
    whole: str
    """The area whose target is handed down."""
    baseline: Decimal | None
    """The value of the part at the baseline, in the indicator's unit."""
    weight: Decimal | None
    """How much the part counts, where weights were used."""
    unrounded: Decimal | None
    """What it would be without rounding; to 28 digits."""
    bound: Decimal
    """Its target, in the unit the target is judged in."""


@result
class LeftOut(Result):
    """A part that nothing was handed down to."""

    area: str
    """The part."""
    whole: str
    """The area it belongs to."""
    why: Message
    """Why it was left out."""


@result
class PartCheck(Result):
    """The target of a part beside what the rule would give it."""

    area: str
    """The part."""
    bound: Decimal | None
    """Its target."""
    by_rule: Decimal | None
    """What the rule would give it."""
    short: Decimal | None
    """What it is short of that."""


@result
class WholeCheck(Result):
    """Whether the targets of the parts reach the target of the whole."""

    area: str
    """The whole."""
    bound: Decimal | None
    """Its target."""
    comes_to: Decimal | None
    """What the targets of the parts come to."""
    gap: Decimal | None
    """What is missing."""
    reached: bool | None
    """Whether they reach it; None where it cannot be said."""
    parts: tuple[PartCheck, ...]
    """The parts."""


@result
class RolledPart(Result):
    """The value of one part."""

    area: str
    """The part."""
    value: Decimal | None
    """Its value."""
    weight: Decimal | None
    """How much it counts."""


@result
class RolledWhole(Result):
    """The value of a whole, made of those of its parts."""

    area: str
    """The whole."""
    period: str
    """The period."""
    value: Decimal | None
    """What the parts come to; None where one is missing."""
    without_missing: Decimal | None
    """What those that are there come to."""
    published: Decimal | None
    """What is published for the whole."""
    difference: Decimal | None
    """Published less rolled up."""
    within_rounding: bool | None
    """Whether rounding explains the difference."""
    parts: tuple[RolledPart, ...]
    """The parts."""
    missing: tuple[str, ...]
    """Parts without a value."""


class CascadeRule:
    r"""How a target is handed down: which one, from which area to which, by which rule.

    Parameters
    ----------
    target : str
        The target.
    rule : {"proportional", "equal_growth", "equal_change", "converge", "shares"}
        By which rule.
    **more
        Everything else a rule may say: ``area``, ``parts``, ``baseline``, ``vintage``, ``weights``,
        ``weigh_by``, ``shares``, ``toward``, ``closes``, ``ahead``, ``floor``, ``ceiling``, ``decimals``,
        ``missing``.

    Raises
    ------
    PlanError
        With every problem, when it is no rule.

    Examples
    --------
    >>> import attainment
    >>> plan = attainment.Plan.parse('''
    ... attainment: 1
    ... id: jiangsu-innovation
    ... areas: { jiangsu: {}, nanjing: { tier: 市, parent: jiangsu }, suzhou: { tier: 市, parent: jiangsu }, wuxi: { tier: 市, parent: jiangsu } }
    ... indicators: { labs: { name: 重点实验室, unit: 家, kind: stock, direction: increase } }
    ... targets: { labs: { indicator: labs, reach: 100家, by: 2025, areas: jiangsu } }
    ... ''')
    >>> panel = attainment.Panel({"area": ["nanjing", "suzhou", "wuxi"], "indicator": ["labs"] * 3, "year": [2020] * 3, "value": [30, 25, 15]})
    >>> rule = attainment.CascadeRule("labs", "proportional", area="jiangsu", parts="市", baseline=2020)
    >>> [part.bound for part in plan.cascade(panel, rule).parts]
    [Decimal('43'), Decimal('36'), Decimal('21')]
    """

    __slots__ = ("_native", "_targets")

    _native: _attainment.CascadeRule
    _targets: TargetTable | None

    def __init__(self, target: str, rule: str, **more: Any) -> None:
        """Say how a target is handed down."""
        self._native = _attainment.CascadeRule.from_dict({"attainment": 1, "target": target, "rule": rule, **more})
        self._targets = None

    @classmethod
    def _of(cls, native: _attainment.CascadeRule, targets: TargetTable | None = None) -> CascadeRule:
        rule = object.__new__(cls)
        rule._native = native
        rule._targets = targets
        return rule

    @classmethod
    def parse(cls, text: str, format: str = "yaml") -> CascadeRule:
        """Read a rule from text.

        Parameters
        ----------
        text : str
            The document.
        format : {"yaml", "json"}
            How it is written.
        """
        return cls._of(_attainment.CascadeRule.parse(text, format))

    @classmethod
    def from_dict(cls, document: Mapping[str, Any]) -> CascadeRule:
        """Read a rule from dicts and lists.

        Parameters
        ----------
        document : mapping
            The document.
        """
        return cls._of(_attainment.CascadeRule.from_dict(document))

    def targets(self, table: TargetTable) -> CascadeRule:
        """Give the same rule for a step further down: the wholes have the targets of this table.

        Parameters
        ----------
        table : TargetTable
            What the step before handed down.
        """
        return CascadeRule._of(self._native.targets(table._native), table)  # pyright: ignore[reportPrivateUsage]

    def to_dict(self) -> dict[str, Any]:
        """Give the rule as dicts and lists, as JSON would have it."""
        return self._native.to_dict()

    def __repr__(self) -> str:
        """Write what is handed down by which rule."""
        document = self.to_dict()
        return f"<CascadeRule: {document['target']} by {document['rule']}>"

    def __eq__(self, other: object) -> bool:
        """Compare what the rules say."""
        return isinstance(other, CascadeRule) and self.to_dict() == other.to_dict() and self._targets == other._targets

    def __hash__(self) -> int:
        """Hash what the rule says."""
        return hash(repr(self.to_dict()))

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle what it says."""
        return _rule, (self.to_dict(), self._targets)


def _rule(document: dict[str, Any], targets: TargetTable | None) -> CascadeRule:
    rule = CascadeRule.from_dict(document)
    return rule if targets is None else rule.targets(targets)


class RollUpRule:
    """How values are rolled up: of which indicator, when, from which areas to which.

    Parameters
    ----------
    indicator : str
        The indicator.
    at : period
        The period.
    **more
        Everything else a rule may say: ``area``, ``parts``, ``breakdown``, ``vintage``, ``weights``,
        ``weigh_by``, ``missing``.

    Raises
    ------
    PlanError
        With every problem, when it is no rule.
    """

    __slots__ = ("_native",)

    _native: _attainment.RollUpRule

    def __init__(self, indicator: str, at: Any, **more: Any) -> None:
        """Say how values are rolled up."""
        self._native = _attainment.RollUpRule.from_dict({"attainment": 1, "indicator": indicator, "at": at, **more})

    @classmethod
    def _of(cls, native: _attainment.RollUpRule) -> RollUpRule:
        rule = object.__new__(cls)
        rule._native = native
        return rule

    @classmethod
    def parse(cls, text: str, format: str = "yaml") -> RollUpRule:
        """Read a rule from text.

        Parameters
        ----------
        text : str
            The document.
        format : {"yaml", "json"}
            How it is written.
        """
        return cls._of(_attainment.RollUpRule.parse(text, format))

    @classmethod
    def from_dict(cls, document: Mapping[str, Any]) -> RollUpRule:
        """Read a rule from dicts and lists.

        Parameters
        ----------
        document : mapping
            The document.
        """
        return cls._of(_attainment.RollUpRule.from_dict(document))

    def to_dict(self) -> dict[str, Any]:
        """Give the rule as dicts and lists, as JSON would have it."""
        return self._native.to_dict()

    def __repr__(self) -> str:
        """Write what is rolled up when."""
        document = self.to_dict()
        return f"<RollUpRule: {document['indicator']} at {document['at']}>"

    def __eq__(self, other: object) -> bool:
        """Compare what the rules say."""
        return isinstance(other, RollUpRule) and self.to_dict() == other.to_dict()

    def __hash__(self) -> int:
        """Hash what the rule says."""
        return hash(repr(self.to_dict()))

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle what it says."""
        return RollUpRule.from_dict, (self.to_dict(),)


class Cascade(Tabled):
    """A target that was handed down: a number for every part, which add up to the whole.

    It is also a table: ``area, whole, baseline, weight, unrounded, bound``.
    """

    __slots__ = ("_native",)

    _native: _attainment.Cascade

    def __init__(self) -> None:
        """Cascades come from plans."""
        raise TypeError("a cascade comes from `Plan.cascade`")

    @classmethod
    def _of(cls, native: _attainment.Cascade) -> Cascade:
        cascade = object.__new__(cls)
        cascade._native = native
        return cascade

    @property
    def target(self) -> str:
        """The target that was handed down."""
        return self._native.target()

    @property
    def table(self) -> TargetTable:
        """The targets of the parts, for ``Plan.assess(targets=...)`` or a further step down."""
        return TargetTable._of(self._native.table())  # pyright: ignore[reportPrivateUsage]

    @property
    def parts(self) -> tuple[CascadePart, ...]:
        """What each part is to do, in the order of the areas."""
        return self._native.parts()

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """The parts that nothing was handed down to, and why."""
        return self._native.left_out()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is doubtful: parts left out, parts that get nothing."""
        return self._native.findings()

    def explain(self, area: str) -> Explanation:
        """Say how the number of a part comes about.

        Parameters
        ----------
        area : str
            The part.
        """
        return shown(self._native.explain(area))

    def columns(self, decimals: bool = False) -> Table:
        """Give every part as columns; see :meth:`Tabled.columns`."""
        return Table._of(self._native.columns(decimals))  # pyright: ignore[reportPrivateUsage]

    def __repr__(self) -> str:
        """Write what was handed down to how many."""
        return f"<Cascade: {self.target} to {len(self.parts)} parts>"


class CascadeCheck(Tabled):
    """Whether the targets of the parts reach the target of the whole."""

    __slots__ = ("_native",)

    _native: _attainment.CascadeCheck

    def __init__(self) -> None:
        """Come from plans."""
        raise TypeError("a check comes from `Plan.check_cascade`")

    @classmethod
    def _of(cls, native: _attainment.CascadeCheck) -> CascadeCheck:
        check = object.__new__(cls)
        check._native = native
        return check

    @property
    def wholes(self) -> tuple[WholeCheck, ...]:
        """Each whole, with its parts."""
        return self._native.wholes()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong or doubtful."""
        return self._native.findings()

    def explain(self, area: str) -> Explanation:
        """Say how the answer for a whole comes about.

        Parameters
        ----------
        area : str
            The whole.
        """
        return shown(self._native.explain(area))

    def columns(self, decimals: bool = False) -> Table:
        """Give every part as columns; see :meth:`Tabled.columns`."""
        return Table._of(self._native.columns(decimals))  # pyright: ignore[reportPrivateUsage]

    def __repr__(self) -> str:
        """Write how many wholes were checked."""
        return f"<CascadeCheck: {len(self.wholes)} wholes>"


class RollUp(Tabled):
    """Values of wholes, made of those of their parts."""

    __slots__ = ("_native",)

    _native: _attainment.RollUp

    def __init__(self) -> None:
        """Roll-ups come from plans."""
        raise TypeError("a roll-up comes from `Plan.roll_up`")

    @classmethod
    def _of(cls, native: _attainment.RollUp) -> RollUp:
        roll_up = object.__new__(cls)
        roll_up._native = native
        return roll_up

    @property
    def wholes(self) -> tuple[RolledWhole, ...]:
        """Each whole, with its parts."""
        return self._native.wholes()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is missing or differs from what is published."""
        return self._native.findings()

    def explain(self, area: str) -> Explanation:
        """Say how the value of a whole comes about.

        Parameters
        ----------
        area : str
            The whole.
        """
        return shown(self._native.explain(area))

    def columns(self, decimals: bool = False) -> Table:
        """Give every whole as columns; see :meth:`Tabled.columns`."""
        return Table._of(self._native.columns(decimals))  # pyright: ignore[reportPrivateUsage]

    def __repr__(self) -> str:
        """Write how many wholes there are."""
        return f"<RollUp: {len(self.wholes)} wholes>"
