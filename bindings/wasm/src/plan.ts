import { Assessment, Cascade, CascadeCheck, RollUp } from "./assessment.js";
import type * as core from "./core.js";
import { Panel, TargetTable } from "./data.js";
import { Diff, type LangOptions } from "./diff.js";
import { ask, call, expect, Handle, json, options as written, text } from "./engine.js";
import { wrong } from "./errors.js";
import { Scheme } from "./scheme.js";
import type { CascadeDocument, Choice, Finding, MethodDocument, PlanDocument, RollUpDocument, Threshold } from "./types.js";

/** How a document is written. */
export type Format = "yaml" | "json";

/** How a text is read or written; YAML by default, which JSON is a part of. */
export interface FormatOptions {
  /** The format. */
  format?: Format | undefined;
}

/** A period or a day: `2025`, `"2025-Q3"`, `"2025-06"`, a date (its day in UTC). */
export type PeriodLike = string | number | Date;

/** A method: its id, with parameters or without (`linear?schedule=compound`), one's own document, or a {@link Method}. */
export type MethodLike = string | Method | MethodDocument;

/** What is asked of a plan. */
export interface AssessOptions {
  /** Up to when observations are used; required, for there is no clock. Several are each judged. */
  asOf: PeriodLike | readonly PeriodLike[];
  /** What was known: observations published later are not used. Everything by default. */
  vintage?: PeriodLike | null | undefined;
  /** By which methods pace is judged; by none by default. */
  method?: MethodLike | readonly MethodLike[] | null | undefined;
  /** Bounds that go before those of the plan. */
  targets?: TargetTable | null | undefined;
  /** How values are compared with bounds; `exact` by default. */
  threshold?: Threshold | null | undefined;
  /** Whether findings of the panel and of the assessment that are errors are thrown. */
  strict?: boolean | undefined;
}

/** A plan out of two copies. */
export interface Merged {
  /** The plan, under the ids of the first copy. */
  plan: Plan;
  /** What differed, and what was taken. */
  choices: Choice[];
}

/** @internal */
export function formatOf(options: FormatOptions | undefined): string {
  const { format, ...rest } = options ?? {};
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) throw wrong(unknown, unknown, "no option here: there is `format`", "未知选项:可用`format`");
  return format === undefined ? "yaml" : text("format", format);
}

/** The commitments of a policy document. */
export class Plan extends Handle<core.Plan> {
  /**
   * Reads a plan.
   *
   * @throws {ParseError} when the text is not well-formed
   * @throws {PlanError} when the document does not hold together
   */
  static parse(source: string, options?: FormatOptions): Plan {
    return new Plan(call((module) => module.Plan.parse(text("text", source), formatOf(options))));
  }

  /** Reads a plan that is an object already; see {@link Plan.parse}. */
  static fromObject(document: PlanDocument): Plan {
    return new Plan(call((module) => module.Plan.from_object(json(document))));
  }

  /** A plan made of a target table, which has to say directions. */
  static fromTargets(table: TargetTable): Plan {
    return new Plan(call((module) => module.Plan.from_targets(expect("table", table, TargetTable).raw)));
  }

  /** All that is wrong with a text. Never throws on what the text says. */
  static check(source: string, options?: FormatOptions): Finding[] {
    return ask((module) => module.Plan.check(text("text", source), formatOf(options)));
  }

  /** @internal */
  static of(raw: core.Plan): Plan {
    return new Plan(raw);
  }

  /** The plan as text, which {@link Plan.parse} reads. */
  toText(options?: FormatOptions): string {
    return call(() => this.raw.to_text(formatOf(options)));
  }

  /** The plan as an object, which {@link Plan.fromObject} reads. */
  toObject(): PlanDocument {
    return ask(() => this.raw.to_object());
  }

  /** Its id. */
  get id(): string {
    return call(() => this.raw.id());
  }

  /** The plan in Markdown. */
  toMarkdown(options?: LangOptions): string {
    return call(() => this.raw.to_markdown(options?.lang));
  }

  /** The plan as a page. */
  toHtml(options?: LangOptions): string {
    return call(() => this.raw.to_html(options?.lang));
  }

  /** The warnings it was read with. */
  get findings(): Finding[] {
    return ask(() => this.raw.findings());
  }

  /** What is probably not meant. Needs no data. */
  lint(): Finding[] {
    return ask(() => this.raw.lint());
  }

