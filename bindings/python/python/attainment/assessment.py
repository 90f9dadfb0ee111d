"""Assessments: all verdicts of a plan on a panel."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from attainment._result import Message, Result, result, shown
from attainment.chart import Chart
from attainment.diff import Diff
from attainment.table import Table, Tabled
from attainment.words import Scale, State

if TYPE_CHECKING:
    from attainment import _attainment
    from attainment._types import Period
    from attainment.explanation import Explanation
    from attainment.finding import Finding
    from attainment.plan import Plan
    from attainment.verdict import Verdict

__all__ = ["Assessment", "Disagreement", "Outlook", "View"]


@result
class View(Result):
    """What one method says."""

    method: str
    """The method."""
    category: str
    """The category in its own words."""
    scale: Scale
    """The category on the common scale."""
    value: float | None
    """The number it decides by."""
    because: Message
    """The comparison that decided."""


@result
class Disagreement(Result):
    """One target in one area on which methods disagree."""

    target: str
    """The target."""
    area: str
    """The area."""
    as_of: str
    """Up to the end of which period observations were used."""
    on_track_or_not: bool
    """Whether some call it on track or done and others do not."""
    views: tuple[View, ...]
    """What each method says, in the order they were asked for."""
    message: Message = Message("")
    """The disagreement in one line."""


@result
class Outlook(Result):
    """What is needed from here for one target in one area."""

    target: str
    """The target."""
    area: str
    """The area."""
    as_of: str
    """Up to the end of which period observations were used."""
    attained: State
    """Whether it is attained."""
    value: Decimal | None
    """The latest value, in the unit of the measure."""
    period: str | None
    """The period of the value."""
    bound: Decimal | None
    """The bound."""
    deadline: str | None
    """When it is due."""
    years_left: float | None
    """Years from the latest observation to the deadline."""
    required: float | None
    """The change a year that is needed, in the unit of the measure."""
    required_growth: float | None
    """The growth a year that is needed, in percent."""
    actual: float | None
    """The change a year so far."""
    catch_up: float | None
    """Required over actual."""
    arrival: float | None
    """The year in which the change so far arrives; 2030.0 is the end of 2030."""
    best: float | None
    """The best change in a year on record."""
    best_in: str | None
    """When that was."""
    latest_start: float | None
    """The latest year in which the best pace on record would still arrive in time."""


class Assessment(Tabled):
    r"""All verdicts of a plan on a panel: one for each target, area, ``as_of`` and method.

    It is also a table: pandas, polars, pyarrow and duckdb read it as it stands, with numbers as float64;
    ``columns(decimals=True)`` keeps them exact. Columns: ``target, area, indicator, as_of, method,
    attained, reason, holds_now, decided_at, value, period, bound, gap, ratio, closed, category, scale,
    pace_value, score, flags``.

    Examples
    --------
    >>> import attainment
    >>> plan = attainment.Plan.parse('''
    ... attainment: 1
    ... id: europe-2020
    ... indicators: { rd: { name: R&D share of GDP, unit: percent, direction: increase } }
    ... targets: { rd: { indicator: rd, at_least: 3%, by: 2020, baseline: 2008 } }
    ... ''')
    >>> panel = attainment.Panel("area,indicator,year,value\nEU,rd,2008,1.85\nEU,rd,2017,2.06\n")
    >>> assessment = plan.assess(panel, as_of=2017, method="linear")
    >>> verdict = assessment.verdict("rd", "EU")
    >>> verdict.attained.state, verdict.attained.gap, verdict.pace.category
    (<State.PENDING: 'pending'>, Decimal('0.94'), 'behind')
    """

    __slots__ = ("_native",)

    _native: _attainment.Assessment

    def __init__(self) -> None:
        """Assessments come from plans."""
        raise TypeError("an assessment comes from `Plan.assess`")

    @classmethod
    def _of(cls, native: _attainment.Assessment) -> Assessment:
        assessment = object.__new__(cls)
        assessment._native = native
        return assessment

    def __len__(self) -> int:
        """Count the verdicts."""
        return len(self._native)

    def __iter__(self) -> Iterator[Verdict]:
        """Go through the verdicts, one at a time."""
        native = self._native
        return (native.verdict_at(index) for index in range(len(native)))

    def __getitem__(self, index: int) -> Verdict:
        """Give a verdict by its place."""
        return self._native.verdict_at(index if index >= 0 else index + len(self))

    @property
    def plan(self) -> Plan:
        """The plan that was assessed."""
        from attainment.plan import Plan

        return Plan._of(self._native.plan())  # pyright: ignore[reportPrivateUsage]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong or doubtful in the data, the panel's own findings included."""
        return self._native.findings()

    def verdicts(self) -> tuple[Verdict, ...]:
        """Give every verdict: targets as the plan has them, areas as the panel has them."""
        return self._native.verdicts()

    def verdict(self, target: str, area: str = "", *, as_of: Period = None, method: str | None = None) -> Verdict:
        """Give the verdict on a target in an area.

        Parameters
        ----------
        target : str
            The id of the target.
        area : str
            The id of the area; empty where neither panel nor plan names one.
        as_of : period, optional
            Which moment, where several were asked for.
        method : str, optional
            Which method, where several were asked for.

        Raises
        ------
        AssessError
            When there is none, or several.
        """
        return self._native.verdict(target, area, as_of, method)

    def explain(self, target: str, area: str = "", *, as_of: Period = None, method: str | None = None) -> Explanation:
        """Say why a verdict is what it is: a tree of steps, each pointing back into plan and data.

        Parameters
        ----------
        target : str
            The id of the target.
        area : str
            The id of the area; empty where neither panel nor plan names one.
        as_of : period, optional
            Which moment, where several were asked for.
        method : str, optional
            Which method, where several were asked for.

        Raises
        ------
        AssessError
            When there is no such verdict, or several.

        Examples
        --------
        >>> import attainment
        >>> plan = attainment.Plan.parse("{attainment: 1, id: p, indicators: {a: {name: 森林覆盖率, unit: percent, direction: increase}}, "
        ...                              "targets: {a: {indicator: a, reach: 35%, by: 2025}}}")
        >>> panel = attainment.Panel([{"indicator": "a", "year": 2025, "value": 36}])
        >>> "36 ≥ 35" in plan.assess(panel, as_of=2025).explain("a").to_text("zh")
        True
        """
        return shown(self._native.explain(target, area, as_of, method))

    def summary(self) -> dict[State, int]:
        """Count the verdicts of each state, those with none included."""
        return {State(state): count for state, count in self._native.summary()}

    def diff(self, later: Assessment) -> Diff:
        """Tell which verdicts and categories are others in a later assessment.

        Two assessments of one moment each are compared as they stand; with several moments verdicts of
        the same moment are compared.

        Parameters
        ----------
        later : Assessment
            The other one.
        """
        return Diff._of(self._native.diff(later._native))  # pyright: ignore[reportPrivateUsage]

    def disagreements(self) -> tuple[Disagreement, ...]:
        """Give the targets on which the methods asked for disagree on the common scale.

        Examples
        --------
        >>> import attainment
        >>> plan = attainment.Plan.parse("{attainment: 1, id: agenda-2030, indicators: {poverty: {name: Poverty rate, unit: percent, "
        ...     "direction: decrease}}, targets: {poverty: {indicator: poverty, at_most: 7.25%, by: 2030, baseline: 2015}}}")
        >>> panel = attainment.Panel({"area": ["CA", "CA"], "indicator": ["poverty"] * 2, "year": [2015, 2023], "value": [14.5, 10.25]})
        >>> found = plan.assess(panel, as_of=2023, method=["statcan-2025", "unsd-2023"]).disagreements()
        >>> found[0].on_track_or_not, [view.category for view in found[0].views]
        (True, ['moderate_progress', 'target met or on track'])
        """
        found, messages = self._native.disagreements()
        for disagreement, message in zip(found, messages, strict=True):
            disagreement.__dict__["message"] = message
        return found

    def outlook(self) -> tuple[Outlook, ...]:
        """Say for every target and area what is needed from here."""
        return self._native.outlook()

    def columns(self, decimals: bool = False) -> Table:
        """Give every verdict as columns; see :meth:`Tabled.columns`."""
        return Table._of(self._native.columns(decimals))  # pyright: ignore[reportPrivateUsage]

    def to_text(self, lang: str = "en") -> str:
        """Write the verdicts as a table for a terminal.

        Parameters
        ----------
        lang : {"en", "zh"}
            The language.
        """
        return self._native.to_text(lang)

    def to_markdown(self, lang: str = "en") -> str:
        """Write the verdicts as a table in Markdown.

        Parameters
        ----------
        lang : {"en", "zh"}
            The language.
        """
        return self._native.to_markdown(lang)

    def to_html(self, lang: str = "en") -> str:
        """Write the verdicts as a table in HTML, every text escaped.

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

    def outlook_to_html(self, lang: str = "en") -> str:
        """Write what is needed from here as a page in HTML.

        Parameters
        ----------
        lang : {"en", "zh"}
            The language.
        """
        return self._native.outlook_to_html(lang)

    def outlook_to_markdown(self, lang: str = "en") -> str:
        """Write what is needed from here as Markdown.

        Parameters
        ----------
        lang : {"en", "zh"}
            The language.
        """
        return self._native.outlook_to_markdown(lang)

    def disagreements_to_html(self, lang: str = "en") -> str:
        """Write where methods disagree as a page in HTML.

        Parameters
        ----------
        lang : {"en", "zh"}
            The language.
        """
        return self._native.disagreements_to_html(lang)

    def disagreements_to_markdown(self, lang: str = "en") -> str:
        """Write where methods disagree as Markdown.

        Parameters
        ----------
        lang : {"en", "zh"}
            The language.
        """
        return self._native.disagreements_to_markdown(lang)

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
        earlier: Assessment | None = None,
    ) -> Chart:
        """Draw the assessment: a Vega-Lite specification that notebooks show as it is.

        Parameters
        ----------
        kind : str
            ``target_path``, ``clock_dumbbell``, ``method_matrix``, ``attained_pace``, ``vintages``,
            ``cumulative_budget`` or ``class_transitions``.
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
        earlier : Assessment, optional
            What to compare with, for a chart of movement.

        Raises
        ------
        AssessError
            When there is no such kind, or the data do not fit it; the help says which kinds fit.

        Examples
        --------
        >>> import attainment
        >>> plan = attainment.Plan.parse("{attainment: 1, id: p, indicators: {a: {name: Renewables, unit: percent, direction: increase}}, "
        ...                              "targets: {a: {indicator: a, at_least: 42.5%, by: 2030, baseline: 2020}}}")
        >>> panel = attainment.Panel({"area": ["ES"] * 2, "indicator": ["a"] * 2, "year": [2020, 2023], "value": [21.2, 24.9]})
        >>> chart = plan.assess(panel, as_of=2023, method="linear").chart("target_path", source="Eurostat")
        >>> chart.title
        'Renewables, ES'
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
        """Write how many verdicts there are of each state."""
        states = ", ".join(f"{count} {state}" for state, count in self.summary().items() if count)
        return f"<Assessment: {len(self)} verdicts{': ' if states else ''}{states}>"

    def _repr_html_(self) -> str:
        return self.to_html()

    def _repr_markdown_(self) -> str:
        return self.to_markdown()
