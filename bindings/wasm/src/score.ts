import { Assessment, type ChartOptions, type CsvOptions } from "./assessment.js";
import type * as core from "./core.js";
import { Panel, period, WideTable } from "./data.js";
import type { LangOptions } from "./diff.js";
import { ask, call, expect, Handle, options as written, text } from "./engine.js";
import { wrong } from "./errors.js";
import { Explanation } from "./explanation.js";
import { type PeriodLike, release } from "./plan.js";
import { Scheme } from "./scheme.js";
import { type Columns, fetched } from "./table.js";
import type { Chart, ChartKind, Finding, Growth, Movement, RankInterval, RobustnessData, SchemeDocument, Score, ScoreRecord } from "./types.js";

/** Of which period, where a scorecard has several. */
export interface PeriodOptions {
  /** The period. */
  period?: PeriodLike | undefined;
}

/** What is simulated. */
export interface RobustnessOptions {
  /** How many runs. */
  runs: number;
  /** Told the runs done and all now and then; `false` stops. */
  onProgress?: ((done: number, total: number) => unknown) | undefined;
}

/** Scores observations, a wide table or an assessment by a scheme: its id, a document or a {@link Scheme}. */
export function score(data: Panel | WideTable | Assessment, scheme: string | Scheme | SchemeDocument): Scorecard {
  const [raw, own] = schemeOf(scheme);
  try {
    return Scorecard.of(
      call((module) => {
        if (data instanceof Panel) return module.score_panel(data.raw, raw);
        if (data instanceof WideTable) return module.score_table(data.raw, raw);
        if (data instanceof Assessment) return module.score_assessment(data.raw, raw);
        throw wrong("data", data, "a panel, a wide table or an assessment", "面板数据、宽表或评估");
      }),
    );
  } finally {
    if (own) release(raw);
  }
}

function schemeOf(scheme: string | Scheme | SchemeDocument): [core.Scheme, boolean] {
  if (scheme instanceof Scheme) return [scheme.raw, false];
  if (typeof scheme === "string") return [call((module) => module.Scheme.named(scheme)), true];
  return [Scheme.fromObject(scheme).raw, false];
}

/** Scores, ranks and grades. */
export class Scorecard extends Handle<core.Scorecard> {
  /** @internal */
  static of(raw: core.Scorecard): Scorecard {
    return new Scorecard(raw);
  }

  /** Its scheme. */
  get scheme(): Scheme {
    return Scheme.of(call(() => this.raw.scheme()));
  }

  /** What was found while it was made. */
  get findings(): Finding[] {
    return ask(() => this.raw.findings());
  }

  /** The score of each area, with its pillars. */
  scores(): Score[] {
    return ask(() => this.raw.scores());
  }

  /** The score of an area. */
  score(area: string, options?: PeriodOptions): Score {
    return ask(() => this.raw.score(text("area", area), written(options)));
  }

  /** The scorecard of one of its periods. */
  at(of: PeriodLike): Scorecard {
    return new Scorecard(call(() => this.raw.at(period("period", of))));
  }

  /** The weight of each indicator and pillar, by id. */
  weights(): Record<string, number> {
    return ask(() => this.raw.weights());
  }

  /** What changed since an earlier scorecard. */
  movement(earlier: Scorecard): Movement[] {
    return ask(() => this.raw.movement(expect("earlier", earlier, Scorecard).raw));
  }

  /** Mean growth a year between two of its periods. */
  annualGrowth(earlier: PeriodLike, later: PeriodLike): Growth[] {
    return ask(() => this.raw.annual_growth(period("earlier", earlier), period("later", later)));
  }

  /** Why the score of an area is what it is. */
  explain(area: string, options?: PeriodOptions & LangOptions): Explanation {
    const { lang, ...which } = options ?? {};
    return Explanation.of(call(() => this.raw.explain(text("area", area), written(which))), lang);
  }

  /**
   * How far ranks depend on choices that could have been made otherwise. The same seed, a whole number
   * from 0 on, gives the same numbers everywhere.
   */
  robustness(seed: number | bigint, options: RobustnessOptions): Robustness {
    const { runs, onProgress } = options;
    if (!(typeof seed === "bigint" || Number.isSafeInteger(seed)) || seed < 0 || seed > 0xffff_ffff_ffff_ffffn) throw wrong("seed", seed, "a whole number from 0 on", "非负整数");
    if (!Number.isInteger(runs) || runs < 0 || runs > 0xffff_ffff) throw wrong("runs", runs, "a whole number from 0 on", "非负整数");
    let failed: { error: unknown } | undefined;
    // What the callback throws must not go through the module.
    const tell = onProgress && ((done: number, total: number): boolean => {
      try {
        return onProgress(done, total) !== false;
      } catch (error) {
        failed = { error };
        return false;
      }
    });
    const raw = call(() => this.raw.robustness(BigInt(seed), runs, tell));
    if (failed) {
      release(raw);
      throw failed.error;
    }
    return Robustness.of(raw);
  }

  /** A flat record for each area and period. */
  toRecords(): ScoreRecord[] {
    return ask(() => this.raw.to_records());
  }

  /** The same as columns. */
  toColumns(): Columns {
    return fetched(() => this.raw.to_columns());
  }

  /** A table in Markdown, best first. */
  toMarkdown(options?: LangOptions): string {
    return call(() => this.raw.to_markdown(options?.lang));
  }

  /** A page with the same table. */
  toHtml(options?: LangOptions): string {
    return call(() => this.raw.to_html(options?.lang));
  }

  /** The records as CSV text. */
  toCsv(options?: CsvOptions): string {
    return call(() => this.raw.to_csv(written(options)));
  }

  /** A picture, as a Vega-Lite specification. */
  chart(kind: ChartKind, options?: ChartOptions<Scorecard>): Chart {
    const { earlier, ...rest } = options ?? {};
    const given = written(rest);
    if (earlier === undefined) return ask(() => this.raw.chart(text("kind", kind), given));
    return ask(() => this.raw.chart_since(text("kind", kind), given, expect("earlier", earlier, Scorecard).raw));
  }
}

/** A simulation of a scorecard. */
export class Robustness extends Handle<core.Robustness> {
  #data: RobustnessData | undefined;

  /** @internal */
  static of(raw: core.Robustness): Robustness {
    return new Robustness(raw);
  }

  /** What came out, as plain data. */
  get data(): RobustnessData {
    this.#data ??= ask<RobustnessData>(() => this.raw.object());
    return this.#data;
  }

  /** A picture, as a Vega-Lite specification. */
  chart(kind: ChartKind, options?: ChartOptions<never>): Chart {
    return ask(() => this.raw.chart(text("kind", kind), written(options)));
  }

  /** A table in Markdown. */
  toMarkdown(options?: LangOptions): string {
    return call(() => this.raw.to_markdown(options?.lang));
  }

  /** A page with the same table. */
  toHtml(options?: LangOptions): string {
    return call(() => this.raw.to_html(options?.lang));
  }

  /** A record for each area: its rank and how far it moves. */
  toRecords(): RankInterval[] {
    return this.data.intervals;
  }

  /** The data, for `JSON.stringify`. */
  toJSON(): RobustnessData {
    return this.data;
  }
}
