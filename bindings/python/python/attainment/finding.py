"""Findings: what is wrong or doubtful, where, and what would repair it."""

from __future__ import annotations

from attainment import _attainment
from attainment._result import Message, Result, result
from attainment.words import Severity

__all__ = ["Code", "Finding", "Message", "codes"]


@result
class Finding(Result):
    r"""A diagnostic: what is wrong, where, and what would repair it.

    Examples
    --------
    >>> import attainment
    >>> panel = attainment.Panel("indicator,year,value\nrd,2022,3.1\nrd,soon,3.2\n")
    >>> finding = panel.findings[0]
    >>> finding.code, finding.row, finding.column
    ('bad_period', 2, 2)
    """

    code: str
    """Stable identifier of the kind of problem; see :func:`codes`."""
    severity: Severity
    """``error`` where nothing could be made of it, ``warning`` otherwise."""
    path: str
    """JSON pointer into the document; empty for the whole of it, and for tables."""
    line: int | None
    """Line of the text, from 1."""
    column: int | None
    """Column of the text or of the table, from 1."""
    row: int | None
    """Row of the table, from 1; a header is row 0."""
    start: int | None
    """First Unicode code point of the offending text."""
    end: int | None
    """Code point after it."""
    message: Message
    """What is wrong, with the input in backticks."""
    help: Message | None
    """What would repair it."""

    def __str__(self) -> str:
        """Write the finding in a line."""
        if self.row is not None:
            place = f" at row {self.row}" + (f", column {self.column}" if self.column is not None else "")
        elif self.line is not None and self.column is not None:
            place = f" at {self.line}:{self.column}"
        else:
            place = ""
        path = f" {self.path}" if self.path else ""
        repair = f"; help: {self.help}" if self.help else ""
        return f"{self.severity}[{self.code}]{place}{path}: {self.message}{repair}"


@result
class Code(Result):
    """One kind of problem of the catalogue."""

    code: str
    """The identifier; once released it stays."""
    severity: Severity
    """The severity findings of this code have."""
    stage: str
    """The step that reports it: ``syntax``, ``shape``, ``meaning``, ``lint``, ``data`` …"""
    summary: str
    """One line on what it means."""


def codes() -> tuple[Code, ...]:
    """Give the catalogue of all codes, in order.

    Examples
    --------
    >>> import attainment
    >>> any(code.code == "unit_lost" for code in attainment.codes())
    True
    """
    return _attainment.codes()
