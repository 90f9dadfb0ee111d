// Made by `cargo xtask generate` of the JSON Schemas and of the Rust declarations of results.

import type { Decimal, PaceReason, PeriodText } from "./records.js";

export type * from "./records.js";

export type Aggregate = AggregateWord | AggregateBy;

/** A mean or an index that needs a number. */
export interface AggregateBy {
  /** (Σ w x^p / Σ w)^(1/p); not 0, which is `geometric`. */
  power?: NumberText | undefined;
  /** An index that starts at 100 in this period and is chained by the weighted growth of its members from there. */
  chain?: Period | undefined;
}

export type AggregateWord = "arithmetic" | "geometric" | "harmonic" | "median" | "minimum" | "copeland" | "sum" | "two_worst";

export type Ahead = "hold" | "converge";

/** A number of things that the document announces, with those it lists. */
export interface Announcement {
  /** What is counted. */
  name: TextByLang;
  /** How many are announced. */
  count: NumberText;
  /** Those that are listed. */
  listed?: TextByLang | readonly TextByLang[] | undefined;
  /** Whether there may be more than are listed (等). */
  list?: Listing | undefined;
  /** Where it is stated. */
  source?: TextByLang | undefined;
}

/** A place, or whatever else is judged: a country, a county, an enterprise, a school. */
export interface Area {
  /** What it is called. */
  name?: TextByLang | undefined;
  /** Its kind or rank, in a word of the plan's own: 国家, 省, 市, 县, 企业, country. */
  tier?: Id | undefined;
  /** The area it belongs to. */
  parent?: Id | undefined;
  /** The groups it is a member of, such as `oecd`. */
  groups?: Id | readonly Id[] | undefined;
  /** When it existed as it is. */
  valid?: Period | undefined;
  /** The area that took it over. */
  merged_into?: Id | undefined;
  /** Anything else worth saying. */
  note?: TextByLang | undefined;
}

/** Whether the target is attained, and by how much. */
export interface Attained {
  /** The answer. */
  state: State;
  /** Why it is `not_evaluable`. */
  reason: Reason | null;
  /** Whether the latest observation satisfies the bound. */
  holds_now: boolean | null;
  /** The period that decided. */
  decided_at: PeriodText | null;
  /** The first observed period that satisfies the bound. */
  first_held_in: PeriodText | null;
  /** Whether every observed period since the baseline satisfies it. */
  held_throughout: boolean | null;
  /** Every period in which it was lost again. */
  lost_in: PeriodText[];
  /**
   * The number that was compared: at the deadline where it is due, the latest otherwise.
   *
   * In the indicator's unit; percentage points for a change of a percentage, percent for
   * relative changes and growth.
   */
  value: Decimal | null;
  /** The period of the value. */
  period: PeriodText | null;
  /** The bound it was compared with; the first for an interval. */
  bound: Decimal | null;
  /** The second bound of an interval. */
  bound_max: Decimal | null;
  /** What is missing to the bound, in the direction of the target; negative beyond it. */
  gap: Decimal | null;
  /**
   * 实现程度: value over bound, or bound over value where less is better. Only for a positive
   * bound and a value that is not negative, or a change with a bound in the desired direction.
   */
  ratio: number | null;
  /** The share of the way from the baseline to the bound that is behind us. */
  closed: number | null;
  /** Whether the stretch bound is satisfied as well. */
  stretch_met: boolean | null;
  /** The state on the declared baseline, where it differs from the state on the panel's. */
  on_declared_baseline: State | null;
}

export type Baseline = Period | DeclaredBaseline;

export type Between = "step" | "line";

/** Somebody who is responsible. */
export interface Body {
  /** What it is called. */
  name: TextByLang;
  /** What sort of body it is: 部门, 领导小组, 学校. */
  kind?: TextByLang | undefined;
  /** The body it belongs to. */
  parent?: Id | undefined;
  /** Who holds which role. */
  roles?: { readonly [id: string]: TextByLang } | undefined;
  /** Anything else worth saying. */
  note?: TextByLang | undefined;
}

/** Points above the full score, in steps. */
export interface Bonus {
  /** The value from which it is counted: upwards, or downwards where less is better. */
  over: NumberText;
  /** The length of a step; only full steps count. */
  per: NumberText;
  /** The points of a step. */
  points: NumberText;
  /** The most there can be. */
  most?: NumberText | undefined;
}

export type Bound = Stated | Reference;

/** A link between two calibers: values of the first, multiplied, are values of the second. */
export interface CaliberLink {
  /** The label of the values. */
  from: Id;
  /** The label they are carried over to. */
  to: Id;
  /** The factor; `1` where they compare as they stand. */
  times: NumberText;
}

/** How a target is handed down: which one, from which area to which, by which rule. */
export interface CascadeDocument {
  /** The version of the format: 1. */
  attainment: Id;
  /** The target. */
  target: Id;
  /** The area whose target it is, or a tier or group of such areas; the plan's own when absent. */
  area?: Id | readonly Id[] | undefined;
  /** The areas, tiers or groups it is handed down to, as far as they lie below the area. */
  parts?: Id | readonly Id[] | undefined;
  /** By which rule. */
  rule: Division;
  /** The period whose values are divided by; the target's own baseline when absent. */
  baseline?: Period | undefined;
  /** What was known: observations published later are not used. */
  vintage?: Period | undefined;
  /** How much each part counts, by area. */
  weights?: { readonly [id: string]: NumberText } | undefined;
  /** The indicator whose values at the baseline say how much each part counts. */
  weigh_by?: Id | undefined;
  /** The share of the whole that each part takes, by area. */
  shares?: { readonly [id: string]: Quantity } | undefined;
  /** The common value that parts converge to; the bound of the whole when absent. */
  toward?: Quantity | undefined;
  /** The share of its own way that each part closes; when absent, all of it, or with `toward` what brings the whole to its bound. */
  closes?: Quantity | undefined;
  /** What happens to parts that are beyond the common value already. */
  ahead?: Ahead | undefined;
  /** No part gets less. */
  floor?: Quantity | undefined;
  /** No part gets more. */
  ceiling?: Quantity | undefined;
  /** The decimals of the parts in the indicator's unit; when absent those the indicator is published with, else those the bound is written with in that unit. */
  decimals?: NumberText | undefined;
  /** What happens when a part has no value; `refuse` when absent. */
  missing?: MissingPart | undefined;
}

/** What one part is to do, and the numbers it comes from. */
export interface CascadePart {
  /** The part. */
  area: string;
  /** The area whose target is handed down. */
  whole: string;
  /** The value of the part at the baseline, where it is known, in the indicator's unit. */
  baseline: Decimal | null;
  /** How much the part counts, where weights were used. */
  weight: Decimal | null;
  /** What it would be without rounding; to 28 digits. */
  unrounded: Decimal | null;
  /** Its target, in the unit the target is judged in. */
  bound: Decimal;
}

/** One change between two plans. */
export interface Change {
  /** What kind of change it is. */
  kind: ChangeKind;
  /** JSON pointer into the second plan, or into the first for what was dropped. */
  path: string;
  /** The target it is about, by its id in the second plan. */
  target: string | null;
  /** The area, for a change of a verdict. */
  area?: string;
  /** The method, for a change of its category. */
  method?: string;
  /** For a value that is inherited: the targets it changes. */
  moves: string[];
  /** What the first plan says. */
  before: string | null;
  /** What the second plan says. */
  after: string | null;
}

/** What kind of change it is. */
export type ChangeKind =
  /** The second plan has it and the first has not. */
  | "added"
  /** The first plan has it and the second has not. */
  | "dropped"
  /** The bound asks for more, in the direction of the target. */
  | "raised"
  /** The bound asks for less. */
  | "lowered"
  /** The bound is another one, and neither is further. */
  | "bound_changed"
  /** The deadline or window is another one. */
  | "moved"
  /** The number has lost its unit. */
  | "unit_lost"
  /** The number has another unit, or has one now. */
  | "unit_changed"
  /** The comparison is another one. */
  | "comparator_changed"
  /** Another number is judged. */
  | "measure_changed"
  /** The change is measured from somewhere else. */
  | "baseline_changed"
  /** It holds for other areas. */
  | "areas_changed"
  /** It is committed to more or less firmly. */
  | "nature_changed"
  /** The indicator seems to have another name: a proposal. */
  | "renamed"
  /** Another attribute that judging depends on. */
  | "changed"
  /** The window of the plan, or of a plan it carries out, is another one. */
  | "window_changed"
  /** A verdict is another one. */
  | "attained_changed"
  /** A method gives another category. */
  | "category_changed"
  /** The document number is another one. */
  | "number_changed";

