"""Tables of results, for whoever asks: Arrow, pandas, polars, lists or records."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

    from attainment import _attainment

__all__ = ["Table"]


def missing(package: str) -> ImportError:
    """Make the error that says what to install."""
    return ImportError(f"`{package}` is not installed: pip install {package}", name=package)


class Tabled:
    """A result that is also a table."""

    __slots__ = ()

    def columns(self, decimals: bool = False) -> Table:
        """Give the result as columns.

        Parameters
        ----------
        decimals : bool
            Exact numbers as ``decimal.Decimal`` (Arrow: decimal128) instead of floats.

        Returns
        -------
        Table
            Columns by name; anything that reads Arrow takes it as it is.
        """
        raise NotImplementedError

    def to_records(self, decimals: bool = False) -> list[dict[str, Any]]:
        """Give the result as a list of flat dicts, a dict for each row.

        Parameters
        ----------
        decimals : bool
            Exact numbers as ``decimal.Decimal`` instead of floats.

        Returns
        -------
        list of dict
            What is missing is None.
        """
        return self.columns(decimals).to_records()

    def to_pandas(self, decimals: bool = False) -> pd.DataFrame:
        """Give the result as a pandas data frame.

        Parameters
        ----------
        decimals : bool
            Exact numbers as ``decimal.Decimal`` instead of floats.

        Raises
        ------
        ImportError
            When pandas is not installed.
        """
        return self.columns(decimals).to_pandas()

    def to_polars(self, decimals: bool = False) -> pl.DataFrame:
        """Give the result as a polars data frame.

        Columns of few distinct words are ``Categorical``; to join one with a ``String`` column, cast it
        first: ``frame.with_columns(pl.col("area").cast(pl.String))``.

        Parameters
        ----------
        decimals : bool
            Exact numbers as decimals instead of floats.

        Raises
        ------
        ImportError
            When polars is not installed.
        """
        return self.columns(decimals).to_polars()

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Hand out the table as an Arrow stream, numbers as float64."""
        return self.columns().__arrow_c_stream__(requested_schema)

    def __arrow_c_schema__(self) -> object:
        """Hand out the types of the columns."""
        return self.columns().__arrow_c_schema__()


class Table:
    """Columns of a result, by name; every reader of Arrow takes it as it is.

    Words are dictionaries (categories), exact numbers are floats unless decimals were asked for, and
    what is missing is null, never NaN.

    Examples
    --------
    >>> import attainment
    >>> plan = attainment.Plan.parse("{attainment: 1, id: p, indicators: {a: {name: A, direction: increase}}, "
    ...                              "targets: {a: {indicator: a, reach: 1.5, by: 2020}}}")
    >>> table = plan.assess(attainment.Panel([{"indicator": "a", "year": 2020, "value": 1}]), as_of=2020).columns()
    >>> table["attained"], table["gap"], len(table.to_records())
    (['not_met'], [0.5], 1)
    """

    __slots__ = ("_native",)

    _native: _attainment.Table

    def __init__(self) -> None:
        """Tables come from results."""
        raise TypeError("a table comes from a result: see `columns`")

    @classmethod
    def _of(cls, native: _attainment.Table) -> Table:
        table = object.__new__(cls)
        table._native = native
        return table

    def __getitem__(self, name: str) -> list[Any]:
        """Give a column as a list."""
        return self._native.column(name)

    def __iter__(self) -> Iterator[str]:
        """Go through the names of the columns."""
        return iter(self._native.names())

    def __len__(self) -> int:
        """Count the rows."""
        return len(self._native)

    def __repr__(self) -> str:
        """Write its size and its columns."""
        return f"<Table: {len(self)} rows of {', '.join(self)}>"

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(self._native.names())

    def to_dict(self) -> dict[str, list[Any]]:
        """Give every column as a list."""
        return {name: self[name] for name in self}

    def to_records(self) -> list[dict[str, Any]]:
        """Give a flat dict for each row."""
        return self._native.records()

    def to_pandas(self) -> pd.DataFrame:
        """Give a pandas data frame.

        Words are categories, with pyarrow installed or without.

        Raises
        ------
        ImportError
            When pandas is not installed.
        """
        try:
            import pandas as pd
        except ImportError:
            raise missing("pandas") from None
        if find_spec("pyarrow") is None:
            return pd.DataFrame({name: pd.Series(self[name], dtype=dtype) for name, dtype in self._native.dtypes()})
        frame: Any = pd.DataFrame
        return frame.from_arrow(self)

    def to_polars(self) -> pl.DataFrame:
        """Give a polars data frame.

        Columns of few distinct words are ``Categorical``; to join one with a ``String`` column, cast it
        first: ``frame.with_columns(pl.col("area").cast(pl.String))``.

        Raises
        ------
        ImportError
            When polars is not installed.
        """
        try:
            import polars as pl
        except ImportError:
            raise missing("polars") from None
        return pl.DataFrame(self)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Hand out the table as an Arrow stream."""
        return self._native.__arrow_c_stream__(requested_schema)

    def __arrow_c_schema__(self) -> object:
        """Hand out the types of the columns."""
        return self._native.__arrow_c_schema__()
