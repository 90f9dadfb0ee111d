import type * as core from "./core.js";
import { type Panel, TargetTable } from "./data.js";
import { Diff, type LangOptions } from "./diff.js";
import { ask, call, expect, Handle, options as written, text } from "./engine.js";
import { AssessError, InputError } from "./errors.js";
import { Explanation } from "./explanation.js";
import { type PeriodLike, Plan } from "./plan.js";
import { type Columns, fetched } from "./table.js";
import type {
  AssessmentRecord,
  CascadePart,
  CascadeRecord,
  Chart,
  ChartKind,
  Disagreement,
  Finding,
  LeftOut,
  Outlook,
  RolledWhole,
  State,
  Theme,
  Verdict,
  WholeCheck,
} from "./types.js";

/** Which verdict, where there are several of a target and area. */
export interface VerdictOptions {
  /** The moment. */
  asOf?: PeriodLike | undefined;
  /** The method. */
  method?: string | undefined;
}

/** How CSV is written. */
export interface CsvOptions {
  /** Whether the text begins with a byte order mark, by which Excel knows it for UTF-8; not by default. */
  bom?: boolean | undefined;
  /** Whether an apostrophe is put before texts that a spreadsheet would compute; by default it is. */
  guard?: boolean | undefined;
}

/** What is drawn and how. */
export interface ChartOptions<Earlier> extends LangOptions {
  /** The page it is made for; `light` by default. */
  theme?: Theme | undefined;
  /** The width of the plot in pixels, from 160 to 2000; 480 by default. */
  width?: number | undefined;
  /** Where the data are from, for the caption. */
  source?: string | undefined;
  /** Of these targets alone. */
  target?: string | readonly string[] | undefined;
  /** Of these areas alone. */
  area?: string | readonly string[] | undefined;
  /** Of these moments alone. */
  asOf?: PeriodLike | readonly PeriodLike[] | undefined;
  /** Of these methods alone. */
  method?: string | readonly string[] | undefined;
  /** As known at these vintages. */
  vintage?: PeriodLike | readonly PeriodLike[] | undefined;
  /** What it compares with. */
  earlier?: Earlier | undefined;
}

/** All verdicts. */
export class Assessment extends Handle<core.Assessment> {
  /** @internal */
  static of(raw: core.Assessment, panel: Panel, strict: boolean): Assessment {
    const assessment = new Assessment(raw);
    if (strict) {
      const ofPanel = panel.findings;
      if (ofPanel.length > 0) throw new InputError(said("the observations cannot be used", ofPanel), ofPanel[0]?.code ?? "", ofPanel);
      const errors = assessment.findings.filter((finding) => finding.severity === "error");
      if (errors.length > 0) throw new AssessError(said("the question cannot be answered", errors), errors[0]?.code ?? "", errors);
    }
    return assessment;
  }

  /** The number of verdicts. */
  get length(): number {
    return call(() => this.raw.rows());
  }

  /**
   * The verdict on a target in an area; `""` is the area of a plan that has none.
   *
   * @throws {AssessError} when there is none, or several of which the options do not pick one
   */
  verdict(target: string, area: string, options?: VerdictOptions): Verdict {
    return ask(() => this.raw.verdict(text("target", target), text("area", area), written(options)));
  }

  /** All of them. */
  verdicts(): Verdict[] {
    return ask(() => this.raw.verdicts());
  }

  /** A flat record for each. Decimals are text. */
  toRecords(): AssessmentRecord[] {
    return ask(() => this.raw.to_records());
  }

  /** The same as columns. `value`, `bound` and `gap` are floats, or exact with `decimals`. */
  toColumns(options?: { decimals?: boolean | undefined }): Columns {
    return fetched(() => this.raw.to_columns(options?.decimals === true));
  }

  /** How many there are of each state. */
  summary(): Record<State, number> {
    return ask(() => this.raw.summary());
  }

  /** What was found while it was made. */
  get findings(): Finding[] {
    return ask(() => this.raw.findings());
  }

  /** What changed from this to a later assessment. */
  diff(later: Assessment): Diff {
    return Diff.of(call(() => this.raw.diff(expect("later", later, Assessment).raw)));
  }

  /** The plan that was assessed. */
  get plan(): Plan {
    return Plan.of(call(() => this.raw.plan()));
  }

  /** Where methods disagree. */
  disagreements(): Disagreement[] {
    return ask(() => this.raw.disagreements());
  }

  /** Where methods disagree, as a table in Markdown. */
  disagreementsToMarkdown(options?: LangOptions): string {
    return call(() => this.raw.disagreements_to_markdown(options?.lang));
  }