/** A kind of chart. `docs/charts.md` says of each what it shows, how to read it and its formulas. */
export type ChartKind =
  /** A target: its values, the way required, and where the pace so far leads. */
  | "target_path"
  /** Targets: the share of the way behind them against the share of the time. */
  | "clock_dumbbell"
  /** Targets by methods, with the rows outlined on which methods disagree. */
  | "method_matrix"
  /** Targets: the share of the way behind them against the pace of late. */
  | "attained_pace"
  /** A target as seen at successive vintages or moments. */
  | "vintages"
  /** A sum over a window, as it is used up or filled. */
  | "cumulative_budget"
  /** Scores of areas, best first. */
  | "scores"
  /** Ranks of areas over all runs of a simulation. */
  | "rank_intervals"
  /** How many moved from which class to which. */
  | "class_transitions";

/** One place where two copies differ, and what was done. */
export interface Choice {
  /** JSON pointer into the merged plan. */
  path: string;
  /** What was taken. */
  taken: string;
  /** What was left; nothing where only one copy says something. */
  left: string | null;
  /** Whether it was taken from the second copy. */
  from_second: boolean;
  /** Why. */
  why: Message;
}

export type Citation = Id | Work;

/** A category. */
export interface ClassDocument {
  /** Its word. */
  word: Id;
  /** Its place on the common scale. */
  scale: Scale;
  /** Its score. */
  score?: NumberText | undefined;
}

/** How the number is compared with the bound. */
export type CompareWord =
  /** At the bound or beyond it in the indicator's direction. */
  | "reach"
  /** At the bound or above. */
  | "at_least"
  /** Above the bound. */
  | "more_than"
  /** At the bound or below. */
  | "at_most"
  /** Below the bound. */
  | "less_than"
  /** Between two bounds, both included. */
  | "within"
  /** Near the bound, within a declared tolerance; one-sided where the direction is known. */
  | "about"
  /** Exactly the bound. */
  | "equals";

/** Indicators that make up a whole. */
export interface Composition {
  /** The indicators that are the parts. */
  parts?: Id | readonly Id[] | undefined;
  /** The indicator that is the whole. */
  whole?: Id | undefined;
  /** What the parts add up to, in their unit. */
  sums_to?: NumberText | undefined;
  /** Where it is stated. */
  source?: TextByLang | undefined;
}

export type Condition = Id | Conditions;

/** Conditions that go together. */
export interface Conditions {
  /** All of these must hold. */
  all?: TextByLang | readonly TextByLang[] | undefined;
  /** One of these must hold. */
  any?: TextByLang | readonly TextByLang[] | undefined;
  /** These are named, and the document does not say whether all or one. */
  unspecified?: TextByLang | readonly TextByLang[] | undefined;
}

export type CountedIn = "members" | "indicators";

export type CriteriaRule = "all" | "any" | "unspecified";

/** The lower end of a category. */
export interface CutDocument {
  /** From this number on, the number included. */
  at_least?: NumberText | undefined;
  /** Above this number. */
  more_than?: NumberText | undefined;
  /** The word of the category. */
  word: Id;
  /** Its place on the common scale. */
  scale: Scale;
  /** Its score. */
  score?: NumberText | undefined;
}

/** A baseline whose value the plan states. */
export interface DeclaredBaseline {
  /** The period. */
  at: Period;
  /** The value. */
  value?: Quantity | undefined;
  /** The caliber of the value. */
  caliber?: Id | undefined;
}

/** What targets inherit unless they say otherwise. */
export interface Defaults {
  /** Due at the end of this period. */
  by?: Period | undefined;
  /** Over this period or window. */
  during?: Period | undefined;
  /** In every period of this window. */
  each?: Period | undefined;
  /** What a change by a date is measured from. */
  baseline?: Baseline | undefined;
  /** The areas, tiers or groups targets hold for. */
  areas?: Id | readonly Id[] | undefined;
  /** How firmly they are committed to. */
  nature?: Nature | undefined;
  /** How much of the way is expected by when. */
  schedule?: Schedule | readonly Schedule[] | undefined;
}

/** Targets that lower tiers have to set themselves. */
export interface Delegation {
  /** The tier or body that has to set them. */
  to: Id;
  /** What they must be about. */
  domains?: TextByLang | readonly TextByLang[] | undefined;
  /** How often: year. */
  frequency?: TextByLang | undefined;
  /** Anything else worth saying. */
  note?: TextByLang | undefined;
  /** Where it is stated. */
  source?: TextByLang | undefined;
}

export type Direction = "increase" | "decrease" | "within";

/** One target in one area on which methods disagree. */
export interface Disagreement {
  /** The target. */
  target: string;
  /** The area. */
  area: string;
  /** Up to the end of which period observations were used. */
  as_of: PeriodText;
  /** Whether some call it on track or done and others do not. */
  on_track_or_not: boolean;
  /** What each method says, in the order they were asked for; those without a category left out. */
  views: View[];
}

export type Division = "proportional" | "equal_growth" | "equal_change" | "converge" | "shares";

/** How somebody checks whether the plan is carried out. */
export interface Evaluation {
  /** What it is called. */
  name: TextByLang;
  /** Who evaluates. */
  by?: Id | readonly Id[] | undefined;
  /** What is looked at. */
  criteria?: TextByLang | readonly TextByLang[] | undefined;
  /** Whether all criteria must hold, any of them, or the document does not say. */
  rule?: CriteriaRule | undefined;
  /** The targets it looks at. */
  targets?: Id | readonly Id[] | undefined;
  /** The scorecard of somebody else that it feeds into. */
  feeds?: TextByLang | undefined;
  /** How often: year. */
  frequency?: TextByLang | undefined;
  /** The results it can have: 达标, 先进. */
  results?: TextByLang | readonly TextByLang[] | undefined;
  /** What follows from the result. */
  consequence?: TextByLang | undefined;
  /** Anything else worth saying. */
  note?: TextByLang | undefined;
  /** Where it is stated. */
  source?: TextByLang | undefined;
}

/** In which sense the categories of a method are exact. */
export type Exactness =
  /** Decided on rational numbers. */
  | "rational"
  /** Decided on roots of rational numbers, as if with infinite precision. */
  | "radical"
  /** Decided on floats that are the same to the bit everywhere. */
  | "reproducible";

/** What is worth knowing about the evidence. */
export type Flag =
  /** The value is provisional (`P`). */
  | "provisional"
  /** The value is estimated or imputed (`E`, `I`). */
  | "estimated"
  /** There is a break in the series (`B`). */
  | "break"
  /** The definition differs (`D`). */
  | "definition_differs"
  /** The value is of low reliability or not validated (`U`, `V`, `N`, `G`). */
  | "low_reliability"
  /** A forecast or masked value was left aside. */
  | "forecast_ignored"
  /** The value is known only as a lower bound or approximately. */
  | "inexact"
  /** The value was carried over from another caliber by a declared link. */
  | "caliber_linked"
  /** The value states no caliber, and the target asks for one. */
  | "caliber_unstated"
  /** The value was derived by the indicator's formula. */
  | "derived"
  /** The baseline is the declared one; the panel has none. */
  | "baseline_declared"
  /** The declared baseline and the panel's differ. */
  | "baseline_differs"
  /** The baseline satisfies the bound already: the question is whether it holds. */
  | "maintenance"
  /** The value is within half a unit of its last digit of the bound. */
  | "near_threshold"
  /** The value was revised since it was first published. */
  | "revised"
  /** The phrase has several readings, and they agree. */
  | "ambiguous_reading"
  /** Another target has replaced this one. */
  | "replaced"
  /** Less than a fifth of the time has passed. */
  | "early";

/** How an indicator follows from others, as data. */
export interface Formula {
  /** The first indicator divided by the second. */
  ratio?: Id | readonly Id[] | undefined;
  /** The first indicator as a share of the second, in percent. */
  share?: Id | readonly Id[] | undefined;
  /** The first indicator per `n` of the second. */
  per?: Id | readonly Id[] | undefined;
  /** How many of the second indicator `per` refers to. */
  n?: NumberText | undefined;
  /** The sum of the indicators. */
  sum?: Id | readonly Id[] | undefined;
  /** The first indicator less the second. */
  difference?: Id | readonly Id[] | undefined;
  /** The share of areas that meet a target, in percent. */
  share_meeting?: Id | undefined;
  /** The number of areas that meet a target. */
  count_meeting?: Id | undefined;
  /** The tier or group of the areas that are counted. */
  of?: Id | undefined;
}

