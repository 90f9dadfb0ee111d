"""Observations and other tables that come in."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Self

from attainment import _attainment
from attainment.table import Table, Tabled

if TYPE_CHECKING:
    from attainment._types import Tabular
    from attainment.finding import Finding
    from attainment.plan import Plan

__all__ = ["Panel", "PanelBuilder", "TargetTable", "WideTable"]


def opened(data: Any) -> Any:
    """Read the file of a path; everything else stays."""
    if isinstance(data, os.PathLike):
        with open(data, encoding="utf-8-sig", newline="") as file:  # pyright: ignore[reportUnknownArgumentType]
            return file.read()
    return data


class Panel:
    """Observations, held as columns, with everything that is wrong or doubtful in them.

    A row says of which area and indicator, when and how much. Columns are found by their common
    names (``area``, ``region``, ``地区``; ``indicator``, ``指标``; ``period``, ``year``, ``年份``; ``value``,
    ``obs_value``, ``数值`` …) or as ``columns`` says. A row that cannot be used is a finding, and the rest
    is assessed. Missing is missing: NaN, None, ``..`` and ``—`` are no observation.

    Parameters
    ----------
    data : table
        A pandas or polars frame, a pyarrow table, a duckdb relation, or anything else that speaks
        Arrow; columns by name (lists, numpy arrays); a list of dicts; CSV text, or the path of a file.
    columns : mapping, optional
        Names of columns, ours to theirs: ``{"area": "unit"}``.
    strict : bool
        Raise when there is any finding.

    Raises
    ------
    InputError
        Without a column that is needed; with ``strict``, for any finding.

    Examples
    --------
    >>> import attainment
    >>> panel = attainment.Panel({"area": ["EU", "EU"], "indicator": ["rd", "rd"],
    ...                           "year": [2008, 2017], "value": [1.85, 2.06]})
    >>> len(panel), panel.areas, panel.indicators, panel.findings
    (2, ('EU',), ('rd',), ())
    """

    __slots__ = ("_native",)

    _native: _attainment.Panel

    def __init__(self, data: Tabular, *, columns: Mapping[str, str] | None = None, strict: bool = False) -> None:
        """Read a table of observations."""
        self._native = _attainment.Panel.read(opened(data), columns, strict)

    @classmethod
    def _of(cls, native: _attainment.Panel) -> Self:
        panel = object.__new__(cls)
        panel._native = native
        return panel

    @classmethod
    def from_records(cls, records: Iterable[Mapping[str, Any]], *, columns: Mapping[str, str] | None = None, strict: bool = False) -> Self:
        """Read records: a dict for each observation.

        Parameters
        ----------
        records : iterable of dict
            The observations; keys may differ from one to the next.
        columns : mapping, optional
            Names of keys, ours to theirs.
        strict : bool
            Raise when there is any finding.

        Examples
        --------
        >>> import attainment
        >>> len(attainment.Panel.from_records([{"indicator": "rd", "year": 2022, "value": "3.18", "status": "p"}]))
        1
        """
        return cls(records, columns=columns, strict=strict)

    @classmethod
    def from_columns(cls, data: Mapping[str, Any], *, columns: Mapping[str, str] | None = None, strict: bool = False) -> Self:
        """Read columns by name: lists, numpy arrays or anything that speaks Arrow.

        Parameters
        ----------
        data : mapping
            The columns, all of one length.
        columns : mapping, optional
            Names of columns, ours to theirs.
        strict : bool
            Raise when there is any finding.

        Examples
        --------
        >>> import attainment
        >>> len(attainment.Panel.from_columns({"indicator": ["rd"], "year": [2022], "value": [3.18]}))
        1
        """
        return cls(data, columns=columns, strict=strict)

    @classmethod
    def from_csv(cls, text: str, *, columns: Mapping[str, str] | None = None, strict: bool = False) -> Self:
        r"""Read CSV text, a row for each observation.

        Parameters
        ----------
        text : str
            The text, its first line a header; commas, semicolons or tabs between cells.
        columns : mapping, optional
            Names of columns, ours to theirs.
        strict : bool
            Raise when there is any finding.

        Examples
        --------
        >>> import attainment
        >>> attainment.Panel.from_csv("地区,指标,年份,数值\n河北,能耗,2020,0.60\n").areas
        ('河北',)
        """
        return cls(text, columns=columns, strict=strict)

    @classmethod
    def from_wide(cls, text: str, *, columns: Mapping[str, str] | None = None, strict: bool = False) -> Self:
        r"""Read wide CSV text: a column for each period.

        Parameters
        ----------
        text : str
            The text; its header names the periods.
        columns : mapping, optional
            Names of columns, ours to theirs.
        strict : bool
            Raise when there is any finding.

        Examples
        --------
        >>> import attainment
        >>> len(attainment.Panel.from_wide("area,indicator,2020,2021\nAT,rd,3.20,3.26\n"))
        2
        """
        return cls._of(_attainment.Panel.read_text(text, "wide", columns, strict))

    @classmethod
    def from_sdmx_csv(cls, text: str, *, columns: Mapping[str, str] | None = None, strict: bool = False) -> Self:
        """Read SDMX-CSV, as data explorers of Eurostat, OECD and others write it.

        Parameters
        ----------
        text : str
            The text, with ``TIME_PERIOD``, ``OBS_VALUE`` and the dimensions of its dataflow.
        columns : mapping, optional
            Names of columns, ours to theirs.
        strict : bool
            Raise when there is any finding.

        Raises
        ------
        InputError
            Without the columns that such a file has.
        """
        return cls._of(_attainment.Panel.read_text(text, "sdmx", columns, strict))

    @classmethod
    def from_worldbank_csv(cls, text: str, *, columns: Mapping[str, str] | None = None, strict: bool = False) -> Self:
        """Read an indicator download of the World Bank: wide, with lines around the table and ``..``.

        Parameters
        ----------
        text : str
            The text, with ``Country Code``, ``Indicator Code`` or ``Series Code`` and years.
        columns : mapping, optional
            Names of columns, ours to theirs.
        strict : bool
            Raise when there is any finding.

        Raises
        ------
        InputError
            Without the columns that such a file has.
        """
        return cls._of(_attainment.Panel.read_text(text, "worldbank", columns, strict))

    @classmethod
    def from_open_sdg(
        cls, data: str, metadata: str, *, columns: Mapping[str, str] | None = None, strict: bool = False
    ) -> tuple[Self, Plan]:
        r"""Read one indicator of Open SDG: its data and its configuration make a panel and a plan.

        Parameters
        ----------
        data : str
            The CSV text of the indicator.
        metadata : str
            Its metadata and configuration, in YAML.
        columns : mapping, optional
            Names of columns, ours to theirs.
        strict : bool
            Raise when there is any finding in the data.

        Raises
        ------
        ParseError
            When the metadata are no YAML.
        InputError
            When they name no indicator, or the data have no ``Year`` or ``Value``.

        Examples
        --------
        >>> import attainment
        >>> panel, plan = attainment.Panel.from_open_sdg("Year,Value\n2015,14.5\n2023,10.2\n", '''
        ... indicator_number: 1.2.1
        ... indicator_name: Share of people in poverty
        ... progress_calculation_options:
        ... - direction: negative
        ...   target: 7.25
        ... ''')
        >>> plan.assess(panel, as_of=2023, method="statcan-2025")[0].pace.category
        'substantial_progress'
        """
        from attainment.plan import Plan

        panel, plan = _attainment.Panel.read_open_sdg(data, metadata, columns, strict)
        return cls._of(panel), Plan._of(plan)  # pyright: ignore[reportPrivateUsage]

    def __len__(self) -> int:
        """Count the observations that can be used."""
        return len(self._native)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong or doubtful in the rows, with row and column."""
        return self._native.findings()

    @property
    def areas(self) -> tuple[str, ...]:
        """The areas, in the order of the table."""
        return tuple(self._native.areas())

    @property
    def indicators(self) -> tuple[str, ...]:
        """The indicators, in the order of the table."""
        return tuple(self._native.indicators())

    def __repr__(self) -> str:
        """Write how much it holds."""
        findings = len(self.findings)
        doubt = f", {findings} findings" if findings else ""
        return f"<Panel: {len(self)} observations of {len(self.indicators)} indicators in {len(self.areas)} areas{doubt}>"


