"""What changed: between two versions of a plan, or two assessments; and what was chosen in a merge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, overload

from attainment._result import Message, Result, result
from attainment.words import ChangeKind

if TYPE_CHECKING:
    from attainment import _attainment

__all__ = ["Change", "Choice", "Diff"]


@result
class Change(Result):
    """One change."""

    kind: ChangeKind
    """What kind of change it is."""
    path: str
    """JSON pointer into the second plan, or into the first for what was dropped."""
    target: str | None = None
    """The target it is about, by its id in the second plan."""
    area: str | None = None
    """The area, for a change of a verdict."""
    method: str | None = None
    """The method, for a change of its category."""
    moves: tuple[str, ...] = ()
    """For a value that is inherited: the targets it changes."""
    before: str | None = None
    """What was said before."""
    after: str | None = None
    """What is said now."""


@result
class Choice(Result):
    """One place where two copies of a plan differ, and what was taken."""

    path: str
    """JSON pointer to the place."""
    taken: str
    """What was taken."""
    left: str | None
    """What was left."""
    from_second: bool
    """Whether it was taken from the second copy."""
    why: Message
    """Why."""


class Diff(Sequence[Change]):
    r"""The changes, in order.

    Examples
    --------
    >>> import attainment
    >>> text = "{attainment: 1, id: wind, indicators: {sea: {name: Offshore wind, unit: GW, direction: increase}}, targets: {sea: {indicator: sea, at_least: 20 GW, by: 2030}}}"
    >>> diff = attainment.Plan.parse(text).diff(attainment.Plan.parse(text.replace("20 GW", "30 GW")))
    >>> diff[0].kind, diff.to_text()
    (<ChangeKind.RAISED: 'raised'>, '`sea` raised: 20 GW → 30 GW\n')
    """

    __slots__ = ("_changes", "_markdown", "_messages")

    _changes: tuple[Change, ...]
    _markdown: dict[str, str]
    _messages: tuple[Message, ...]

    def __init__(self) -> None:
        """Diffs come from comparing."""
        raise TypeError("a diff comes from `Plan.diff` or `Assessment.diff`")

    @classmethod
    def _of(cls, native: _attainment.Diff) -> Diff:
        return _diff(native.changes(), native.messages(), {lang: native.to_markdown(lang) for lang in ("en", "zh")})

    @property
    def changes(self) -> tuple[Change, ...]:
        """Every change."""
        return self._changes

    @property
    def messages(self) -> tuple[Message, ...]:
        """Every change in words."""
        return self._messages

    @overload
    def __getitem__(self, index: int) -> Change: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Change, ...]: ...
    def __getitem__(self, index: int | slice) -> Change | tuple[Change, ...]:
        """Give a change."""
        return self._changes[index]

    def __len__(self) -> int:
        """Count the changes."""
        return len(self._changes)

    def __iter__(self) -> Iterator[Change]:
        """Go through the changes."""
        return iter(self._changes)

    def __eq__(self, other: object) -> bool:
        """Compare the changes."""
        return isinstance(other, Diff) and self._changes == other._changes

    def __hash__(self) -> int:
        """Hash the changes."""
        return hash(self._changes)

    def __repr__(self) -> str:
        """Write a line for each change."""
        return self.to_text() or "<Diff: nothing changed>"

    def to_text(self, lang: str = "en") -> str:
        """Write a line for each change.

        Parameters
        ----------
        lang : {"en", "zh"}
            The language.
        """
        return "".join(f"{message.get(lang)}\n" for message in self._messages)

    def to_markdown(self, lang: str = "en") -> str:
        """Write the changes as a table in Markdown.

        Parameters
        ----------
        lang : {"en", "zh"}
            The language.
        """
        return self._markdown["zh" if lang.lower().startswith("zh") else "en"]

    def to_records(self) -> list[dict[str, Any]]:
        """Give a dict for each change."""
        return [change.to_dict() for change in self._changes]

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the changes and their words."""
        return _diff, (self._changes, self._messages, self._markdown)


def _diff(changes: tuple[Change, ...], messages: tuple[Message, ...], markdown: dict[str, str]) -> Diff:
    diff = object.__new__(Diff)
    diff._changes = changes  # pyright: ignore[reportPrivateUsage]
    diff._messages = messages  # pyright: ignore[reportPrivateUsage]
    diff._markdown = markdown  # pyright: ignore[reportPrivateUsage]
    return diff