export type Gauge = "growth" | "growth_ratio" | "expected_share" | "log_share" | "closed" | "linear_ratio" | "lead";

/** A class, best first; the last one may have no lower end. */
export interface Grade {
  /** What it is called. */
  grade: Id;
  /** Its lower end, which belongs to it. */
  from?: NumberText | undefined;
  /** Its lower end, which does not. */
  above?: NumberText | undefined;
  /** The least score of its worst member. */
  worst_from?: NumberText | undefined;
  /** The least score of its second worst member; of the worst where there is one. */
  second_worst_from?: NumberText | undefined;
  /** What else it asks for. */
  needs?: Needs | undefined;
}

export type GradeOn = "unrounded" | "rounded";

export type Group = Id | readonly Group[];

/** Mean growth a year of an area's scores. */
export interface Growth {
  /** The area. */
  area: string;
  /** Of the total; 0.05 is 5 % a year. */
  score: number | null;
  /** Of each top pillar, by id. */
  pillars: [string, number | null][];
}

/** An id or a name of the plan's own. */
export type Id = string | number | boolean;

/** What is measured, in which unit, and which way is better. */
export interface Indicator {
  /** What it is called. */
  name: TextByLang;
  /** Other names it goes by. */
  aliases?: TextByLang | readonly TextByLang[] | undefined;
  /** The unit of its values; `percent` for shares. */
  unit?: UnitText | undefined;
  /** Which way is better. Required, except for `yes_no` and `judgement`. */
  direction?: Direction | undefined;
  /** What sort of number it is. */
  kind?: Kind | undefined;
  /** The levels of a judgement, worst first. */
  levels?: TextByLang | readonly TextByLang[] | undefined;
  /** Which number stands for a period when the data is finer. */
  statistic?: Statistic | undefined;
  /** The number of decimals that are published. */
  decimals?: NumberText | undefined;
  /** Rank of an award that counts: 省级及以上. */
  grade?: TextByLang | undefined;
  /** What is covered: 规模以上. */
  scope?: TextByLang | undefined;
  /** The indicator this one is a part of. */
  part_of?: Id | undefined;
  /** How it follows from other indicators. */
  formula?: Formula | undefined;
  /** Numbers that methods and schemes ask for: `floor`, `ceiling`, `worst`, `red`, `green`, `best`, `unacceptable`, `satisfactory`, `start`, `limit`. */
  marks?: { readonly [id: string]: Mark } | undefined;
  /** The path that values have typically taken elsewhere: years on the path with their values, `{ 0: 40%, 10: 65% }`. Only differences of the years count. */
  typical_path?: { readonly [id: string]: Quantity } | undefined;
  /** One label for price base, scope, territory and definition. */
  caliber?: Id | undefined;
  /** Which other labels may be compared with this one, and how. */
  links?: CaliberLink | readonly CaliberLink[] | undefined;
  /** The indicator of kind `growth` that publishes this one's growth. With it, levels are never divided into growth. */
  growth_from?: Id | undefined;
  /** The tier that is judged, where it is not the area of the plan: 企业. */
  of?: Id | undefined;
  /** Who awards a title. */
  awarded_by?: TextByLang | undefined;
  /** The named things that are counted. */
  items?: TextByLang | readonly TextByLang[] | undefined;
  /** Which list or heading it stands under. */
  section?: TextByLang | undefined;
  /** Anything else worth saying. */
  note?: TextByLang | undefined;
  /** Where it is stated. */
  source?: TextByLang | undefined;
}

/** A lever: what is given to whom under which condition. */
export interface Instrument {
  /** What sort of lever it is: tax, award, subsidy, fund, voucher, gate. */
  kind: Id;
  /** What it is called. */
  name: TextByLang;
  /** How much. */
  amount?: Quantity | undefined;
  /** For whom. */
  for?: TextByLang | readonly TextByLang[] | undefined;
  /** What must hold for it. */
  condition?: Condition | undefined;
  /** What it opens the way to, for a gate. */
  unlocks?: TextByLang | readonly TextByLang[] | undefined;
  /** When it applies. */
  during?: Period | undefined;
  /** How often: year, week, once. */
  frequency?: TextByLang | undefined;
  /** Who pays. */
  funder?: TextByLang | undefined;
  /** Who leads. */
  lead?: Id | readonly Id[] | undefined;
  /** Anything else worth saying. */
  note?: TextByLang | undefined;
  /** Where it is stated. */
  source?: TextByLang | undefined;
}

export type IntervalRule = "nearest_end";

/** A combination that is met when enough of its members are. */
export interface KOf {
  /** How many must be met. */
  k: NumberText;
  /** The members. */
  of?: Member | readonly Member[] | undefined;
}

export type Kind = "stock" | "flow" | "share" | "growth" | "yes_no" | "judgement";

/** A part that nothing was handed down to. */
export interface LeftOut {
  /** The part. */
  area: string;
  /** The area it belongs to. */
  whole: string;
  /** Why it was left out. */
  why: Message;
}

export type Listing = "complete" | "open";

export type Mark = Quantity | PeerMark;

export type Measure = "level" | "change" | "relative_change" | "multiple" | "annual_growth" | "sum" | "mean" | "rank" | "percentile";

export type Member = Id | Target;

/** The same sentence in English and Chinese. */
export interface Message {
  /** English. */
  en: string;
  /** Chinese. */
  zh: string;
}

/** When an indicator of a table counts as met, by its value. */
export interface MetWhen {
  /** At the bound or above. */
  at_least?: NumberText | undefined;
  /** Above the bound. */
  more_than?: NumberText | undefined;
  /** At the bound or below. */
  at_most?: NumberText | undefined;
  /** Below the bound. */
  less_than?: NumberText | undefined;
}

/**
 * A method of pace as a document.
 *
 * Of a gauge, the first cut that is reached gives the category; the class below them all is stated too. There is no other way to decide, so that no category depends on a default.
 */
export interface MethodDocument {
  /** The version of the format: 1. */
  attainment: Id;
  /** Its id, with a version or year. */
  id: Id;
  /** What it is called. */
  title?: TextByLang | undefined;
  /** Who uses it. */
  body?: TextByLang | undefined;
  /** Where it is written down. */
  source?: TextByLang | undefined;
  /** How a target with an amount is judged. */
  with_target?: RulesDocument | undefined;
  /** How a direction without an amount is judged, by the gauge `growth`. */
  without_target?: RulesDocument | undefined;
  /** The category of a target that is reached, whatever the gauge says. Without it a target that the base already satisfies, and the value too, has none: there is no way a gauge could read. */
  reached?: ClassDocument | undefined;
  /** How a target that is an interval is judged; without it there is no case for intervals. */
  within?: IntervalRule | undefined;
  /** The base year where a target states none. */
  baseline?: Period | undefined;
  /** The target year where a target states none. */
  deadline?: Period | undefined;
}

/** What there is to know about a method. */
export interface MethodInfo {
  /** Name and version, as in `assess`. */
  id: string;
  /** Who published it. */
  body: string;
  /** Where, and what in it was chosen where the source says nothing. */
  source: string;
  /** What the number of a pace is. */
  value: string;
  /** Its categories, best first, with their place on the common scale. */
  categories: [string, Scale][];
  /**
   * Which measures with an amount it has a case for, and when: `by`, `during`, `each`. A level
   * during one period, and a change during a window from before it, are due at its end.
   */
  accepts: [Measure, string[]][];
  /** When it has a case for a direction without an amount, a change of more or less than 0. */
  trend: string[];
  /** Whether it has a case for a target whose baseline satisfies the bound already. */
  maintenance: boolean;
  /** Kinds of indicator it has no case for. */
  not_for: Kind[];
  /** How many observations it needs at least. */
  points: number;
  /** What else it cannot do without. */
  needs: Need[];
  /** What it uses where it is there, with a published default or none. */
  uses: Need[];
  /** The parameters it takes, as in `linear?schedule=compound`, with what they do. */
  parameters: [string, string][];
  /** In which sense its categories are exact. */
  exactness: Exactness;
  /** How sure it is. */
  verified: string;
}