  /** What another version says differently. */
  diff(other: Plan): Diff {
    return Diff.of(call(() => this.raw.diff(expect("other", other, Plan).raw)));
  }

  /** One plan out of two copies that are damaged in different places. */
  merge(other: Plan): Merged {
    const raw = call(() => this.raw.merge(expect("other", other, Plan).raw));
    try {
      return { plan: new Plan(call(() => raw.plan())), choices: ask(() => raw.choices()) };
    } finally {
      raw.free();
    }
  }

  /** The identity of what it says: equal for two texts that say the same. */
  digest(): string {
    return call(() => this.raw.digest());
  }

  /** Its own scheme, if it has one. */
  scheme(): Scheme | null {
    const raw = call(() => this.raw.scheme());
    return raw === undefined ? null : Scheme.of(raw);
  }

  /**
   * Judges every target in every area.
   *
   * @throws {AssessError} when the question cannot be answered
   */
  assess(panel: Panel, options: AssessOptions): Assessment {
    const { method, targets, strict, ...rest } = options ?? {};
    if (strict !== undefined && typeof strict !== "boolean") throw wrong("strict", strict, "`true` or `false`", "`true`或`false`");
    const asked = call((module) => new module.AssessOptions(written(rest)));
    try {
      for (const one of method === undefined || method === null ? [] : isList(method) ? method : [method]) {
        if (typeof one === "string") call(() => asked.method_id(one));
        else if (one instanceof Method) call(() => asked.method(one.raw));
        else call(() => asked.method(Method.fromObject(one).raw));
      }
      if (targets !== undefined && targets !== null) call(() => asked.targets(expect("targets", targets, TargetTable).raw));
      return Assessment.of(call(() => this.raw.assess(expect("panel", panel, Panel).raw, asked)), panel, strict === true);
    } finally {
      release(asked);
    }
  }

  /** Hands a target down from an area to its parts. */
  cascade(panel: Panel, rule: CascadeDocument, options?: { targets?: TargetTable | undefined }): Cascade {
    return withRule(rule, options?.targets, (raw) => Cascade.of(call(() => this.raw.cascade(expect("panel", panel, Panel).raw, raw))));
  }

  /** Checks whether the targets of the parts come to the target of the whole. */
  checkCascade(panel: Panel, rule: CascadeDocument, table: TargetTable, options?: { targets?: TargetTable | undefined }): CascadeCheck {
    return withRule(rule, options?.targets, (raw) => CascadeCheck.of(call(() => this.raw.check_cascade(expect("panel", panel, Panel).raw, raw, expect("table", table, TargetTable).raw))));
  }

  /** Rolls values of parts up to the areas they are parts of. */
  rollUp(panel: Panel, rule: RollUpDocument): RollUp {
    return RollUp.of(call(() => this.raw.roll_up(expect("panel", panel, Panel).raw, json(rule))));
  }
}

function isList(value: MethodLike | readonly MethodLike[]): value is readonly MethodLike[] {
  return Array.isArray(value);
}

function withRule<T>(rule: CascadeDocument, targets: TargetTable | undefined, run: (raw: core.CascadeRule) => T): T {
  const raw = call((module) => new module.CascadeRule(json(rule)));
  try {
    if (targets !== undefined) call(() => raw.targets(expect("targets", targets, TargetTable).raw));
    return run(raw);
  } finally {
    release(raw);
  }
}

/** Frees what only this call needed; after a trap it is gone already. */
export function release(raw: { free(): void }): void {
  try {
    raw.free();
  } catch {
    // Nothing is left to free.
  }
}

/** A rule of pace: one that is published, or one's own. */
export class Method extends Handle<core.Method> {
  /** One of {@link methods}, with parameters or without: `linear?schedule=compound`. */
  static named(id: string): Method {
    return new Method(call((module) => module.Method.named(text("id", id))));
  }

  /** One's own, as text. */
  static parse(source: string, options?: FormatOptions): Method {
    return new Method(call((module) => module.Method.parse(text("text", source), formatOf(options))));
  }

  /** One's own, as an object. */
  static fromObject(document: MethodDocument): Method {
    return new Method(call((module) => module.Method.from_object(json(document))));
  }

  /** Its id. */
  get id(): string {
    return call(() => this.raw.id());
  }
}
