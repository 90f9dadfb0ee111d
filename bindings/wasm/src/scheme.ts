import type * as core from "./core.js";
import { ask, call, Handle, json, text } from "./engine.js";
import { type FormatOptions, formatOf } from "./plan.js";
import type { Finding, SchemeDocument } from "./types.js";

/** How values or verdicts become one score. */
export class Scheme extends Handle<core.Scheme> {
  /**
   * Reads a scheme.
   *
   * @throws {ParseError} when the text is not well-formed
   * @throws {PlanError} when the document does not hold together
   */
  static parse(source: string, options?: FormatOptions): Scheme {
    return new Scheme(call((module) => module.Scheme.parse(text("text", source), formatOf(options))));
  }

  /** Reads a scheme that is an object already. */
  static fromObject(document: SchemeDocument): Scheme {
    return new Scheme(call((module) => module.Scheme.from_object(json(document))));
  }

  /** All that is wrong with a text. Never throws on what the text says. */
  static check(source: string, options?: FormatOptions): Finding[] {
    return ask((module) => module.Scheme.check(text("text", source), formatOf(options)));
  }

  /** @internal */
  static of(raw: core.Scheme): Scheme {
    return new Scheme(raw);
  }

  /** Its id. */
  get id(): string {
    return call(() => this.raw.id());
  }

  /** The warnings it was read with. */
  get findings(): Finding[] {
    return ask(() => this.raw.findings());
  }

  /** What is probably not meant. */
  lint(): Finding[] {
    return ask(() => this.raw.lint());
  }

  /** The scheme as text, which {@link Scheme.parse} reads. */
  toText(options?: FormatOptions): string {
    return call(() => this.raw.to_text(formatOf(options)));
  }

  /** The scheme as an object, which {@link Scheme.fromObject} reads. */
  toObject(): SchemeDocument {
    return ask(() => this.raw.to_object());
  }
}