/** What is done where values are missing; in this order: `carry`, `treat`, `present`. */
export interface Missing {
  /** What is done about a member without a score; `refuse` when not said. */
  treat?: Treat | undefined;
  /** The least share that has to be there for a score: `80%`. */
  present?: Quantity | undefined;
  /** What the share is counted in; the members when not said. */
  counted_in?: CountedIn | undefined;
  /** How long the latest earlier value may stand in: `P2Y`. */
  carry?: Period | undefined;
  /** The column of the table that says which group an area is in, for `group_mean`. */
  group?: Id | undefined;
}

export type MissingPart = "refuse" | "leave_out";

/** A value that is missing, and what was done about it. */
export interface MissingScore {
  /** The pillar or indicator. */
  id: string;
  /** Where it stands in the scheme. */
  path: string;
  /** What was done. */
  treatment: Treatment;
  /** The period a carried value is from. */
  from?: PeriodText;
}

/**
 * How an area moved since an earlier scorecard.
 *
 * The three are apart: a county may rise in score and fall in rank.
 */
export interface Movement {
  /** The area. */
  area: string;
  /** Classes gained, or lost where it is negative; absent where one side has no grade. */
  class: number | null;
  /** Places gained, or lost where it is negative. */
  rank: number | null;
  /** Points gained, or lost where it is negative. */
  score: number | null;
  /** The grade before. */
  grade_before: string | null;
  /** The grade now. */
  grade: string | null;
  /** Whether the area is in one of the two scorecards only: `entered` or `left`. */
  only: string | null;
}

export type Nature = "binding" | "约束性" | "expected" | "预期性" | "aspirational" | "力争";

/** How indicators or targets of one nature are treated. */
export interface NatureRule {
  /** Whether they count in the total; `yes` when not said. */
  counts?: YesNo | undefined;
  /** Their grades. */
  grades?: Grade | readonly Grade[] | undefined;
  /** Which of their numbers is graded; that of the scheme when not said. */
  grade_on?: GradeOn | undefined;
}

/** Committed and aspirational apart. */
export interface Natures {
  /** 约束性, committed. */
  binding?: NatureRule | undefined;
  /** 预期性. */
  expected?: NatureRule | undefined;
  /** 力争. */
  aspirational?: NatureRule | undefined;
}

/** What a method needs besides observations. */
export type Need =
  /** A base period with a value. */
  | "baseline"
  /** A target year. */
  | "deadline"
  /** The bound of a target. */
  | "bound"
  /** The natural limit of the indicator, where it has one: the mark `limit`. */
  | "limit"
  /** The marks `worst`, `red`, `green` and `best`. */
  | "marks"
  /** The values of a group of areas. */
  | "peers"
  /** The path that values have typically taken: `typical_path` of the indicator. */
  | "typical_path";

export type Needs = "all_met";

export type Normalise = Normaliser | NormaliseBy;

/** A normaliser with what it needs. */
export interface NormaliseBy {
  /** Which one. */
  by: Normaliser;
  /** What extremes, means and ranks are taken over; required for data of several periods. */
  over?: Over | undefined;
  /** The two numbers that 0 and 1 become, or mean and standard deviation of a `z_score`. */
  to?: NumberText | readonly NumberText[] | undefined;
  /** The anchors, worst first: marks or numbers. */
  between?: Id | readonly Id[] | undefined;
  /** The area that `distance_to_reference` measures from. */
  reference?: Id | undefined;
  /** Whether what lies beyond the ends is cut off there; `no` when not said. */
  clamp?: YesNo | undefined;
  /** Whether logarithms are compared, of value and anchors; `no` when not said. */
  log?: YesNo | undefined;
  /** What the `interval` falls by. */
  slope?: Slope | undefined;
  /** The score at values or marks, worst first: `{ 50: 20, 60: 24 }`. */
  points?: { readonly [id: string]: NumberText } | undefined;
  /** What stands between two points. */
  through?: Between | undefined;
  /** The score below the first point. */
  below?: NumberText | undefined;
}

export type Normaliser = "as_is" | "min_max" | "z_score" | "distance_to_target" | "distance_to_best" | "distance_to_reference" | "goalposts" | "rank" | "borda" | "percentile" | "share_of_max" | "ratio" | "closed" | "interval" | "efficacy" | "efficacy_levels" | "colours" | "points" | "growth";

/** A decimal number without a unit. */
export type NumberText = string | number | boolean;

/**
 * What one target in one area needs from its latest observation on.
 *
 * All numbers are floats, for people. They are of the measure that is judged, in its unit a year:
 * a change of a percentage in percentage points, a relative change in percent of the base.
 */
export interface Outlook {
  /** The target. */
  target: string;
  /** The area. */
  area: string;
  /** Up to the end of which period observations were used. */
  as_of: PeriodText;
  /** Whether it is attained. */
  attained: State;
  /** The latest number, and what it has to come to. */
  value: Decimal | null;
  /** The period of that number. */
  period: PeriodText | null;
  /** What it has to come to. */
  bound: Decimal | null;
  /** When; of a commitment for every period the next one. */
  deadline: PeriodText | null;
  /** Years from the latest number to the deadline. */
  years_left: number | null;
  /** The change a year that is needed from now on, the same amount each year; 0 once it is there. */
  required: number | null;
  /**
   * The growth a year in percent that is needed from now on, the same rate each year: rates are
   * chained, never added. Where a published cumulative rate is judged, of what it is a rate of.
   */
  required_growth: number | null;
  /** The change a year since the baseline. */
  actual: number | null;
  /** Needed over actual: above 1 the pace has to be raised by that factor. */
  catch_up: number | null;
  /** The year of arrival at the present pace; decimal, 2030.0 is the end of 2030. */
  arrival: number | null;
  /**
   * The best change a year on record, in the direction of the target, between observations at
   * least a year apart; where growth is judged the best rate in percent.
   */
  best: number | null;
  /** The year it was made by. */
  best_in: PeriodText | null;
  /**
   * The latest year from which the best pace on record would still suffice; decimal. Before the
   * latest observation: it would not suffice any more.
   */
  latest_start: number | null;
}

export type Over = "panel" | "period" | "year";

export interface Override {
  /** The target. */
  target: string;
  /** The area; every area when absent. */
  area?: string;
  /** As of when. */
  as_of?: PeriodText;
  /** The verdict. */
  state: RecordedState;
  /** Who recorded it. */
  who: TextByLang;
  /** When. */
  when: PeriodText;
  /** Why. */
  why: TextByLang;
}

/** Whether a target is on pace, by one method. */
export interface Pace {
  /** The method and its version. */
  method: string;
  /** The category in the method's own words. */
  category: string | null;
  /** The category on the common scale. */
  scale: Scale | null;
  /** The number the method decides by; see `MethodInfo::value`. */
  value: number | null;
  /** The method's score, where it has one. */
  score: number | null;
  /** Why there is no category; absent where there is one. */
  reason: PaceReason | null;
  /** The change a year that is needed from the latest observation on, in the unit of the measure. */
  required: number | null;
  /** The change a year so far. */
  actual: number | null;
  /** The number the schedule expects at the latest observation. */
  expected_now: number | null;
  /** Where the change so far leads to at the deadline. */
  projected: number | null;
  /** The year in which the change so far arrives at the bound; decimal, 2030.0 is the end of 2030. */
  arrival: number | null;
  /** Required over actual: above 1 the pace has to be raised by that factor. */
  catch_up: number | null;
  /** Less than a fifth of the time has passed. */
  early: boolean;
  /** The class on each schedule, where there are several; the first is that of the pace itself. */
  schedules?: ScheduledPace[];
  /** What is worth knowing about how it came about. */
  notes?: PaceNote[];
  /** The category on the declared baseline, where it differs from the one on the panel's. */
  on_declared_baseline: string | null;
}

