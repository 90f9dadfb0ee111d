"""Schemes: how values or verdicts become one score."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attainment import _attainment
from attainment._result import Result, result

if TYPE_CHECKING:
    from collections.abc import Mapping

    from attainment.finding import Finding

__all__ = ["Scheme", "SchemeInfo", "schemes"]


@result
class SchemeInfo(Result):
    """What there is to know about a ready-made scheme."""

    id: str
    """The id, as in ``score``."""
    alias: str
    """A shorter id."""
    title: str
    """What it is called."""
    issuer: str
    """Who published it."""
    source: str
    """Where."""
    verified: str
    """How sure it is."""
    text: str
    """The scheme itself, to be read, changed and used as one's own."""


class Scheme:
    """How values or verdicts become one score: normalise, cap, weight, bonus, aggregate, grade, veto.

    Examples
    --------
    >>> import attainment
    >>> scheme = attainment.Scheme.from_dict({
    ...     "attainment": 1, "id": "mean", "normalise": "as_is", "aggregate": "arithmetic", "pillars": ["a", "b"]})
    >>> attainment.score(attainment.WideTable({"area": ["x"], "a": [1], "b": [2]}), scheme).score("x").score
    1.5
    """

    __slots__ = ("_made", "_native")

    _native: _attainment.Scheme
    _made: tuple[Any, ...]

    def __init__(self) -> None:
        """Schemes come from documents."""
        raise TypeError("a scheme comes from `Scheme.parse`, `Scheme.from_dict` or `Plan.scheme`")

    @classmethod
    def _of(cls, native: _attainment.Scheme, *made: Any) -> Scheme:
        scheme = object.__new__(cls)
        scheme._native = native
        scheme._made = made
        return scheme

    @classmethod
    def parse(cls, text: str, format: str = "yaml") -> Scheme:
        """Read a scheme from text.

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
            With every problem, when it is no scheme.
        """
        return cls._of(_attainment.Scheme.parse(text, format), cls.parse, text, format)

    @classmethod
    def from_dict(cls, document: Mapping[str, Any]) -> Scheme:
        """Read a scheme from dicts and lists.

        Parameters
        ----------
        document : mapping
            The document.

        Raises
        ------
        PlanError
            With every problem, when it is no scheme.
        """
        return cls._of(_attainment.Scheme.from_dict(document))

    @staticmethod
    def check(text: str, format: str = "yaml") -> tuple[Finding, ...]:
        """Give everything that is wrong or doubtful in a text, without raising.

        Parameters
        ----------
        text : str
            The document.
        format : {"yaml", "json"}
            How it is written.
        """
        return _attainment.Scheme.check(text, format)

    @property
    def id(self) -> str:
        """The scheme's id."""
        return self._native.id()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The warnings the scheme was read with."""
        return self._native.findings()

    def lint(self) -> tuple[Finding, ...]:
        """Give what is probably not meant as it stands."""
        return self._native.lint()

    def to_text(self, format: str = "yaml") -> str:
        """Write the scheme; reading it again gives the same scheme.

        Parameters
        ----------
        format : {"yaml", "json"}
            How to write it.
        """
        return self._native.to_text(format)

    def to_dict(self) -> dict[str, Any]:
        """Give the scheme as dicts and lists, as JSON would have it."""
        return self._native.to_dict()

    def __repr__(self) -> str:
        """Write its id."""
        return f"<Scheme {self.id}>"

    def __eq__(self, other: object) -> bool:
        """Compare what the documents say."""
        return isinstance(other, Scheme) and self._native == other._native

    def __hash__(self) -> int:
        """Hash what the document says."""
        return hash(self.to_text("json"))

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle what it was made of."""
        made = self._made or (Scheme.parse, self.to_text("json"), "json")
        return made[0], made[1:]


def schemes() -> tuple[SchemeInfo, ...]:
    """Give the ready-made schemes.

    Examples
    --------
    >>> import attainment
    >>> any(scheme.id.startswith("undp-hdi") for scheme in attainment.schemes())
    True
    """
    return _attainment.schemes()