  /** Where methods disagree, as a page. */
  disagreementsToHtml(options?: LangOptions): string {
    return call(() => this.raw.disagreements_to_html(options?.lang));
  }

  /** What is needed from here, as a table in Markdown. */
  outlookToMarkdown(options?: LangOptions): string {
    return call(() => this.raw.outlook_to_markdown(options?.lang));
  }

  /** What is needed from here, as a page. */
  outlookToHtml(options?: LangOptions): string {
    return call(() => this.raw.outlook_to_html(options?.lang));
  }

  /** What is needed from here. */
  outlook(): Outlook[] {
    return ask(() => this.raw.outlook());
  }

  /** Why a verdict is what it is, step by step; `lang` is that of its texts where they do not say. */
  explain(target: string, area: string, options?: VerdictOptions & LangOptions): Explanation {
    const { lang, ...which } = options ?? {};
    return Explanation.of(call(() => this.raw.explain(text("target", target), text("area", area), written(which))), lang);
  }

  /** A table for a terminal. */
  toText(options?: LangOptions): string {
    return call(() => this.raw.to_text(options?.lang));
  }

  /** A table in Markdown. */
  toMarkdown(options?: LangOptions): string {
    return call(() => this.raw.to_markdown(options?.lang));
  }

  /** A table in HTML. What comes from the plan and the data is text in it, never markup. */
  toHtml(options?: LangOptions): string {
    return call(() => this.raw.to_html(options?.lang));
  }

  /** The records as CSV text. */
  toCsv(options?: CsvOptions): string {
    return call(() => this.raw.to_csv(written(options)));
  }

  /** A picture, as a Vega-Lite specification. */
  chart(kind: ChartKind, options?: ChartOptions<Assessment>): Chart {
    const { earlier, ...rest } = options ?? {};
    const given = written(rest);
    if (earlier === undefined) return ask(() => this.raw.chart(text("kind", kind), given));
    return ask(() => this.raw.chart_since(text("kind", kind), given, expect("earlier", earlier, Assessment).raw));
  }
}

function said(what: string, findings: readonly Finding[]): string {
  const lines = findings.slice(0, 10).map((finding) => `\n  ${finding.severity}[${finding.code}] ${finding.path}: ${finding.message.en}`);
  return `${what}: ${findings.length} problem${findings.length === 1 ? "" : "s"}${lines.join("")}`;
}

/** What a cascade, its check and a roll-up have in common. */
abstract class Cascaded<R extends CascadedRaw> extends Handle<R> {
  /** What was found while it was made. */
  get findings(): Finding[] {
    return ask(() => this.raw.findings());
  }

  /** A flat record for each area. */
  toRecords(): CascadeRecord[] {
    return ask(() => this.raw.to_records());
  }

  /** The same as columns. */
  toColumns(): Columns {
    return fetched(() => this.raw.to_columns());
  }

  /** Why the number of an area is what it is. */
  explain(area: string, options?: LangOptions): Explanation {
    return Explanation.of(call(() => this.raw.explain(text("area", area))), options?.lang);
  }
}

interface CascadedRaw {
  free(): void;
  findings(): string;
  to_records(): string;
  to_columns(): core.Fetch;
  explain(area: string): core.Explanation;
}

/** A target handed down. */
export class Cascade extends Cascaded<core.Cascade> {
  /** @internal */
  static of(raw: core.Cascade): Cascade {
    return new Cascade(raw);
  }

  /** The target that was handed down. */
  get target(): string {
    return call(() => this.raw.target());
  }

  /** What each part got. */
  get parts(): CascadePart[] {
    return ask(() => this.raw.parts());
  }

  /** The parts without a target, and why. */
  get leftOut(): LeftOut[] {
    return ask(() => this.raw.left_out());
  }

  /** The target table of the parts, for `assess` or {@link Plan.checkCascade}. */
  get table(): TargetTable {
    return TargetTable.of(call(() => this.raw.table()));
  }
}

/** Whether the targets of parts come to that of the whole. */
export class CascadeCheck extends Cascaded<core.CascadeCheck> {
  /** @internal */
  static of(raw: core.CascadeCheck): CascadeCheck {
    return new CascadeCheck(raw);
  }

  /** What there is to say of each whole. */
  get wholes(): WholeCheck[] {
    return ask(() => this.raw.wholes());
  }
}

/** Values rolled up. */
export class RollUp extends Cascaded<core.RollUp> {
  /** @internal */
  static of(raw: core.RollUp): RollUp {
    return new RollUp(raw);
  }

  /** The value of each whole, with its parts. */
  get wholes(): RolledWhole[] {
    return ask(() => this.raw.wholes());
  }
}