class PanelBuilder:
    """Observations that come in parts: batches of a stream, files of a folder.

    Rows are counted over all parts.

    Examples
    --------
    >>> import attainment
    >>> builder = attainment.PanelBuilder()
    >>> for year, value in [(2022, 3.18), (2023, 3.29)]:
    ...     builder.add({"indicator": ["rd"], "year": [year], "value": [value]})
    >>> len(builder.finish())
    2
    """

    __slots__ = ("_native",)

    def __init__(self) -> None:
        """Begin without an observation."""
        self._native = _attainment.PanelBuilder()

    def add(self, data: Tabular, *, columns: Mapping[str, str] | None = None) -> None:
        """Add a table of observations, as :class:`Panel` takes it.

        Parameters
        ----------
        data : table
            The observations.
        columns : mapping, optional
            Names of columns, ours to theirs.

        Raises
        ------
        InputError
            Without a column that is needed.
        """
        self._native.add(opened(data), columns)

    def add_wide(self, text: str, *, columns: Mapping[str, str] | None = None) -> None:
        """Add wide CSV text, as :meth:`Panel.from_wide` takes it."""
        self._native.add_text(text, "wide", columns)

    def add_sdmx_csv(self, text: str, *, columns: Mapping[str, str] | None = None) -> None:
        """Add SDMX-CSV, as :meth:`Panel.from_sdmx_csv` takes it."""
        self._native.add_text(text, "sdmx", columns)

    def add_worldbank_csv(self, text: str, *, columns: Mapping[str, str] | None = None) -> None:
        """Add a download of the World Bank, as :meth:`Panel.from_worldbank_csv` takes it."""
        self._native.add_text(text, "worldbank", columns)

    def add_open_sdg(self, data: str, metadata: str, *, columns: Mapping[str, str] | None = None) -> Plan:
        """Add an indicator of Open SDG, as :meth:`Panel.from_open_sdg` takes it, and give its plan."""
        from attainment.plan import Plan

        return Plan._of(self._native.add_open_sdg(data, metadata, columns))  # pyright: ignore[reportPrivateUsage]

    def finish(self, *, strict: bool = False) -> Panel:
        """Make the panel. The builder is done with it.

        Parameters
        ----------
        strict : bool
            Raise when there is any finding.
        """
        return Panel._of(self._native.finish(strict))  # pyright: ignore[reportPrivateUsage]