/** What is worth knowing about how a pace came about. */
export type PaceNote =
  /**
   * The base is beyond the target and the value has fallen behind it: a ratio of growth would
   * come out positive although the series deteriorates, so it is the worst category.
   */
  | "baseline_beyond_target"
  /** A break in the series lies between the base and the latest value, which do not quite compare. */
  | "break_between"
  /** The base period has no value, and another one serves as the method says. */
  | "baseline_substituted"
  /** No base is stated, and the published base year serves. */
  | "default_baseline"
  /** No target year is stated, and the published one serves. */
  | "default_deadline"
  /** A small number stands for a zero, as the method says. */
  | "zero_replaced"
  /** A percentage within one point of 0 or 100 % counts as there, as the method says. */
  | "within_one_point"
  /** The cuts shrink near a natural limit, as the method says. */
  | "near_limit"
  /** The method judges the direction alone: the bound is not considered. */
  | "target_not_considered"
  /** Values were rounded before they were looked up. */
  | "values_rounded";

/** The other number a number belongs to. */
export interface Pair {
  /** Its id: a target, or an observation. */
  with: Id;
  /** How the two belong together. */
  relation: Relation;
}

/** A part with its target, beside the one that the rule would give it. */
export interface PartCheck {
  /** The part. */
  area: string;
  /** Its target; absent where it has none. */
  bound: Decimal | null;
  /** What the rule would give it; absent where the rule cannot say. */
  by_rule: Decimal | null;
  /** How much less it is to do than by the rule, in the direction of the target; negative for more. */
  short: Decimal | null;
}

/** A mark that is read off the values of a group of areas. */
export interface PeerMark {
  /** Which value of the group it is. */
  rule: PeerRule;
  /** The group or tier; every area of the data when not said. */
  among?: Id | undefined;
  /** The percentile, for the rule of that name. */
  percentile?: NumberText | undefined;
  /** How many of the best, for the rule of that name. */
  n?: NumberText | undefined;
}

export type PeerRule = "best" | "worst" | "mean" | "mean_of_best" | "percentile";

/** A period or a window: `2025`, `2025-Q3`, `2025-06`, `2021/2025`, `/2022`, `2018/..`, `20XX`, `十四五`. */
export type Period = string | number | boolean;

/**
 * A node of the tree: a pillar with members under `of`, or an indicator or target without.
 *
 * `normalise`, `missing`, `weights`, `aggregate`, `read`, `take` and `method` hold for everything below, unless it says otherwise.
 */
export interface Pillar {
  /** What it is called. */
  name?: TextByLang | undefined;
  /** Its weight among its siblings. */
  weight?: NumberText | undefined;
  /** Its members. */
  of?: Pillars | undefined;
  /** The indicators or targets it is made of, in nested groups; that of its own id when not said. */
  from?: Group | undefined;
  /** How several become one. */
  take?: Take | undefined;
  /** Which number of a verdict is scored. */
  read?: VerdictNumber | undefined;
  /** The method whose verdicts are read, where there are several. */
  method?: Id | undefined;
  /** How values are normalised. */
  normalise?: Normalise | undefined;
  /** What is done where values are missing. */
  missing?: Missing | undefined;
  /** Where the weights of the members come from; given or equal when not said. */
  weights?: Weighting | undefined;
  /** How the members become one score. */
  aggregate?: Aggregate | undefined;
  /** The most its score can be, before it is weighted. */
  cap?: NumberText | undefined;
  /** The least its score can be, before it is weighted. */
  least?: NumberText | undefined;
  /** Points above the full score, by the value of the indicator. */
  bonus?: Bonus | undefined;
  /** When it counts as met; a target's verdict says so itself. */
  met?: MetWhen | undefined;
  /** What is left of the total where it is not met. */
  veto?: Veto | undefined;
  /** How firmly it is committed to; a target's own when not said. */
  nature?: Nature | undefined;
  /** The grades of its own score. */
  grades?: Grade | readonly Grade[] | undefined;
  /** Anything else worth saying. */
  note?: TextByLang | undefined;
  /** Where it is stated. */
  source?: TextByLang | undefined;
}

export type PillarMember = NumberText | Pillar;

/** The score of a pillar or an indicator. */
export interface PillarScore {
  /** Its id. */
  id: string;
  /** What it is called. */
  name?: TextByLang;
  /**
   * Its share of the total: the product of rescaled weights down the tree. 0 where it stands
   * beside the total.
   */
  weight: number;
  /** The score, unrounded, before it is weighted. */
  score: number | null;
  /** The value of the indicator, as it was written. */
  value?: string;
  /** The grade, where the scheme has grades for it. */
  grade?: string;
  /** The points of its bonus. */
  bonus?: number;
  /** Whether it was cut to its cap. */
  capped: boolean;
  /** Its members. */
  pillars?: PillarScore[];
}

export type Pillars = Id | readonly Id[] | { readonly [id: string]: PillarMember };

export type Place = Id | WordedPlace;

/** A plan: the commitments of one document. */
export interface PlanDocument {
  /** The version of this format: `1`. */
  attainment: Id;
  /** The plan's id. */
  id: Id;
  /** The language of plain texts: `en`, `zh`. */
  lang?: Id | undefined;
  /** The title. */
  title?: TextByLang | undefined;
  /** Who issued it. */
  issuer?: TextByLang | undefined;
  /** The document number. */
  number?: TextByLang | undefined;
  /** The area that values without an area belong to. */
  area?: Id | undefined;
  /** What sort of document it is: 实施方案, 工作计划, 报道. */
  genre?: TextByLang | undefined;
  /** The rank of its issuer: 省, 市, 县. */
  level?: TextByLang | undefined;
  /** The superior plans it carries out. */
  implements?: Citation | readonly Citation[] | undefined;
  /** Other documents it refers to. */
  cites?: Citation | readonly Citation[] | undefined;
  /** The time it runs. */
  window?: Period | undefined;
  /** How long it says it runs: `P3Y` for 三年. */
  duration?: Period | undefined;
  /** What targets inherit. */
  defaults?: Defaults | undefined;
  /** Whatever is judged, by id. */
  areas?: { readonly [id: string]: Area } | undefined;
  /** Who is responsible, by id. */
  bodies?: { readonly [id: string]: Body } | undefined;
  /** What is measured, by id. */
  indicators: { readonly [id: string]: Indicator };
  /** The commitments, by id. */
  targets: { readonly [id: string]: Target };
  /** What the issuer will do, by id. */
  tasks?: { readonly [id: string]: Task } | undefined;
  /** The levers, by id. */
  instruments?: { readonly [id: string]: Instrument } | undefined;
  /** What lower tiers have to set themselves. */
  delegates?: Delegation | readonly Delegation[] | undefined;
  /** Values that the document states, by id. */
  observations?: { readonly [id: string]: StatedObservation } | undefined;
  /** Indicators that make up a whole, by id. */
  compositions?: { readonly [id: string]: Composition } | undefined;
  /** Numbers of things that the document announces and lists, by id. */
  announcements?: { readonly [id: string]: Announcement } | undefined;
  /** How it is checked whether the plan is carried out, by id. */
  evaluations?: { readonly [id: string]: Evaluation } | undefined;
  /** How results are scored: a scheme, or the id of a ready-made one. */
  scheme?: PlanScheme | undefined;
  /** Status flags whose observations the plan does not accept. */
  excluded_status?: Id | readonly Id[] | undefined;
  /** Verdicts recorded by experts. */
  overrides?: Override | readonly Override[] | undefined;
  /** Anything else worth saying. */
  note?: TextByLang | undefined;
  /** Where it is stated. */
  source?: TextByLang | undefined;
}

export type PlanScheme = Id | SchemeDocument;

/** How good the evidence is. It never blocks a verdict. */
export interface Quality {
  /** How many observations could be used. */
  points: number;
  /** Years from the latest observation to `as_of`. */
  lag_years: number | null;
  /** What is worth knowing, in the order of `Flag::ALL`. */
  flags: Flag[];
}

/** A number with an optional unit: `1.7%`, `34亿元`, `2pp`, `51`; a mask such as `xx家`; or `unknown`. */
export type Quantity = string | number | boolean;

/** The ranks of an area over all runs. */
export interface RankInterval {
  /** The area. */
  area: string;
  /** Its rank by the scheme as it stands, without vetoes. */
  nominal: number;
  /** The mean rank. */
  mean: number;
  /** The middle rank. */
  median: number;
  /** The rank that one run in twenty is better than: the 5th percentile. */
  low: number;
  /** The rank that one run in twenty is worse than: the 95th percentile. */
  high: number;
}

