import type * as core from "./core.js";
import type { LangOptions } from "./diff.js";
import { ask, call, Handle, options as written, text } from "./engine.js";
import { wrong } from "./errors.js";
import { Plan } from "./plan.js";
import type { DraftRecord, Finding, Lang } from "./types.js";

/** What a caller can say about a text. */
export interface ExtractOptions {
  /** The year that 今年 and “this year” are. */
  referenceYear?: number | undefined;
  /** The title of the document, where the text does not have it. */
  title?: string | undefined;
  /** The language of the text; found out by default. */
  lang?: Lang | undefined;
}

/** A place in a text, in Unicode code points. */
export interface Span {
  /** The first code point. */
  readonly start: number | null;
  /** The code point after the last. */
  readonly end: number | null;
}

/** Reads targets, observations and instruments out of a policy text. */
export function extract(source: string, options?: ExtractOptions): Draft {
  return Draft.of(call((module) => module.extract(text("text", source), written(options))));
}

/** What was read out of a text. Its places are Unicode code points; {@link Draft.utf16Range} has those of JavaScript. */
export class Draft extends Handle<core.Draft> {
  #about: { title: string | null; lang: Lang; text: string } | undefined;

  /** @internal */
  static of(raw: core.Draft): Draft {
    return new Draft(raw);
  }

  get #object(): { title: string | null; lang: Lang; text: string } {
    this.#about ??= ask<{ title: string | null; lang: Lang; text: string }>(() => this.raw.object());
    return this.#about;
  }

  /** The title of the document. */
  get title(): string | null {
    return this.#object.title;
  }

  /** The language it was read in. */
  get lang(): Lang {
    return this.#object.lang;
  }

  /** The text that was read: places count in it. */
  get text(): string {
    return this.#object.text;
  }

  /** A record for each item. */
  toRecords(): DraftRecord[] {
    return ask(() => this.raw.to_records());
  }

  /** What was met on the way and could not be read. */
  get findings(): Finding[] {
    return ask(() => this.raw.findings());
  }

  /**
   * The plan it makes.
   *
   * @throws {PlanError} when what was read does not make one
   */
  toPlan(): Plan {
    return Plan.of(call(() => this.raw.to_plan()));
  }

  /** What is lost or assumed on the way to a plan. */
  planFindings(): Finding[] {
    return ask(() => this.raw.plan_findings());
  }

  /** Where an item or finding stands in {@link Draft.text}, as `slice` counts; `null` where it has no place. */
  utf16Range(of: Span): [number, number] | null {
    return utf16Range(this.text, of);
  }

  /** What was read, in words. */
  toText(options?: LangOptions): string {
    return call(() => this.raw.to_text(options?.lang));
  }

  /** What was read, as a table in Markdown. */
  toMarkdown(options?: LangOptions): string {
    return call(() => this.raw.to_markdown(options?.lang));
  }

  /** The text in HTML, with what was read marked in it. */
  toHtml(options?: LangOptions): string {
    return call(() => this.raw.to_html(options?.lang));
  }
}

/** Where a span of code points stands in a text, as `slice` counts; `null` where it has no place. */
export function utf16Range(source: string, span: Span): [number, number] | null {
  const { start, end } = span;
  if (start === null || end === null || start === undefined || end === undefined) return null;
  if (!Number.isInteger(start) || !Number.isInteger(end) || start < 0 || end < start) throw wrong("span", span, "a span of code points", "以码点计的区间");
  let units = 0;
  let from = -1;
  for (let points = 0; ; points += 1) {
    if (points === start) from = units;
    if (points === end) return [from, units];
    const point = source.codePointAt(units);
    if (point === undefined) return from < 0 ? null : [from, units];
    units += point > 0xffff ? 2 : 1;
  }
}
