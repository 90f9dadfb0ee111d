export { Assessment, Cascade, CascadeCheck, type ChartOptions, type CsvOptions, RollUp, type VerdictOptions } from "./assessment.js";
export { codes, explainPace, methods, type NumberLike, type PaceOptions, pace, type Schedule, schemes, toNumber } from "./catalogue.js";
export { type OpenSdg, Panel, PanelBuilder, TargetTable, WideTable } from "./data.js";
export { Diff, type LangOptions } from "./diff.js";
export { Draft, type ExtractOptions, extract, type Span, utf16Range } from "./draft.js";
export type { InitInput } from "./engine.js";
export { AssessError, AttainmentError, InputError, ParseError, PlanError } from "./errors.js";
export { Explanation } from "./explanation.js";
export { type AssessOptions, type Format, type FormatOptions, type Merged, Method, type MethodLike, type PeriodLike, Plan } from "./plan.js";
export { SCHEMAS, type SchemaName, schema } from "./schemas.js";
export { Scheme } from "./scheme.js";
export { type PeriodOptions, Robustness, type RobustnessOptions, Scorecard, score } from "./score.js";
export {
  type Cell,
  type Column,
  type Columns,
  cellOf,
  type DecimalColumn,
  type InputColumn,
  type InputColumns,
  type InputRecord,
  type NumberArray,
  type NumberColumn,
  type ReadOptions,
  type TruthColumn,
  type WordColumn,
} from "./table.js";
export type * from "./types.js";
export { FORMAT_VERSION, VERSION } from "./version.js";
