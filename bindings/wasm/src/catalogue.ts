import { ask, call, options as written, text } from "./engine.js";
import { Explanation } from "./explanation.js";
import { Method, type MethodLike, release, type PeriodLike } from "./plan.js";
import type { LangOptions } from "./diff.js";
import type * as core from "./core.js";
import type { CodeInfo, Direction, Kind, MethodInfo, Pace, SchemeInfo } from "./types.js";

/** A number: a float stands for its shortest decimal text. */
export type NumberLike = number | string | bigint;

/** One series, and by which method it is judged. */
export interface PaceOptions {
  /** The method. */
  method: MethodLike;
  /** Points: period, value and perhaps an SDMX status. */
  series: readonly (readonly [PeriodLike, NumberLike | null] | readonly [PeriodLike, NumberLike | null, string | null])[];
  /** Which way is better. */
  direction: Direction;
  /** What is to be reached: a period and a value or an interval, or what holds in each period; absent for a direction alone. */
  target?: readonly [PeriodLike, NumberLike | readonly [NumberLike, NumberLike]] | { readonly each: NumberLike | readonly [NumberLike, NumberLike] } | undefined;
  /** The base period. */
  baseline?: PeriodLike | undefined;
  /** The natural limit. */
  limit?: NumberLike | undefined;
  /** Other marks, by name. */
  marks?: Readonly<Record<string, NumberLike>> | undefined;
  /** The values of a group of areas. */
  peers?: readonly NumberLike[] | undefined;
  /** The path that values have typically taken: time and value. */
  typicalPath?: readonly (readonly [NumberLike, NumberLike])[] | undefined;
  /** The kind of indicator. */
  kind?: Kind | undefined;
  /** Whether values are percentages. */
  percent?: boolean | undefined;
  /** How much of the way is expected by when; several are each judged. */
  schedule?: Schedule | readonly Schedule[] | undefined;
}

/** How much of the way is expected by when: a word, or stated shares. */
export type Schedule = "straight" | "compound" | "annual" | { readonly steps: Readonly<Record<string, string>> } | { readonly seasonal: readonly string[] };

function withQuestion<T>(options: PaceOptions, run: (question: core.PaceQuestion) => T): T {
  const { method, ...rest } = options;
  const given = written(rest);
  const question = call((module) => {
    if (method instanceof Method) return module.PaceQuestion.by(method.raw, given);
    if (method !== null && typeof method === "object") return module.PaceQuestion.by(Method.fromObject(method).raw, given);
    return module.PaceQuestion.named(text("method", method), given);
  });
  try {
    return run(question);
  } finally {
    release(question);
  }
}

/**
 * The pace of one series, without a plan.
 *
 * A pace that cannot answer has a `reason`; it throws only on bad arguments.
 */
export function pace(options: PaceOptions): Pace {
  return withQuestion(options, (question) => ask<Pace>(() => question.pace()));
}

/** Why the pace of one series is what it is. */
export function explainPace(options: PaceOptions & LangOptions): Explanation {
  const { lang, ...rest } = options;
  return withQuestion(rest, (question) => Explanation.of(call(() => question.explain()), lang));
}

/** The published methods, with their sources and what they have a case for. */
export function methods(): MethodInfo[] {
  return ask((module) => module.methods());
}

/** The ready-made schemes, with their sources. */
export function schemes(): SchemeInfo[] {
  return ask((module) => module.schemes());
}

/** The codes that findings can have. */
export function codes(): CodeInfo[] {
  return ask((module) => module.codes());
}

/** The nearest float of a decimal text; `null` stays `null`. */
export function toNumber(decimal: string): number;
export function toNumber(decimal: string | null): number | null;
export function toNumber(decimal: string | null): number | null {
  return decimal === null ? null : Number(text("decimal", decimal));
}
