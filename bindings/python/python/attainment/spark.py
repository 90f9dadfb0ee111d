# PySpark and PyArrow say little of their types, and neither has to be installed.
# pyright: basic, reportMissingImports=false, reportAttributeAccessIssue=false
"""Assessing a Spark data frame: the verdicts of :meth:`attainment.Plan.assess`, on many machines.

Rows are brought together by area, so that each area is judged whole, by the same code and with the
same digits as on one machine. PySpark (4 or later, ``pip install pyspark pandas pyarrow``) is needed on the
driver, PyArrow and this package on the workers too; PySpark itself asks for pandas.

>>> from attainment import spark                                    # doctest: +SKIP
>>> assessment = spark.assess(plan, frame, as_of=2023)              # doctest: +SKIP
>>> assessment.verdicts.groupBy("target", "attained").count()       # doctest: +SKIP
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final, NamedTuple

try:
    import pyarrow as pa
    import pyarrow.compute as pc
    from pyspark.sql import DataFrame, functions, types
except ImportError as error:
    raise ImportError("`attainment.spark` needs PySpark and PyArrow: pip install pyspark pandas pyarrow", name=error.name) from error
if find_spec("pandas") is None:
    # PySpark would say so in the middle of a job.
    raise ImportError("PySpark needs pandas to speak Arrow: pip install pandas", name="pandas")

from attainment import _attainment
from attainment.errors import AssessError, InputError
from attainment.finding import Finding
from attainment.method import native as native_method
from attainment.panel import Panel, TargetTable
from attainment.plan import Plan
from attainment.scorecard import Scorecard

if TYPE_CHECKING:
    from pyspark.sql import Column

    from attainment._types import Period
    from attainment.assessment import Assessment
    from attainment.method import Method
    from attainment.scheme import Scheme

__all__ = ["Clustered", "SparkAssessment", "assess", "cluster"]

_KEY: Final = "_area"
_IS_TARGET: Final = "_is_target"
_FINDING: Final = "_finding"
# Without any observation the plan's own area is judged; one that is nowhere says there are some.
_NOWHERE: Final = "\u2060"
# What schemes may read of verdicts.
_SCORED: Final = (
    "target", "area", "indicator", "as_of", "method", "attained", "reason", "value", "ratio", "closed", "category", "scale", "score",
)  # fmt: skip
# How many rows are judged at once; an area is never split.
_ROWS: Final = 250_000

_FINDINGS: Final = types.StructType(
    [
        types.StructField("code", types.StringType()),
        types.StructField("severity", types.StringType()),
        types.StructField("area", types.StringType()),
        types.StructField("column", types.StringType()),
        types.StructField("message", types.StringType()),
        types.StructField("message_zh", types.StringType()),
        types.StructField("help", types.StringType()),
        types.StructField("help_zh", types.StringType()),
    ]
)


class Clustered:
    """Observations, and targets perhaps, brought together by area; see :func:`cluster`."""

    __slots__ = ("_frame", "_home", "_is_empty", "_shape", "findings")

    _frame: DataFrame
    _shape: _Shape
    _home: str
    _is_empty: bool
    findings: tuple[Finding, ...]
    """What is wrong or doubtful in the columns, as far as their names tell."""

    def persist(self) -> Clustered:
        """Keep the rows in the memory of the workers, for the next assessments too."""
        self._frame.persist()
        return self

    def unpersist(self) -> Clustered:
        """Keep them no longer."""
        self._frame.unpersist()
        return self

    def __repr__(self) -> str:
        """Write which columns are read."""
        return f"<Clustered: {', '.join(self._shape.ours)}{' with targets' if self._shape.asked else ''}>"


def cluster(
    observations: DataFrame,
    *,
    targets: DataFrame | None = None,
    columns: Mapping[str, str] | None = None,
    target_columns: Mapping[str, str] | None = None,
    home: str = "",
) -> Clustered:
    """Bring the rows of each area together, once for several assessments.

    One row of the observations is looked at, to see whether there is any; the shuffle is left to the
    first assessment.

    Parameters
    ----------
    observations : pyspark.sql.DataFrame
        Columns as :class:`attainment.Panel` takes them. Areas are texts or integers; an area that is
        null is the plan's own.
    targets : pyspark.sql.DataFrame, optional
        Columns as :class:`attainment.TargetTable` takes them. The rows of an area travel with its
        observations (no row goes to a worker that does not judge its area), so the table may be large.
    columns, target_columns : mapping, optional
        Names of columns, ours to theirs.
    home : str
        The plan's own area, where it has one: rows without an area are its rows.

    Raises
    ------
    InputError
        Without a column that is needed, with a column given twice, or with areas of another type.
    """
    names = _names(observations)
    findings = list(Panel(_nothing(names), columns=columns).findings)
    read = _attainment.Panel.columns_read(names, columns)
    area = next((names[place] for ours, place in read if ours == "area"), None)
    left = observations.select(
        _key(observations, area, home), *(_column(observations, names[place]).alias(f"_o{index}") for index, (_, place) in enumerate(read))
    )
    asked: list[str] = []
    if targets is not None:
        asked = _names(targets)
        findings += TargetTable(_nothing(asked), columns=target_columns).findings
        area = (target_columns or {}).get("area", "area")
        right = targets.select(
            _key(targets, area if area in asked else None, home),
            *(_column(targets, name).alias(f"_t{index}") for index, name in enumerate(asked)),
            functions.lit(True).alias(_IS_TARGET),
        )
        left = left.unionByName(right, allowMissingColumns=True)
    made = Clustered()
    made._shape = _Shape([ours for ours, _ in read], [names[place] for _, place in read], asked, dict(target_columns or {}))
    made._frame = _together(left)
    made._home = home
    made._is_empty = observations.isEmpty()
    made.findings = tuple(findings)
    return made


class SparkAssessment:
    """All verdicts of a plan on a Spark data frame."""

    __slots__ = ("_findings", "_raw", "across_areas", "plan")

    plan: Plan
    """The plan that was assessed."""
    across_areas: tuple[str, ...]
    """The targets that look beyond one area, such as ranks: all rows go to one worker for them."""

    def __init__(self, plan: Plan, raw: DataFrame, across_areas: Iterable[str], findings: Iterable[Finding]) -> None:
        """Assessments come from :func:`assess`."""
        self.plan = plan
        self.across_areas = tuple(across_areas)
        self._raw = raw
        self._findings = tuple(findings)

    @property
    def verdicts(self) -> DataFrame:
        """A row for each target, area, ``as_of`` and method, with the columns of :class:`attainment.Assessment`.

        Texts are strings, numbers doubles, ``holds_now`` a boolean; missing is null. Rows have no order.
        """
        return self._raw.where(functions.col(_FINDING).isNull()).drop(_FINDING)

    @property
    def findings(self) -> DataFrame:
        """What is wrong or doubtful in the data.

        Columns: ``code, severity, area, column, message, message_zh, help, help_zh, count``. Rows of a
        Spark frame have no numbers: ``area`` and ``column`` say where, ``count`` how often. A row number
        within a message counts the rows of that part of the data.
        """
        parsed = functions.from_json(functions.col(_FINDING), _FINDINGS).alias("finding")
        found = self._raw.where(functions.col(_FINDING).isNotNull()).select(parsed).select("finding.*")
        if self._findings:
            rows = [json.loads(_as_json(finding, None, None)) for finding in self._findings]
            named = [[row[name] for name in _FINDINGS.names] for row in rows]
            found = found.unionByName(found.sparkSession.createDataFrame(named, _FINDINGS))
        return found.groupBy(*_FINDINGS.names).count()

    def persist(self) -> SparkAssessment:
        """Keep verdicts and findings, which are otherwise worked out anew for every action."""
        self._raw.persist()
        return self

    def unpersist(self) -> SparkAssessment:
        """Keep them no longer."""
        self._raw.unpersist()
        return self

    def score(self, scheme: Scheme | str) -> Scorecard:
        """Score and rank all areas: :func:`attainment.score` of the verdicts, with the same digits.

        The columns of the verdicts that schemes read are collected to the driver. For several actions
        on one assessment :meth:`persist` it first.

        Parameters
        ----------
        scheme : Scheme or str
            By which rules; its leaves name targets or indicators, and ``read`` says which number.

        Raises
        ------
        AssessError, PlanError
            As :func:`attainment.score`.
        """
        rules = scheme if isinstance(scheme, str) else scheme._native  # pyright: ignore[reportPrivateUsage]
        table = self.verdicts.select(*_SCORED).toArrow()
        columns = {name: table.column(name) for name in _SCORED}
        native = _attainment.score_columns(self.plan._native, columns, rules)  # pyright: ignore[reportPrivateUsage]
        return Scorecard._of(native)  # pyright: ignore[reportPrivateUsage]

    def __repr__(self) -> str:
        """Write of which plan it is; nothing is computed for it."""
        return f"<SparkAssessment of {self.plan.id}>"


def assess(
    plan: Plan,
    observations: DataFrame | Clustered,
    *,
    as_of: Period | Sequence[Period],
    vintage: Period = None,
    method: str | Mapping[str, Any] | Method | Sequence[str | Mapping[str, Any] | Method] | None = None,
    targets: DataFrame | None = None,
    threshold: str = "exact",
    forecast: str | None = None,
    columns: Mapping[str, str] | None = None,
    target_columns: Mapping[str, str] | None = None,
) -> SparkAssessment:
    """Judge every target in every area of a Spark data frame.

    Parameters
    ----------
    plan : Plan
        The plan; it travels to the workers as text.
    observations : pyspark.sql.DataFrame or Clustered
        The observations; see :func:`cluster`.
    as_of, vintage, method, threshold, forecast
        As in :meth:`attainment.Plan.assess`.
    targets : pyspark.sql.DataFrame, optional
        Bounds by area, which win over those of the plan.
    columns, target_columns : mapping, optional
        Names of columns, ours to theirs.

    Returns
    -------
    SparkAssessment
        Nothing is computed before it is looked at; only whether there is any observation is asked at once.

    Raises
    ------
    AssessError
        When the question cannot be asked so: an unknown method, a moment that is none.
    InputError
        Without a column that is needed.

    Notes
    -----
    Where no row at all can be used, one machine judges the plan's own area, and Spark none.
    """
    across = plan._native.across_areas(as_of, vintage, native_method(method), None, threshold)  # pyright: ignore[reportPrivateUsage]
    options: dict[str, Any] = {"as_of": as_of, "vintage": vintage, "method": method, "threshold": threshold, "forecast": forecast}
    # The areas that the plan itself speaks of are judged whether or not they are observed.
    named = plan.assess(_nowhere(plan), **options)
    home = str(plan.to_dict().get("area", ""))
    if not isinstance(observations, Clustered):
        observations = cluster(observations, targets=targets, columns=columns, target_columns=target_columns, home=home)
    elif targets is not None or columns is not None or target_columns is not None:
        raise TypeError("observations that are clustered have their targets and columns: give those to `cluster`")
    shape, frame = observations._shape, observations._frame  # pyright: ignore[reportPrivateUsage]
    if home != observations._home:  # pyright: ignore[reportPrivateUsage]
        own = functions.when(functions.col(_KEY).isin("", _stripped(observations._home)), functions.lit(_stripped(home)))  # pyright: ignore[reportPrivateUsage]
        frame = _together(frame.withColumn(_KEY, own.otherwise(functions.col(_KEY))))
    schema = types.StructType(
        [*(types.StructField(name, _type(field)) for name, field in _fields(named)), types.StructField(_FINDING, types.StringType())]
    )
    if observations._is_empty:  # pyright: ignore[reportPrivateUsage]
        # Where nothing is observed there is little to do, and an empty frame may have no partition to do it in.
        judged = _Judge(plan, options, shape, across, "all")(frame.toArrow().to_batches())
        rows = [list(row.values()) for batch in judged for row in batch.to_pylist()]
        return SparkAssessment(plan, frame.sparkSession.createDataFrame(rows, schema), across, observations.findings)
    raw = frame.mapInArrow(_Judge(plan, options, shape, across, "by area"), schema)
    if across:
        raw = raw.unionByName(frame.repartition(1).mapInArrow(_Judge(plan, options, shape, across, "across areas"), schema))
    rest = [record for record in named.to_records() if record["area"] != _NOWHERE and record["target"] not in across]
    if rest:
        rows = frame.sparkSession.createDataFrame(
            [[_stripped(record["area"]), *record.values(), None] for record in rest],
            types.StructType([types.StructField(_KEY, types.StringType()), *schema.fields]),
        )
        raw = raw.unionByName(rows.join(frame.select(_KEY).distinct(), _KEY, "left_anti").drop(_KEY))
    return SparkAssessment(plan, raw, across, observations.findings)


class _Shape(NamedTuple):
    """Which columns the rows of a clustered frame have, after the key."""

    ours: list[str]
    """Our names of the columns of observations."""
    theirs: list[str]
    """Their names."""
    asked: list[str]
    """The names of the columns of the target table, none where there is none."""
    renames: dict[str, str]
    """Ours to theirs, of the target table."""

    def parts(self, table: pa.Table) -> tuple[pa.Table, pa.Table | None]:
        """Give observations and targets of a part of the frame."""
        first = 1 + len(self.ours)
        if not self.asked:
            return pa.table(table.columns[1:first], names=self.ours), None
        is_target = table.column(_IS_TARGET).is_valid()
        rows, targets = table.filter(pc.invert(is_target)), table.filter(is_target)
        names = [f"_t{index}" for index in range(len(self.asked))]
        return pa.table(rows.columns[1:first], names=self.ours), pa.table(targets.select(names).columns, names=self.asked)


class _Judge:
    """What a worker does: it travels as text, as plan and methods do."""

    def __init__(self, plan: Plan, options: dict[str, Any], shape: _Shape, across: Sequence[str], what: str) -> None:
        self.plan, self.options, self.shape, self.across, self.what = plan, options, shape, frozenset(across), what

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        if self.what == "by area":
            for table in _whole_areas(batches):
                yield from self.judged(table)
        else:
            got = list(batches)
            if got or self.what == "all":
                yield from self.judged(pa.Table.from_batches(got) if got else None)

    def judged(self, table: pa.Table | None) -> Iterator[pa.RecordBatch]:
        rows, asked = (None, None) if table is None else self.shape.parts(table)
        panel = Panel([]) if rows is None else Panel(rows)
        targets = None if asked is None or not asked.num_rows else TargetTable(asked, columns=self.shape.renames)
        if targets is not None and self.what == "by area":
            self.refuse_ranks(targets)
        by_area = self.what == "by area"
        observed = panel.areas
        if by_area and not observed:
            panel = _nowhere(self.plan)
        assessment = self.plan.assess(panel, targets=targets, **self.options)
        found = pa.table(assessment)
        columns = [column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column for column in found.columns]
        verdicts = pa.table([*columns, pa.nulls(found.num_rows, pa.string())], names=[*found.column_names, _FINDING])
        if self.across:
            is_across = pc.is_in(verdicts["target"], pa.array(sorted(self.across), pa.string()))
            verdicts = verdicts.filter(pc.invert(is_across) if by_area else is_across) if self.what != "all" else verdicts
        if by_area:
            home = str(self.plan.to_dict().get("area", ""))
            own = {area or home for area in [*observed, *(targets.columns()["area"] if targets is not None else ())]}
            # The plan's other areas are judged elsewhere.
            verdicts = verdicts.filter(pc.is_in(verdicts["area"], pa.array(sorted(own), pa.string())))
        yield from verdicts.to_batches(max_chunksize=_ROWS)
        if self.what != "across areas":
            yield from self.findings(panel, assessment, rows, verdicts.schema)

    def refuse_ranks(self, targets: TargetTable) -> None:
        """Raise where the target table makes a rank of a target: only the plan may, which the driver knows."""
        asked = (self.options["as_of"], None, None, targets._native, self.options["threshold"])  # pyright: ignore[reportPrivateUsage]
        beyond = set(self.plan._native.across_areas(*asked)) - self.across  # pyright: ignore[reportPrivateUsage]
        if beyond:
            names = ", ".join(f"`{target}`" for target in sorted(beyond))
            raise AssessError(
                f"the target table makes {names} look beyond one area: say so in the plan (`measure: rank`), or assess on one machine"
            )

    def findings(self, panel: Panel, assessment: Assessment, rows: pa.Table | None, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
        """Give the findings as rows that hold nothing else."""
        in_rows = set(panel.findings)
        areas = rows["area"] if rows is not None and "area" in rows.column_names else None
        texts: list[str] = []
        for finding in assessment.findings:
            is_row = finding in in_rows and finding.row is not None and finding.row > 0
            area = areas[finding.row - 1].as_py() if is_row and areas is not None and finding.row else None
            named = is_row and finding.column is not None and finding.column <= len(self.shape.theirs)
            texts.append(_as_json(finding, area, self.shape.theirs[(finding.column or 1) - 1] if named else None))
        if texts:
            nothing = [pa.nulls(len(texts), field.type) for field in list(schema)[:-1]]
            yield pa.record_batch([*nothing, pa.array(texts, pa.string())], schema=schema)


def _whole_areas(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
    """Cut rows that are sorted by area into parts of about one size, and never within an area."""
    held: list[pa.RecordBatch] = []
    count = 0
    for batch in batches:
        if not batch.num_rows:
            continue
        held.append(batch)
        count += batch.num_rows
        if count < _ROWS:
            continue
        last = batch.column(0)[batch.num_rows - 1]
        first = pc.index(batch.column(0), last).as_py()
        if first == 0 and held[0].column(0)[0] == last:
            continue
        if first == 0:
            # The area began in an earlier batch: it goes on from there.
            table = pa.Table.from_batches(held)
            at = pc.index(table.column(0), last).as_py()
            yield table.slice(0, at)
            held = table.slice(at).to_batches()
        else:
            yield pa.Table.from_batches([*held[:-1], batch.slice(0, first)])
            held = [batch.slice(first)]
        count = sum(batch.num_rows for batch in held)
    if held:
        yield pa.Table.from_batches(held)


def _nowhere(plan: Plan) -> Panel:
    """Give a panel of one observation without a value, in no area of the plan."""
    indicator = next(iter(plan.to_dict()["indicators"]), "-")
    return Panel({"area": [_NOWHERE], "indicator": [indicator], "period": [2000], "value": [None]})


def _names(frame: DataFrame) -> list[str]:
    names = list(frame.columns)
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise InputError(f"columns are given twice: {', '.join(f'`{name}`' for name in twice)}")
    return names


def _nothing(names: Sequence[str]) -> pa.Table:
    """Give a table without rows, which is asked about the names of its columns."""
    return pa.table({name: pa.array([], pa.string()) for name in names})


def _column(frame: DataFrame, name: str) -> Column:
    """Give a column by its name, whatever characters it has."""
    return frame["`" + name.replace("`", "``") + "`"]


def _key(frame: DataFrame, area: str | None, home: str) -> Column:
    """Give what two rows of one area have in common; rows that only look alike may share it too."""
    if area is None:
        return functions.lit(_stripped(home)).alias(_KEY)
    kind = frame.schema[area].dataType
    if isinstance(kind, types.IntegralType):
        key = _column(frame, area).cast("string")
    elif isinstance(kind, types.StringType):
        key = functions.regexp_replace(_column(frame, area), r"(?U)\s+", "")
    else:
        raise InputError(f"the column `{area}` of areas is of type `{kind.simpleString()}`: make it a text or an integer")
    key = functions.coalesce(key, functions.lit(""))
    return (functions.when(key == "", functions.lit(_stripped(home))).otherwise(key) if home else key).alias(_KEY)


def _together(frame: DataFrame) -> DataFrame:
    return frame.repartition(_KEY).sortWithinPartitions(_KEY)


def _stripped(area: str) -> str:
    return "".join(area.split())


def _fields(assessment: Assessment) -> list[tuple[str, pa.DataType]]:
    return [(field.name, field.type) for field in pa.table(assessment).schema]


def _type(kind: pa.DataType) -> types.DataType:
    if pa.types.is_boolean(kind):
        return types.BooleanType()
    return types.DoubleType() if pa.types.is_floating(kind) else types.StringType()


def _as_json(finding: Finding, area: Any, column: str | None) -> str:
    """Write a finding as the driver reads it."""
    return json.dumps(
        {
            "code": finding.code,
            "severity": str(finding.severity),
            "area": None if area is None else str(area),
            "column": column,
            "message": finding.message.en,
            "message_zh": finding.message.zh,
            "help": None if finding.help is None else finding.help.en,
            "help_zh": None if finding.help is None else finding.help.zh,
        },
        ensure_ascii=False,
    )