/** Why something cannot be evaluated. */
export type Reason =
  /** The target has neither a deadline nor a window. */
  | "no_deadline"
  /** The deadline or window is masked or has no place in time. */
  | "period_unknown"
  /** The window has no known start, and there is no baseline to begin after. */
  | "window_start_unknown"
  /** The bound is masked. */
  | "bound_masked"
  /** The bound is stated as unknown. */
  | "bound_unknown"
  /** A number stands without the unit it needs. */
  | "unit_lost"
  /** The observations are in a unit that does not convert. */
  | "unit_mismatch"
  /** `about` has no declared tolerance. */
  | "no_tolerance"
  /** There is no observation at all. */
  | "no_observation"
  /** There is no usable observation for the deadline itself. */
  | "no_observation_at_deadline"
  /** A due period of `each` has no usable observation. */
  | "missing_period"
  /** A period of a sum or mean has no usable observation. */
  | "incomplete_sum"
  /** A period of a chain of growth rates has no usable observation. */
  | "incomplete_chain"
  /** The data is finer than the deadline and the indicator does not say which number counts. */
  | "statistic_unknown"
  /** Two observations contradict each other. */
  | "conflicting_observations"
  /** The observations have another caliber, and no link is declared. */
  | "caliber_mismatch"
  /** A change has nothing to be measured from. */
  | "no_baseline"
  /** The period a change is measured from has no value. */
  | "no_baseline_value"
  /** The base is zero, so that there is no relative change. */
  | "zero_baseline"
  /** The base is negative or signs change, so that there is no growth rate. */
  | "sign_change"
  /** Growth is published for this indicator and must not be divided out of levels; it is not there. */
  | "growth_not_published"
  /** The value the bound refers to is not there. */
  | "reference_missing"
  /** The group of areas is not known. */
  | "group_unknown"
  /** The area is no member of the group it would be ranked in. */
  | "not_in_group"
  /** The value is not exact enough to tell. */
  | "value_inexact"
  /** The published digits cannot tell. */
  | "undecided_digits"
  /** The readings of an ambiguous phrase disagree. */
  | "ambiguous_reading"
  /** The target was not in force yet. */
  | "not_in_force"
  /** A member of a combination cannot be evaluated. */
  | "member_not_evaluable"
  /** There are fewer points than the method asks for. */
  | "too_few_points"
  /** The series has a break and too few points after it. */
  | "break_in_series"
  /** The bound equals the baseline, so that there is no way to go. */
  | "target_equals_baseline"
  /** The target is zero, and growth never gets there. */
  | "zero_bound"
  /** The indicator has no such mark, or a mark that is masked. */
  | "no_mark"
  /** The marks do not run from worst over red and green to best. */
  | "marks_out_of_order"
  /** Fewer than two of the peers have a value. */
  | "no_peers"
  /** All peers have the same value. */
  | "no_spread"
  /** The indicator has no typical path, or one that does not lead toward the target. */
  | "no_typical_path"
  /** A value lies beyond the ends of the typical path. */
  | "off_typical_path"
  /** Observation and baseline are of the same time, so that no time has passed. */
  | "no_time_elapsed";

export type RecordedState = "met" | "not_met" | "pending" | "not_evaluable";

/** A bound that is another value: of the same indicator elsewhere, of another indicator, or of another target. */
export interface Reference {
  /** The mean over a group or tier, of the same indicator in the same period. */
  mean_of?: Id | undefined;
  /** The value of another area. */
  area?: Id | undefined;
  /** The value of another indicator in the same area. */
  indicator?: Id | undefined;
  /** The bound of another target. */
  target?: Id | undefined;
  /** A factor on that value. */
  times?: NumberText | undefined;
  /** Added to that value, after the factor. */
  plus?: Quantity | undefined;
}

export type Relation = "addition_total" | "level_and_ratio" | "level_growth" | "level_and_rank" | "milestone_sequence" | "pass_and_rank" | "subset" | "funnel" | "total_and_per_capita" | "ytd_and_full_year" | "count_and_amount";

/** What the simulation of a scorecard varies. */
export interface RobustnessChoices {
  /** How far weights may be off, up or down: `25%`. */
  weights?: Quantity | undefined;
  /** The normalisers that are tried, for indicators that have one. */
  normalise?: Normalise | readonly Normalise[] | undefined;
  /** The ways to aggregate that are tried, for every pillar. */
  aggregate?: Aggregate | readonly Aggregate[] | undefined;
  /** Whether one indicator at a time is left out. */
  drop?: YesNo | undefined;
}

/** What a simulation of a scorecard found. */
export interface RobustnessData {
  /** The id of the scheme. */
  scheme: string;
  /** The seed: the same one gives the same numbers, on every platform and with any number of threads. */
  seed: number;
  /** How many runs the rank intervals rest on. */
  runs: number;
  /** Whether it was stopped before all runs were done. */
  stopped: boolean;
  /** What was varied. */
  varied: string[];
  /** The rank intervals, in the order of the areas. An area without a score has none. */
  intervals: RankInterval[];
  /** The mean over runs of the mean number of places an area shifts. */
  mean_shift: number;
  /**
   * The share of pairs of areas of which one is better in every indicator: no weights change their
   * order.
   */
  dominance: number;
  /**
   * First-order and total sensitivity of the mean shift; empty where one kind of choice or none is
   * varied, or where it was stopped.
   */
  sensitivity: Sensitivity[];
}

/** How values are rolled up: of which indicator, when, from which areas to which. */
export interface RollUpDocument {
  /** The version of the format: 1. */
  attainment: Id;
  /** The indicator. */
  indicator: Id;
  /** The period. */
  at: Period;
  /** The area that is rolled up to, or a tier or group of such areas; the plan's own when absent. */
  area?: Id | readonly Id[] | undefined;
  /** The areas, tiers or groups it is made of, as far as they lie below the area. */
  parts?: Id | readonly Id[] | undefined;
  /** The part of the population; the total when absent. */
  breakdown?: Id | undefined;
  /** What was known: observations published later are not used. */
  vintage?: Period | undefined;
  /** How much each part counts, by area. */
  weights?: { readonly [id: string]: NumberText } | undefined;
  /** The indicator whose values at the period say how much each part counts. */
  weigh_by?: Id | undefined;
  /** What happens when a part has no value; `refuse` when absent. */
  missing?: MissingPart | undefined;
}

/** A part with its value. */
export interface RolledPart {
  /** The part. */
  area: string;
  /** Its value. */
  value: Decimal | null;
  /** How much it counts, where values are weighed. */
  weight: Decimal | null;
}

/** One area with what its parts come to. */
export interface RolledWhole {
  /** The area. */
  area: string;
  /** The period. */
  period: PeriodText;
  /** What the parts come to: their sum, or their weighted mean. Absent where a part is missing. */
  value: Decimal | null;
  /** What the parts that have a value come to, where others have none. */
  without_missing: Decimal | null;
  /** What the area has as its own observation. */
  published: Decimal | null;
  /** The published value less what the parts come to, as far as they have values. */
  difference: Decimal | null;
  /**
   * Whether rounding to the published decimals explains the difference; absent where the indicator
   * does not say to how many.
   */
  within_rounding: boolean | null;
  /** The parts that have a value. */
  parts: RolledPart[];
  /** The parts that have none. */
  missing: string[];
}

/** How scores are published. Ranks, and grades unless said otherwise, are of unrounded scores. */
export interface Rounding {
  /** The number of decimals. */
  decimals: NumberText;
  /** What becomes of a half. */
  mode: RoundingMode;
  /** The decimals that the weighted points of each indicator are rounded to before they are added up. */
  items?: NumberText | undefined;
}

export type RoundingMode = "half_up" | "half_even" | "truncate";

/** A gauge with its cuts. */
export interface RulesDocument {
  /** The measure of pace. */
  gauge: Gauge;
  /** The lower ends of the categories, best first. */
  cuts?: CutDocument | readonly CutDocument[] | undefined;
  /** The category below them all. */
  below: ClassDocument;
}

export type Scale = "done" | "on_track" | "near" | "behind" | "away";

export type Schedule = ScheduleWord | ShareSchedule;

export type ScheduleWord = "straight" | "compound" | "annual";

/** The class on one of several schedules. */
export interface ScheduledPace {
  /** The schedule: its word, or `steps` or `seasonal`. */
  schedule: string;
  /** The category in the method's own words. */
  category: string | null;
  /** The category on the common scale. */
  scale: Scale | null;
  /** The number the method decides by. */
  value: number | null;
  /** Why there is no category. */
  reason: PaceReason | null;
}

