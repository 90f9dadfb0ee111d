"""Plans: the commitments of one document."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, NamedTuple

from attainment import _attainment
from attainment.assessment import Assessment
from attainment.cascade import Cascade, CascadeCheck, CascadeRule, RollUp, RollUpRule
from attainment.diff import Choice, Diff
from attainment.method import Method
from attainment.method import native as native_method
from attainment.panel import Panel, TargetTable
from attainment.scheme import Scheme

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from attainment._types import Period, Tabular
    from attainment.finding import Finding

__all__ = ["Merged", "Plan"]


class Merged(NamedTuple):
    """A plan made of two copies, with every choice that was made."""

    plan: Plan
    """The plan."""
    choices: tuple[Choice, ...]
    """Each place where the copies differ, and what was taken."""


class Plan:
    r"""The commitments of one document, read and checked.

    Two plans are equal when their documents say the same.

    Examples
    --------
    >>> import attainment
    >>> plan = attainment.Plan.parse('''
    ... attainment: 1
    ... id: europe-2020
    ... indicators: { rd: { name: R&D share of GDP, unit: percent, direction: increase } }
    ... targets: { rd: { indicator: rd, at_least: 3%, by: 2020, baseline: 2008 } }
    ... ''')
    >>> plan.to_dict()["targets"]["rd"]["at_least"]
    '3%'
    """

    __slots__ = ("_made", "_native")

    _native: _attainment.Plan
    _made: tuple[Any, ...]

    def __init__(self) -> None:
        """Plans come from documents."""
        raise TypeError("a plan comes from `Plan.parse`, `Plan.load`, `Plan.from_dict` or `Plan.from_targets`")

    @classmethod
    def _of(cls, native: _attainment.Plan, *made: Any) -> Plan:
        plan = object.__new__(cls)
        plan._native = native
        plan._made = made
        return plan

    @classmethod
    def parse(cls, text: str, format: str = "yaml") -> Plan:
        """Read a plan from text.

        Parameters
        ----------
        text : str
            The document.
        format : {"yaml", "json"}
            How it is written.

        Raises
        ------
        ParseError
            When the text is not well-formed.
        PlanError
            With every problem, when it is not a plan.
        """
        return cls._of(_attainment.Plan.parse(text, format), cls.parse, text, format)

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Plan:
        """Read a plan from a file in UTF-8; ``.json`` is JSON, everything else YAML.

        Parameters
        ----------
        path : str or path
            The file.

        Raises
        ------
        FileNotFoundError
            When there is no such file.
        ParseError, PlanError
            As :meth:`parse`.
        """
        with open(path, encoding="utf-8-sig") as file:
            text = file.read()
        return cls.parse(text, "json" if os.fspath(path).lower().endswith(".json") else "yaml")

    @classmethod
    def from_dict(cls, document: Mapping[str, Any]) -> Plan:
        """Read a plan from dicts and lists.

        Parameters
        ----------
        document : mapping
            The document; numbers may be int, float, Decimal or text, periods text or dates.

        Raises
        ------
        PlanError
            With every problem, when it is not a plan.
        """
        return cls._of(_attainment.Plan.from_dict(document))

    @classmethod
    def from_targets(cls, table: TargetTable | Tabular, *, columns: Mapping[str, str] | None = None) -> Plan:
        """Make a plan of a target table, which then needs the column ``direction``.

        Parameters
        ----------
        table : TargetTable or table
            The targets.
        columns : mapping, optional
            Names of columns, ours to theirs.

        Raises
        ------
        InputError
            When rows cannot be used.

        Examples
        --------
        >>> import attainment
        >>> plan = attainment.Plan.from_targets([{"area": "Faro", "indicator": "leakage", "direction": "decrease",
        ...                                       "compare": "at_most", "bound": "15%", "by": 2024, "unit": "percent"}])
        >>> plan.assess(attainment.Panel([{"area": "Faro", "indicator": "leakage", "year": 2024, "value": 12}]), as_of=2024)
        <Assessment: 1 verdicts: 1 met>
        """
        targets = _targets(table, columns)
        return cls._of(_attainment.Plan.from_targets(targets._native), cls.from_targets, targets)  # pyright: ignore[reportPrivateUsage]

    @staticmethod
    def check(text: str, format: str = "yaml") -> tuple[Finding, ...]:
        """Give everything that is wrong or doubtful in a text, without raising.

        Parameters
        ----------
        text : str
            The document.
        format : {"yaml", "json"}
            How it is written.

        Examples
        --------
        >>> import attainment
        >>> [finding.code for finding in attainment.Plan.check("{attainment: 1}")]
        ['missing_key', 'missing_key', 'missing_key']
        """
        return _attainment.Plan.check(text, format)

    @property
    def id(self) -> str:
        """The plan's id."""
        return str(self.to_dict()["id"])

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The warnings the plan was read with."""
        return self._native.findings()

    def lint(self) -> tuple[Finding, ...]:
        """Give what is probably not meant as it stands, found without any data.

        Every finding proposes a repair. The warnings the plan was read with are among them.
        """
        return self._native.lint()

    def to_text(self, format: str = "yaml") -> str:
        """Write the plan; reading it again gives the same plan.

        Parameters
        ----------
        format : {"yaml", "json"}
            How to write it.
        """
        return self._native.to_text(format)

    def to_dict(self) -> dict[str, Any]:
        """Give the plan as dicts and lists, as JSON would have it."""
        return self._native.to_dict()

    def digest(self) -> str:
        """Give the identity of the plan: equal for two texts that say the same.

        ``plan1:`` and a SHA-256 in hexadecimal. Another digest does not mean another verdict; see
        :meth:`diff` for what changed.
        """
        return self._native.digest()

    def to_html(self, lang: str = "en") -> str:
        """Write the plan as a page for people, in HTML, every text escaped.

        Parameters
        ----------
        lang : {"en", "zh"}
            The language.
        """
        return self._native.to_html(lang)

    def to_markdown(self, lang: str = "en") -> str:
        """Write the plan as a page for people, in Markdown.

        Parameters
        ----------
        lang : {"en", "zh"}
            The language.
        """
        return self._native.to_markdown(lang)

    def diff(self, other: Plan) -> Diff:
        """Tell what changed from this plan to another version of it.

        Parameters
        ----------
        other : Plan
            The other version.
        """
        return Diff._of(self._native.diff(other._native))  # pyright: ignore[reportPrivateUsage]

    def merge(self, other: Plan) -> Merged:
        """Make one plan of two damaged copies, with every choice that was made.

        Parameters
        ----------
        other : Plan
            The other copy.

        Raises
        ------
        PlanError
            When what comes out is not a plan.

        Examples
        --------
        >>> import attainment
        >>> text = "{attainment: 1, id: p, indicators: {beds: {name: Beds, unit: beds, direction: increase}}, targets: {beds: {indicator: beds, reach: xx0, by: 2025}}}"
        >>> merged = attainment.Plan.parse(text).merge(attainment.Plan.parse(text.replace("xx0", "450")))
        >>> merged.choices[0].taken, merged.choices[0].from_second
        ('450', True)
        """
        plan, choices = self._native.merge(other._native)
        return Merged(Plan._of(plan), choices)

    def scheme(self) -> Scheme | None:
        """Give the scheme that the plan carries itself; None where it has none or names a ready-made one."""
        scheme = self._native.scheme()
        return None if scheme is None else Scheme._of(scheme)  # pyright: ignore[reportPrivateUsage]

    def assess(
        self,
        panel: Panel | Tabular,
        *,
        as_of: Period | Sequence[Period],
        vintage: Period = None,
        method: str | Mapping[str, Any] | Method | Sequence[str | Mapping[str, Any] | Method] | None = None,
        targets: TargetTable | Tabular | None = None,
        threshold: str = "exact",
        forecast: str | None = None,
        strict: bool = False,
    ) -> Assessment:
        """Judge every target in every area it holds for.

        Parameters
        ----------
        panel : Panel or table
            The observations. What the plan states itself is used where the panel has none.
        as_of : period or list of periods
            What is due: observations up to the end of this period are used. There is no clock.
        vintage : period, optional
            What was known: observations published later are not used. Everything by default.
        method : str, dict, Method or a list of them, optional
            The methods of pace; without one there is no pace.
        targets : TargetTable or table, optional
            Bounds by area, which win over those of the plan.
        threshold : {"exact", "half_up", "truncate", "digits"}
            How numbers are taken when they are compared with a bound.
        forecast : {"least_squares"}, optional
            Adds the column ``forecast``: the line through the observations, read at the deadline.
        strict : bool
            Raise when there is any finding in the data.

        Raises
        ------
        AssessError
            When the question cannot be asked so: an unknown method, a moment that is none.
        InputError
            With ``strict``, for any finding; and for a table without the columns that are needed.
        """
        observations = panel if isinstance(panel, Panel) else Panel(panel, strict=strict)
        assessment = self._native.assess(
            observations._native,  # pyright: ignore[reportPrivateUsage]
            as_of,
            vintage,
            native_method(method),
            None if targets is None else _targets(targets)._native,  # pyright: ignore[reportPrivateUsage]
            threshold,
            forecast,
            strict,
        )
        return Assessment._of(assessment)  # pyright: ignore[reportPrivateUsage]

    def cascade(self, panel: Panel | Tabular, rule: CascadeRule | Mapping[str, Any]) -> Cascade:
        """Hand a target of one area down to its parts: a number for each, which add up to the whole.

        Parameters
        ----------
        panel : Panel or table
            The observations of the parts.
        rule : CascadeRule or dict
            Which target, from which area to which, by which rule.

        Raises
        ------
        AssessError
            With every problem: a part without a value, shares without weights, a whole that no
            division adds up to.
        """
        rule = rule if isinstance(rule, CascadeRule) else CascadeRule.from_dict(rule)
        return Cascade._of(self._native.cascade(_panel(panel), rule._native))  # pyright: ignore[reportPrivateUsage]

    def check_cascade(self, panel: Panel | Tabular, rule: CascadeRule | Mapping[str, Any], table: TargetTable | Tabular) -> CascadeCheck:
        """Check whether the targets of the parts reach the target of the whole.

        Parameters
        ----------
        panel : Panel or table
            The observations of the parts.
        rule : CascadeRule or dict
            By which rule they are to be compared.
        table : TargetTable or table
            The targets of the parts.

        Raises
        ------
        AssessError
            With every problem.
        """
        rule = rule if isinstance(rule, CascadeRule) else CascadeRule.from_dict(rule)
        targets = _targets(table)
        return CascadeCheck._of(self._native.check_cascade(_panel(panel), rule._native, targets._native))  # pyright: ignore[reportPrivateUsage]

    def roll_up(self, panel: Panel | Tabular, rule: RollUpRule | Mapping[str, Any]) -> RollUp:
        """Make the value of a whole of the values of its parts.

        Parameters
        ----------
        panel : Panel or table
            The observations of the parts.
        rule : RollUpRule or dict
            Of which indicator, when, from which areas to which.

        Raises
        ------
        AssessError
            With every problem: a part without a value, rates without weights.
        """
        rule = rule if isinstance(rule, RollUpRule) else RollUpRule.from_dict(rule)
        return RollUp._of(self._native.roll_up(_panel(panel), rule._native))  # pyright: ignore[reportPrivateUsage]

    def __repr__(self) -> str:
        """Write its id and how much it holds."""
        document = self.to_dict()
        return f"<Plan {document['id']}: {len(document['targets'])} targets on {len(document['indicators'])} indicators>"

    def __eq__(self, other: object) -> bool:
        """Compare what the documents say."""
        return isinstance(other, Plan) and self._native == other._native

    def __hash__(self) -> int:
        """Hash what the document says."""
        return hash(self.to_text("json"))

    def _repr_html_(self) -> str:
        return self.to_html("zh" if str(self.to_dict().get("lang", "")).startswith("zh") else "en")

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle what it was made of."""
        made = self._made or (Plan.parse, self.to_text("json"), "json")
        return made[0], made[1:]


def _panel(panel: Panel | Tabular) -> _attainment.Panel:
    return (panel if isinstance(panel, Panel) else Panel(panel))._native  # pyright: ignore[reportPrivateUsage]


def _targets(table: TargetTable | Tabular, columns: Mapping[str, str] | None = None) -> TargetTable:
    return table if isinstance(table, TargetTable) else TargetTable(table, columns=columns)
