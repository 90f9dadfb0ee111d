import type * as core from "./core.js";
import type { LangOptions } from "./diff.js";
import { ask, call, Handle } from "./engine.js";
import type { ExplanationData } from "./types.js";

/** Why something is what it is: a tree of steps, each with its formula, inputs and result. */
export class Explanation extends Handle<core.Explanation> {
  #data: ExplanationData | undefined;
  #lang: string | undefined;

  /** @internal */
  static of(raw: core.Explanation, lang: string | undefined): Explanation {
    const explanation = new Explanation(raw);
    explanation.#lang = lang;
    return explanation;
  }

  /** Title, verdict or score, and steps, as plain data. */
  get data(): ExplanationData {
    this.#data ??= ask<ExplanationData>(() => this.raw.object());
    return this.#data;
  }

  /** Indented text. */
  toText(options?: LangOptions): string {
    return call(() => this.raw.to_text(options?.lang ?? this.#lang));
  }

  /** A nested list in Markdown. */
  toMarkdown(options?: LangOptions): string {
    return call(() => this.raw.to_markdown(options?.lang ?? this.#lang));
  }

  /** Folding HTML. */
  toHtml(options?: LangOptions): string {
    return call(() => this.raw.to_html(options?.lang ?? this.#lang));
  }

  /** The data, for `JSON.stringify`. */
  toJSON(): ExplanationData {
    return this.data;
  }

  /** The text. */
  override toString(): string {
    return this.toText();
  }
}
