import type * as core from "./core.js";
import { ask, call, Handle } from "./engine.js";
import type { Change, Lang } from "./types.js";

/** In which language something is written; English by default. */
export interface LangOptions {
  /** `en` or `zh`; a tag such as `zh-CN` too. */
  lang?: Lang | (string & {}) | undefined;
}

/** What changed: a sequence of changes. */
export class Diff extends Handle<core.Diff> implements Iterable<Change> {
  #changes: Change[] | undefined;

  /** @internal */
  static of(raw: core.Diff): Diff {
    return new Diff(raw);
  }

  /** The changes. */
  get changes(): Change[] {
    this.#changes ??= ask<Change[]>(() => this.raw.changes());
    return this.#changes;
  }

  /** How many there are. */
  get length(): number {
    return this.changes.length;
  }

  [Symbol.iterator](): Iterator<Change> {
    return this.changes[Symbol.iterator]();
  }

  /** A line for each. */
  toText(options?: LangOptions): string {
    return call(() => this.raw.to_text(options?.lang));
  }

  /** A list in Markdown. */
  toMarkdown(options?: LangOptions): string {
    return call(() => this.raw.to_markdown(options?.lang));
  }

  /** The changes, as plain data. */
  toRecords(): Change[] {
    return this.changes;
  }

  /** The changes, for `JSON.stringify`. */
  toJSON(): Change[] {
    return this.changes;
  }
}