/** A scheme: how values or verdicts become one score. */
export interface SchemeDocument {
  /** The version of this format: `1`. */
  attainment: Id;
  /** The scheme's id. */
  id: Id;
  /** The language of plain texts. */
  lang?: Id | undefined;
  /** The title. */
  title?: TextByLang | undefined;
  /** Who published it. */
  issuer?: TextByLang | undefined;
  /** Where. */
  source?: TextByLang | undefined;
  /** How sure it is that this is what was published: `reproduced 102 rows`, `primary`, `secondary`, `own`. */
  verified?: TextByLang | undefined;
  /** What its indicators are. */
  indicators?: { readonly [id: string]: ScoredIndicator } | undefined;
  /** The areas and their groups. */
  areas?: { readonly [id: string]: Area } | undefined;
  /** Which number of a verdict is scored. */
  read?: VerdictNumber | undefined;
  /** How several targets on one indicator become one. */
  take?: Take | undefined;
  /** The method whose verdicts are read, where there are several. */
  method?: Id | undefined;
  /** How values are normalised. */
  normalise?: Normalise | undefined;
  /** What is done where values are missing. */
  missing?: Missing | undefined;
  /** Where the weights come from; given or equal when not said. */
  weights?: Weighting | undefined;
  /** How the pillars become the total. */
  aggregate?: Aggregate | undefined;
  /** The tree. */
  pillars?: Pillars | undefined;
  /** Instead of a tree: every indicator of the data is a pillar like this one. */
  every?: Pillar | undefined;
  /** How scores are published. */
  round?: Rounding | undefined;
  /** The grades of the total, best first. */
  grades?: Grade | readonly Grade[] | undefined;
  /** Which number is graded; the unrounded one when not said. */
  grade_on?: GradeOn | undefined;
  /** Committed and aspirational apart. */
  natures?: Natures | undefined;
  /** The place of areas with equal scores; `min` when not said. */
  ties?: Ties | undefined;
  /** What the simulation varies. */
  robustness?: RobustnessChoices | undefined;
  /** Anything else worth saying. */
  note?: TextByLang | undefined;
}

/** What there is to know about a ready-made scheme. */
export interface SchemeInfo {
  /** Name and version. */
  id: string;
  /** The name without the version: the current one. */
  alias: string;
  /** What it is called. */
  title: string;
  /** Who published it. */
  issuer: string;
  /** Where. */
  source: string;
  /** How sure it is: `reproduced N rows`, `primary`, `secondary` or `own`. */
  verified: string;
  /** The document, to read, change and pass to `Scheme::parse`. */
  text: string;
}

/** The score of one area, in one period. */
export interface Score {
  /** The area. */
  area: string;
  /** The period, where the data have periods. */
  period?: PeriodText;
  /** The total, unrounded, after every rule; absent where it cannot be told. */
  score: number | null;
  /** The total as it is published, where the scheme says how it is rounded. */
  rounded: Decimal | null;
  /** Its place among the areas of its period, on unrounded scores; 1 is best. */
  rank: number | null;
  /** The grade. */
  grade: string | null;
  /** The points of all bonuses. */
  bonus: number;
  /** The pillars and indicators whose veto holds. */
  veto: string[];
  /** Scores of committed and aspirational indicators apart, where the scheme asks for them. */
  natures?: [Nature, number | null][];
  /** What is missing, and what was done about it. */
  missing: MissingScore[];
  /** The tree. */
  pillars: PillarScore[];
}

/**
 * The score of one area as a tree of steps, in English and Chinese.
 *
 * Every number in it is a value of the data, a number of the scheme with its place there, or derived
 * in front of the reader.
 */
export interface ScoreExplanation {
  /** What is explained. */
  title: Message;
  /** The score. */
  score: Score;
  /** How it came about. */
  steps: Step[];
}

/** What an indicator is to a scheme. A plan's own declaration serves where there is none. */
export interface ScoredIndicator {
  /** What it is called. */
  name?: TextByLang | undefined;
  /** Its unit; observations of a panel are converted. */
  unit?: UnitText | undefined;
  /** Which way is better. */
  direction?: Direction | undefined;
  /** Numbers that normalisers ask for. */
  marks?: { readonly [id: string]: Mark } | undefined;
  /** Anything else worth saying. */
  note?: TextByLang | undefined;
  /** Where it is stated. */
  source?: TextByLang | undefined;
}

/** How much of the shift of ranks is due to one kind of choice. */
export interface Sensitivity {
  /** `weights`, `normalise`, `aggregate` or `drop`. */
  factor: string;
  /**
   * The share of the variance that it explains alone (Jansen's estimator); absent where ranks never
   * shift. An estimate: it may fall a little below 0.
   */
  first: number | null;
  /** The share it has a part in, with all others (Jansen's estimator). */
  total: number | null;
}

/** A schedule of stated shares of the whole way. */
export interface ShareSchedule {
  /** The share reached by the end of each period: `{ 2021: 20%, 2022: 40% }`. */
  steps?: { readonly [id: string]: Quantity } | undefined;
  /** The share of each period within the year, in order: twelve months or four quarters. */
  seasonal?: Quantity | readonly Quantity[] | undefined;
}

export type Slope = "common" | "own";

/** Whether a target is attained. The order is the one combinations use. */
export type State =
  /** It is decided that the target is not met. */
  | "not_met"
  /** It cannot be decided; the reason says why. */
  | "not_evaluable"
  /** It is not due yet. */
  | "pending"
  /** It is decided that the target is met. */
  | "met";

/** A number with its unit, a mask such as `xx家`, `unknown`, `yes`, `no` or a level of a judgement. */
export type Stated = string | number | boolean;

/** A value that the plan itself states. */
export interface StatedObservation {
  /** The indicator. */
  indicator: Id;
  /** The area; the plan's own when absent. */
  area?: Id | undefined;
  /** The period. Without one the value is kept, and compared with nothing. */
  at?: Period | undefined;
  /** The value; `unknown` where a statement names none. */
  value: Bound;
  /** Which number it is; `level` when absent. Only levels are put beside the observations of a panel. */
  measure?: Measure | undefined;
  /** The group or tier that a rank is taken among. */
  among?: Id | undefined;
  /** What a change is measured from. */
  baseline?: Baseline | undefined;
  /** How far it can be taken at its word; `exact` when absent. What is expected to be exceeded is `[forecast, at_least]`: 预计突破. */
  value_is?: ValueIs | readonly ValueIs[] | undefined;
  /** How far from the true value an `about` may be. */
  tolerance?: Quantity | undefined;
  /** The part of the population; the total when absent. */
  breakdown?: Id | undefined;
  /** SDMX observation status flags. */
  status?: Id | readonly Id[] | undefined;
  /** Its caliber. */
  caliber?: Id | undefined;
  /** When it was published. */
  vintage?: Period | undefined;
  /** The hedge as worded: 预计. */
  modality?: TextByLang | undefined;
  /** The number it depends on, and how. */
  pair?: Pair | undefined;
  /** The list it was written in with others: 分别, 各. */
  group?: Id | undefined;
  /** The observation it repeats with a difference. */
  repeats?: Id | undefined;
  /** Other places that say the same, by id. */
  also?: { readonly [id: string]: Place } | undefined;
  /** Anything else worth saying. */
  note?: TextByLang | undefined;
  /** Where it is stated. */
  source?: TextByLang | undefined;
}

export type Statistic = "end" | "mean" | "sum" | "ytd";

/** One step of an explanation: what was done, on what, with which result. */
export interface Step {
  /** A stable word for the kind of step: `target`, `value`, `compare`, `state`, `pace` … */
  kind: string;
  /** The step in words and numbers. */
  text: Message;
  /** Where its inputs stand: a JSON pointer into the plan, or `row N` of the observations. */
  place?: string;
  /** The steps it is made of. */
  steps?: Step[];
}

export type Take = "worst" | "next_due" | "mean" | "all";

/**
 * A commitment: a measure of an indicator, compared with a bound, at or over some time.
 *
 * A target names an `indicator` with one comparison, or combines other targets.
 */