class TargetTable(Tabled):
    """Bounds by area and indicator: a province hands each county its own number.

    Columns: ``area, indicator, target, measure, compare, bound, bound_max, by | during | each, baseline,
    baseline_value, weight, direction, unit``; ``indicator`` and ``bound`` at least.

    Parameters
    ----------
    data : table
        Whatever :class:`Panel` takes.
    columns : mapping, optional
        Names of columns, ours to theirs.
    strict : bool
        Raise when there is any finding.

    Examples
    --------
    >>> import attainment
    >>> table = attainment.TargetTable([{"area": "Faro", "indicator": "leakage", "compare": "at_most", "bound": "15%"}])
    >>> len(table), table.columns()["bound"]
    (1, ['15%'])
    """

    __slots__ = ("_native",)

    _native: _attainment.TargetTable

    def __init__(self, data: Tabular, *, columns: Mapping[str, str] | None = None, strict: bool = False) -> None:
        """Read a table of targets."""
        self._native = _attainment.TargetTable.read(opened(data), columns, strict)

    @classmethod
    def _of(cls, native: _attainment.TargetTable) -> Self:
        table = object.__new__(cls)
        table._native = native
        return table

    def __len__(self) -> int:
        """Count the targets."""
        return len(self._native)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong or doubtful in the rows."""
        return self._native.findings()

    def columns(self, decimals: bool = False) -> Table:
        """Give the targets as columns; see :meth:`Tabled.columns`."""
        return Table._of(self._native.columns(decimals))  # pyright: ignore[reportPrivateUsage]

    def to_csv(self) -> str:
        """Write the targets as CSV text, which reads back as the same table."""
        return self._native.to_csv()

    def __repr__(self) -> str:
        """Write how much it holds."""
        return f"<TargetTable: {len(self)} targets>"

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle it as its text."""
        return TargetTable, (self.to_csv(),)

    def __eq__(self, other: object) -> bool:
        """Compare what is asked of whom."""
        return isinstance(other, TargetTable) and self.to_csv() == other.to_csv()

    def __hash__(self) -> int:
        """Hash what is asked of whom."""
        return hash(self.to_csv())


class WideTable:
    """Values by area, a column for each indicator: what a scheme scores.

    Parameters
    ----------
    data : table
        Whatever :class:`Panel` takes, with a column of areas and a column for each indicator.
    columns : mapping, optional
        Names of columns, ours to theirs.
    strict : bool
        Raise when there is any finding.

    Examples
    --------
    >>> import attainment
    >>> table = attainment.WideTable({"area": ["Norway"], "life_expectancy": [83.393]})
    >>> table.areas, table.indicators
    (('Norway',), ('life_expectancy',))
    """

    __slots__ = ("_native",)

    _native: _attainment.WideTable

    def __init__(self, data: Tabular, *, columns: Mapping[str, str] | None = None, strict: bool = False) -> None:
        """Read a wide table."""
        self._native = _attainment.WideTable.read(opened(data), columns, strict)

    @property
    def areas(self) -> tuple[str, ...]:
        """The areas, in the order of the table."""
        return tuple(self._native.areas())

    @property
    def indicators(self) -> tuple[str, ...]:
        """The indicators, in the order of the table."""
        return tuple(self._native.indicators())

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong or doubtful in the cells."""
        return self._native.findings()

    def __repr__(self) -> str:
        """Write how much it holds."""
        return f"<WideTable: {len(self.indicators)} indicators of {len(self.areas)} areas>"
