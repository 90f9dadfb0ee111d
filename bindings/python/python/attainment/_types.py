"""What the functions of this package take."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Protocol, SupportsFloat, SupportsIndex, TypeAlias

__all__ = ["ArrowArray", "ArrowStream", "Number", "Period", "PeriodLike", "Tabular"]


class ArrowStream(Protocol):
    """Anything that hands out an Arrow stream: pandas, polars, pyarrow, duckdb, nanoarrow."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Hand out the stream."""
        ...


class ArrowArray(Protocol):
    """Anything that hands out an Arrow array, such as a record batch."""

    def __arrow_c_array__(self, requested_schema: object | None = None) -> Any:
        """Hand out schema and array."""
        ...


class PeriodLike(Protocol):
    """Anything with ``isoformat``, such as a timestamp of pandas."""

    def isoformat(self) -> str:
        """Write it as in ISO 8601."""
        ...


Number: TypeAlias = int | float | Decimal | str | SupportsIndex | SupportsFloat
"""A number: an integer, a decimal, a float (which stands for its shortest text) or decimal text."""

Period: TypeAlias = int | str | date | PeriodLike | Any
"""A period: a year, text such as ``2025-Q3`` or ``十四五末``, a date, or a period of pandas."""

Tabular: TypeAlias = (
    str | os.PathLike[str] | ArrowStream | ArrowArray | Mapping[str, Any] | Iterable[Mapping[str, Any]] | Sequence[Mapping[str, Any]]
)
"""A table: CSV text, a path of a CSV file, anything that speaks Arrow, columns or records."""