export interface Target {
  /** What it is called, where the indicator's name does not say it. */
  name?: TextByLang | undefined;
  /** The indicator it is about. */
  indicator?: Id | undefined;
  /** Met when all members are. */
  all?: Member | readonly Member[] | undefined;
  /** Met when any member is. */
  any?: Member | readonly Member[] | undefined;
  /** Met when enough members are. */
  k_of?: KOf | undefined;
  /** Met when the member is not. */
  not?: Member | undefined;
  /** Which number is judged; `level` when absent. Several are readings of one phrase: the verdict stands where they agree. */
  measure?: Measure | readonly Measure[] | undefined;
  /** What a rank or percentile ranks; `level` when absent. */
  of?: Measure | undefined;
  /** The group or tier a rank or percentile is taken among. */
  among?: Id | undefined;
  /** At the bound or beyond it in the indicator's direction. */
  reach?: Bound | undefined;
  /** At the bound or above. */
  at_least?: Bound | undefined;
  /** Above the bound. */
  more_than?: Bound | undefined;
  /** At the bound or below. */
  at_most?: Bound | undefined;
  /** Below the bound. */
  less_than?: Bound | undefined;
  /** Between two bounds, both included. */
  within?: Bound | readonly Bound[] | undefined;
  /** Near the bound, within the tolerance. */
  about?: Bound | undefined;
  /** Exactly the bound. */
  equals?: Bound | undefined;
  /** A further bound: met at the first, fully met at this one. */
  stretch?: Bound | undefined;
  /** How far from the bound `about` still accepts; a percentage is of the bound. */
  tolerance?: Quantity | undefined;
  /** Due at the end of this period. */
  by?: Period | undefined;
  /** Over this period or window. */
  during?: Period | undefined;
  /** In every period of this window. */
  each?: Period | undefined;
  /** What a change is measured from. */
  baseline?: Baseline | undefined;
  /** The areas, tiers or groups it holds for; every area of the panel when absent. */
  areas?: Id | readonly Id[] | undefined;
  /** The caliber observations must have. */
  caliber?: Id | undefined;
  /** The part of the population it is about; the total when absent. */
  breakdown?: Id | undefined;
  /** How much of the way is expected by when. */
  schedule?: Schedule | readonly Schedule[] | undefined;
  /** How firmly it is committed to. */
  nature?: Nature | undefined;
  /** The hedge as worded: 力争, 争取. */
  modality?: TextByLang | undefined;
  /** Which list or heading it stands under. */
  section?: TextByLang | undefined;
  /** Its weight among the targets of its section. */
  weight?: Quantity | undefined;
  /** Who leads. */
  lead?: Id | readonly Id[] | undefined;
  /** Who supports. */
  support?: Id | readonly Id[] | undefined;
  /** When it came into force. */
  valid_from?: Period | undefined;
  /** The target it replaces. */
  replaces?: Id | undefined;
  /** The target it repeats with a difference. */
  repeats?: Id | undefined;
  /** The target it depends on, and how. */
  pair?: Pair | undefined;
  /** The list it was written in with others: 分别, 各. */
  group?: Id | undefined;
  /** The target that states the objective it stands under. */
  objective?: Id | undefined;
  /** Other places that say the same, by id. */
  also?: { readonly [id: string]: Place } | undefined;
  /** Where it is stated. */
  source?: TextByLang | undefined;
  /** Anything else worth saying. */
  note?: TextByLang | undefined;
}

/** Something the issuer will do, with the targets it serves. */
export interface Task {
  /** Its heading. */
  title: TextByLang;
  /** The number it has in the document. */
  number?: TextByLang | undefined;
  /** The task or section it is a part of. */
  parent?: Id | undefined;
  /** Who leads. */
  lead?: Id | readonly Id[] | undefined;
  /** Who supports. */
  support?: Id | readonly Id[] | undefined;
  /** When it is due. */
  by?: Period | undefined;
  /** The targets it serves. */
  targets?: Id | readonly Id[] | undefined;
  /** The instruments it uses. */
  instruments?: Id | readonly Id[] | undefined;
  /** Anything else worth saying. */
  note?: TextByLang | undefined;
  /** Where it is stated. */
  source?: TextByLang | undefined;
}

/** A text in the plan's language, or one by language: `{ en: …, zh: … }`. */
export type TextByLang = string | number | boolean | { readonly [id: string]: string | number | boolean };

/** The page a chart is made for. */
export type Theme =
  /** Dark ink on white, for paper and light pages. */
  | "light"
  /** Light ink on a dark ground. */
  | "dark";

/** How a number is taken when it is compared with a bound. */
export type Threshold =
  /** As it is: 1.699 does not reach 1.7. */
  | "exact"
  /** Rounded half up to the indicator's published decimals, or to the digits of the bound. */
  | "half_up"
  /** Cut off at those digits. */
  | "truncate"
  /** As all numbers that would be published so; undecided where they disagree. */
  | "digits";

export type Ties = "min" | "max" | "dense" | "average";

export type Treat = "refuse" | "renormalise" | "zero" | "group_mean";

/** What was done about a value that is missing. */
export type Treatment =
  /** Nothing: what is above it has no score either. */
  | "refused"
  /** The weights of the others were rescaled. */
  | "renormalised"
  /** The mean of the group of areas stands in. */
  | "group_mean"
  /** It counts as nothing attained, because the scheme says so. */
  | "zero"
  /** An earlier value was carried forward. */
  | "carried";

/** A unit: `percent`, `pp`, `亿元`, `件/万人`, `tonnes`, or any word for what is counted. */
export type UnitText = string | number | boolean;

export type ValueIs = "exact" | "at_least" | "about" | "masked" | "forecast";

/** The answer for one target, area, time and method. */
export interface Verdict {
  /** The target. */
  target: string;
  /** The area; empty where neither panel nor plan names one. */
  area: string;
  /** The indicator; absent for a combination of targets. */
  indicator: string | null;
  /** Up to the end of which period observations were used. */
  as_of: PeriodText;
  /** Whether it is attained. */
  attained: Attained;
  /** Whether it is on pace; absent where no method was asked for. */
  pace: Pace | null;
  /** How good the evidence is. */
  quality: Quality;
  /** A verdict that an expert recorded. It stands beside the computed one. */
  override: Override | null;
}

/**
 * One verdict as a tree of steps, in English and Chinese.
 *
 * Every number in it is an input, with the place it comes from, or is derived in front of the
 * reader. The steps are those of the judgement itself, run once more and taken down.
 */
export interface VerdictExplanation {
  /** What is explained. */
  title: Message;
  /** The verdict; absent where a series is explained. */
  verdict?: Verdict;
  /** The pace of a series; that of a verdict stands in it. */
  pace?: Pace;
  /** How it came about. */
  steps: Step[];
}

export type VerdictNumber = "value" | "ratio" | "closed" | "score" | "scale" | "met";

/** 一票否决: what a total can at best be where this is not met. */
export interface Veto {
  /** The best grade that is left. */
  grade?: Id | undefined;
  /** The highest score that is left. */
  score?: NumberText | undefined;
}

/** What one method says. */
export interface View {
  /** The method. */
  method: string;
  /** The category in its own words. */
  category: string;
  /** The category on the common scale. */
  scale: Scale;
  /** The number it decides by. */
  value: number | null;
  /** The comparison that decided. */
  because: Message;
}

export type Weighting = "given" | "equal" | "entropy" | "critic" | "pca";

/** One area with what the targets of its parts come to. */
export interface WholeCheck {
  /** The area. */
  area: string;
  /** Its target. */
  bound: Decimal | null;
  /**
   * What the targets of the parts come to: their sum, or their weighted mean. Absent where a part
   * has none, or where it cannot be weighed.
   */
  comes_to: Decimal | null;
  /** What is missing to the bound, in the direction of the target; negative beyond it. */
  gap: Decimal | null;
  /** Whether the parts reach it; absent where that cannot be said. */
  reached: boolean | null;
  /** The parts. */
  parts: PartCheck[];
}

/** A place that says the same in other words. */
export interface WordedPlace {
  /** Where it stands. */
  source: Id;
  /** The hedge as worded there. */
  modality?: TextByLang | undefined;
  /** Anything else worth saying. */
  note?: TextByLang | undefined;
}

/** A document that a plan carries out or refers to. */
export interface Work {
  /** Its title. */
  title: Id;
  /** Its document number. */
  number?: TextByLang | undefined;
  /** Who issued it. */
  issuer?: TextByLang | undefined;
  /** The time it runs, as printed. */
  window?: Period | undefined;
  /** How long it says it runs: `P3Y` for 三年. */
  duration?: Period | undefined;
  /** Where it is named. */
  source?: TextByLang | undefined;
}

export type YesNo = "yes" | "true" | "no" | "false";
