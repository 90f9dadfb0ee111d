r"""Is the target attained, is it on pace, how good is the evidence, and why?

A :class:`Plan` holds the commitments of a policy document, a :class:`Panel` the observations.
:meth:`Plan.assess` judges every target in every area and gives an :class:`Assessment`: a
:class:`Verdict` for each, which :meth:`Assessment.explain` takes apart step by step.

>>> import attainment
>>> plan = attainment.Plan.parse('''
... attainment: 1
... id: europe-2020
... indicators:
...   rd: { name: R&D share of GDP, unit: percent, direction: increase }
... targets:
...   rd: { indicator: rd, at_least: 3%, by: 2020, baseline: 2008 }
... ''')
>>> panel = attainment.Panel("area,indicator,year,value\nEU,rd,2008,1.85\nEU,rd,2017,2.06\n")
>>> assessment = plan.assess(panel, as_of=2017, method="linear")
>>> verdict = assessment.verdict("rd", "EU")
>>> verdict.attained.state == "pending", verdict.attained.gap
(True, Decimal('0.94'))
>>> print(assessment.explain("rd", "EU").to_text().splitlines()[0])
R&D share of GDP · EU, as of 2017
"""

from attainment import _attainment, words
from attainment._result import register as _register
from attainment.assessment import Assessment, Disagreement, Outlook, View
from attainment.cascade import (
    Cascade,
    CascadeCheck,
    CascadePart,
    CascadeRule,
    LeftOut,
    PartCheck,
    RolledPart,
    RolledWhole,
    RollUp,
    RollUpRule,
    WholeCheck,
)
from attainment.catalogue import schema
from attainment.chart import Chart
from attainment.diff import Change, Choice, Diff
from attainment.draft import Draft, Item, extract
from attainment.errors import AssessError, AttainmentError, InputError, ParseError, PlanError
from attainment.explanation import Explanation, ScoreExplanation, Step
from attainment.finding import Code, Finding, Message, codes
from attainment.method import Method, MethodInfo, methods
from attainment.panel import Panel, PanelBuilder, TargetTable, WideTable
from attainment.plan import Merged, Plan
from attainment.scheme import Scheme, SchemeInfo, schemes
from attainment.scorecard import Scorecard, score
from attainment.scores import Growth, MissingScore, Movement, PillarScore, RankInterval, Robustness, Score, Sensitivity
from attainment.series import Series, pace
from attainment.table import Table
from attainment.verdict import Attained, Override, Pace, Quality, ScheduledPace, Verdict
from attainment.words import Flag, PaceReason, Reason, Scale, State, Threshold

_register()

VERSION: str = _attainment.VERSION
"""The version of the library."""

FORMAT_VERSION: str = _attainment.FORMAT_VERSION
"""The version of the format of plans."""

__version__: str = VERSION

__all__ = [
    "FORMAT_VERSION",
    "VERSION",
    "AssessError",
    "Assessment",
    "Attained",
    "AttainmentError",
    "Cascade",
    "CascadeCheck",
    "CascadePart",
    "CascadeRule",
    "Change",
    "Chart",
    "Choice",
    "Code",
    "Diff",
    "Disagreement",
    "Draft",
    "Explanation",
    "Finding",
    "Flag",
    "Growth",
    "InputError",
    "Item",
    "LeftOut",
    "Merged",
    "Message",
    "Method",
    "MethodInfo",
    "MissingScore",
    "Movement",
    "Outlook",
    "Override",
    "Pace",
    "PaceReason",
    "Panel",
    "PanelBuilder",
    "ParseError",
    "PartCheck",
    "PillarScore",
    "Plan",
    "PlanError",
    "Quality",
    "RankInterval",
    "Reason",
    "Robustness",
    "RollUp",
    "RollUpRule",
    "RolledPart",
    "RolledWhole",
    "Scale",
    "ScheduledPace",
    "Scheme",
    "SchemeInfo",
    "Score",
    "ScoreExplanation",
    "Scorecard",
    "Sensitivity",
    "Series",
    "State",
    "Step",
    "Table",
    "TargetTable",
    "Threshold",
    "Verdict",
    "View",
    "WholeCheck",
    "WideTable",
    "codes",
    "extract",
    "methods",
    "pace",
    "schema",
    "schemes",
    "score",
    "words",
]
