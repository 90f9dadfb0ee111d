import type { ChartKind, Message, Reason, Scale, ScoreExplanation, State, VerdictExplanation } from "./types.js";

/** An exact number as decimal text; {@link toNumber} gives the nearest float. */
export type Decimal = string;

/** A period as text: `2025`, `2025-Q3`, `2025-06`. */
export type PeriodText = string;

/** A language that messages are written in. */
export type Lang = "en" | "zh";

/** Why a method gives no category: it has no case for this, or something it needs is not there. */
export type PaceReason = "not_applicable" | Reason;

/** How much a finding matters. */
export type Severity = "error" | "warning";

/** A diagnostic: what is wrong, where, and what would repair it. */
export interface Finding {
  /** A stable word; {@link codes} lists them. */
  code: string;
  /** How much it matters. */
  severity: Severity;
  /** JSON pointer into the document; empty for the whole of it or for tables. */
  path: string;
  /** Line in the text, from 1. */
  line: number | null;
  /** Column in the text, or of the table, from 1. */
  column: number | null;
  /** Data row of a table, from 1. */
  row: number | null;
  /** First code point of the offending text. */
  start: number | null;
  /** Code point after the offending text. */
  end: number | null;
  /** What is wrong, with the offending input in backticks. */
  message: Message;
  /** What would repair it. */
  help: Message | null;
}

/** A code that findings can have. */
export interface CodeInfo {
  /** The word. */
  code: string;
  /** How much findings of it matter. */
  severity: Severity;
  /** Which step of reading reports it. */
  stage: "syntax" | "shape" | "meaning" | "lint" | "data" | "request" | "scheme" | "text";
  /** One line on what it means. */
  summary: string;
}

/** Why something is what it is: of a verdict, a pace or a cascade, or of a score. */
export type ExplanationData = VerdictExplanation & Partial<Omit<ScoreExplanation, keyof VerdictExplanation>>;

/** A verdict as a flat record: the columns of an assessment. */
export interface AssessmentRecord {
  target: string;
  area: string;
  indicator: string | null;
  as_of: PeriodText;
  method: string | null;
  attained: State;
  reason: string | null;
  holds_now: boolean | null;
  decided_at: PeriodText | null;
  value: Decimal | null;
  period: PeriodText | null;
  bound: Decimal | null;
  gap: Decimal | null;
  ratio: number | null;
  closed: number | null;
  category: string | null;
  scale: Scale | null;
  pace_value: number | null;
  score: number | null;
  flags: string[];
}

/** A score as a flat record: `area`, `period`, `score`, `rounded`, `rank`, `grade`, the pillars, `bonus`, `veto`, `missing`. */
export interface ScoreRecord {
  area: string;
  period?: PeriodText | null;
  score: number | null;
  rounded: Decimal | null;
  rank: number | null;
  grade: string | null;
  bonus: number | null;
  veto: string[];
  missing: string[];
  [pillar: string]: unknown;
}

/** A part of a cascade, of its check or of a roll-up as a flat record. */
export interface CascadeRecord {
  area: string;
  [column: string]: unknown;
}

/** A row of a target table; what is absent is `null`. */
export interface TargetRecord {
  area: string;
  indicator: string | null;
  target: string | null;
  [column: string]: unknown;
}

/** Something that was read out of a text. Places are Unicode code points; see {@link Draft.utf16Range}. */
export interface DraftRecord {
  kind: "target" | "observation" | "instrument";
  text: string;
  start: number;
  end: number;
  value_start: number | null;
  value_end: number | null;
  indicator: string;
  qualifier: string | null;
  value: string | null;
  value_max: string | null;
  unit: string | null;
  masked: boolean;
  comparator: string;
  basis: string;
  direction: "up" | "down" | "hold" | null;
  baseline_ref: string | null;
  period: { [part: string]: number | string | null } | null;
  period_source: string | null;
  modality: string | null;
  group: number | null;
  pair: number | null;
}

/** A picture: a Vega-Lite specification with its data in it. */
export interface Chart {
  /** What kind of chart it is. */
  kind: ChartKind;
  /** The language of its labels. */
  lang: Lang;
  /** Its title. */
  title: string;
  /** The lines under it. */
  caption: string;
  /** The specification. */
  spec: Record<string, unknown>;
  /** What it leaves out. */
  findings: Finding[];
}
