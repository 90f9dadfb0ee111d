"""Drafts: what is read out of a policy text."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any, overload

from attainment import _attainment
from attainment._progress import Progress, progress
from attainment._result import Result, result
from attainment.plan import Plan

if TYPE_CHECKING:
    from attainment.finding import Finding

__all__ = ["Draft", "Item", "extract"]


@result
class Item(Result):
    """One item of a text: a target, an observation or an instrument.

    Offsets count Unicode code points, as indices of ``str`` do.
    """

    kind: str
    """``target``, ``observation`` or ``instrument``."""
    text: str
    """The smallest clause that states it, as the text has it."""
    start: int
    """First code point of the clause."""
    end: int
    """Code point after the clause."""
    value_start: int | None
    """First code point of the number; None where there is none."""
    value_end: int | None
    """Code point after the number."""
    indicator: str
    """What is measured: elided heads and inherited denominators are filled in."""
    qualifier: str | None
    """What narrows it: a grade such as 省级及以上, a scope such as 规模以上."""
    value: Decimal | None
    """The number, in the unit; None where it is masked or there is none."""
    value_max: Decimal | None
    """The larger number of a range."""
    unit: str | None
    """The unit as the text has it, with its scale: 亿元, 万亩, 个百分点."""
    masked: bool
    """Whether digits of the number are masked."""
    comparator: str
    """How the value is to be compared."""
    basis: str
    """What the number measures."""
    direction: str | None
    """Which way the indicator is to move, where the words say so."""
    baseline_ref: str | None
    """What a change is measured from, as the text has it."""
    period: dict[str, Any] | None
    """When it holds."""
    period_source: str | None
    """Where the period was found."""
    modality: str | None
    """The word that says how firm it is: 力争, 预计."""
    group: int | None
    """Items of one distributed list share a group."""
    pair: int | None
    """The place of the item this one depends on: an addition and its total."""


class Draft:
    """What :func:`extract` read out of a text: items with exact spans, and findings.

    Notebooks show the text with its items marked.
    """

    __slots__ = ("_made", "_native")

    _native: _attainment.Draft
    _made: tuple[Any, ...]

    def __init__(self) -> None:
        """Drafts come from texts."""
        raise TypeError("a draft comes from `extract`")

    @classmethod
    def _of(cls, text: str, reference_year: int | None, title: str | None, lang: str | None) -> Draft:
        draft = object.__new__(cls)
        draft._native = _attainment.extract(text, reference_year, title, lang)
        draft._made = (text, reference_year, title, lang)
        return draft

    def __len__(self) -> int:
        """Count the items."""
        return len(self._native)

    @property
    def items(self) -> tuple[Item, ...]:
        """The items, in the order of the text."""
        return self._native.items()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What could not be read, or was read with a doubt; places are code points."""
        return self._native.findings()

    @property
    def text(self) -> str:
        """The text that was read."""
        return self._native.text()

    @property
    def title(self) -> str | None:
        """The title that was given with the text."""
        return self._native.title()

    @property
    def lang(self) -> str:
        """The language that the text was read in."""
        return self._native.lang()

    def to_records(self) -> list[dict[str, Any]]:
        """Give a dict for each item, in the published vocabulary; numbers are decimal text."""
        return self._native.records()

    def to_plan(self) -> Plan:
        """Translate the items into a plan.

        Raises
        ------
        ParseError
            Where the plan would be larger than a document may be.
        """
        return Plan._of(self._native.to_plan())  # pyright: ignore[reportPrivateUsage]

    def plan_findings(self) -> tuple[Finding, ...]:
        """Give what of the items found no place in the plan, or was read with an assumption."""
        return self._native.plan_findings()

    def to_text(self, lang: str = "en") -> str:
        """Write the text with its items marked, for a terminal.

        Parameters
        ----------
        lang : {"en", "zh"}
            The language of the marks.
        """
        return self._native.to_text(lang)

    def to_markdown(self, lang: str = "en") -> str:
        """Write the text with its items marked, as Markdown.

        Parameters
        ----------
        lang : {"en", "zh"}
            The language of the marks.
        """
        return self._native.to_markdown(lang)

    def to_html(self, lang: str = "en") -> str:
        """Write the text with its items marked, as HTML, every text escaped.

        Parameters
        ----------
        lang : {"en", "zh"}
            The language of the marks.
        """
        return self._native.to_html(lang)

    def __repr__(self) -> str:
        """Write how much was read."""
        return f"<Draft: {len(self)} items, {len(self.findings)} findings>"

    def _repr_html_(self) -> str:
        return self.to_html(self.lang)

    def __eq__(self, other: object) -> bool:
        """Compare what was read."""
        return isinstance(other, Draft) and self._native == other._native

    def __hash__(self) -> int:
        """Hash the text."""
        return hash(self.text)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the text, which gives the same draft again."""
        return _extracted, self._made


def _extracted(text: str, reference_year: int | None, title: str | None, lang: str | None) -> Draft:
    return Draft._of(text, reference_year, title, lang)  # pyright: ignore[reportPrivateUsage]


@overload
def extract(  # type: ignore[overload-overlap]
    text: str,
    *,
    reference_year: int | None = None,
    title: str | None = None,
    lang: str | None = None,
    on_progress: Progress = None,
) -> Draft: ...
@overload
def extract(
    text: Iterable[str],
    *,
    reference_year: int | None = None,
    title: str | None = None,
    lang: str | None = None,
    on_progress: Progress = None,
) -> list[Draft]: ...
def extract(
    text: str | Iterable[str],
    *,
    reference_year: int | None = None,
    title: str | None = None,
    lang: str | None = None,
    on_progress: Progress = None,
) -> Draft | list[Draft]:
    """Read targets, observations and instruments out of policy text.

    Nothing but the text and the arguments decides: no model, no network, no clock.

    Parameters
    ----------
    text : str or iterable of str
        The text; several give a list of drafts.
    reference_year : int, optional
        The year that 今年 means.
    title : str, optional
        The title of the document, where the text does not begin with it.
    lang : {"en", "zh"}, optional
        The language of the text; told from its letters where it is not given.
    on_progress : callable or False, optional
        For several texts: called with the texts done and those to do. Without one there is a progress
        bar where tqdm is installed; False shows nothing.

    Examples
    --------
    >>> import attainment
    >>> draft = attainment.extract("到2025年，全社会研发经费投入占GDP比重达到2.5%以上，新增省级重点实验室12家，总数达到30家。")
    >>> [(item.indicator, item.value, item.comparator) for item in draft.items]
    [('全社会研发经费投入占GDP比重', Decimal('2.5'), 'at_least'), ('重点实验室', Decimal('12'), 'equals'), ('重点实验室', Decimal('30'), 'reach')]
    """
    if isinstance(text, str):
        return _extracted(text, reference_year, title, lang)
    texts = list(text)
    drafts: list[Draft] = []
    with progress(on_progress, "extract") as tell:
        for one in texts:
            drafts.append(_extracted(one, reference_year, title, lang))
            if tell is not None:
                tell(len(drafts), len(texts))
    return drafts
