"""Errors: a family per stage, each with every problem that was found.

A file that is missing stays ``FileNotFoundError``; an argument of a wrong type is ``TypeError``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from attainment.finding import Finding

__all__ = ["AssessError", "AttainmentError", "InputError", "ParseError", "PlanError"]


class AttainmentError(ValueError):
    """Something could not be done at all. The message lists the problems.

    Parameters
    ----------
    message : str
        What could not be done, and the problems.
    findings : iterable of Finding
        Every problem, not the first.

    Examples
    --------
    >>> import attainment
    >>> try:
    ...     attainment.Plan.parse("{attainment: 1, id: p, indicators: {}, targets: {t: {indicator: a, reach: 1}}}")
    ... except attainment.AttainmentError as error:
    ...     print(error.code, error.findings[0].path)
    unknown_reference /targets/t
    """

    findings: tuple[Finding, ...]
    """Every problem that was found."""

    def __init__(self, message: str = "", findings: Iterable[Finding] = ()) -> None:
        """Make an error of its message and its problems."""
        self.findings = tuple(findings)
        super().__init__(message, self.findings)

    @property
    def code(self) -> str | None:
        """The code of the first problem that is an error."""
        for finding in self.findings:
            if finding.severity == "error":
                return finding.code
        return self.findings[0].code if self.findings else None

    def __str__(self) -> str:
        """Give the message."""
        return str(self.args[0])

    def to_dict(self) -> dict[str, Any]:
        """Give the problems as plain dicts, ready for JSON."""
        return {
            "error": type(self).__name__,
            "code": self.code,
            "message": str(self),
            "findings": [finding.to_dict() for finding in self.findings],
        }


class ParseError(AttainmentError):
    """A text is not well-formed."""


class PlanError(AttainmentError):
    """A document is not a plan, or not the method or scheme it was read as."""


class InputError(AttainmentError):
    """The observations cannot be used."""


class AssessError(AttainmentError):
    """The question cannot be answered as asked."""
