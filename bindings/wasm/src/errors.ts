import type { Finding } from "./types.js";

/** What is thrown crosses the boundary as the JSON text of this. */
interface Thrown {
  family: string;
  code: string | null;
  message: string;
  findings: Finding[];
}

/**
 * Something that could not be done at all. It holds every problem, not the first.
 *
 * What can be worked around is no error but a finding of the result.
 */
export class AttainmentError extends Error {
  static {
    named(this, "AttainmentError");
  }
  /**
   * The code of the first problem: one of {@link codes}, or `internal` (a fault of this library: the
   * next call works on a fresh instance), `stale_handle` (an object of an instance that is gone, or
   * one that was disposed of) or `not_initialised`.
   */
  readonly code: string;
  /** Every problem. */
  readonly findings: readonly Finding[];

  constructor(message: string, code: string, findings: readonly Finding[] = [], options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.findings = findings;
  }

  /** The place of the first problem: a JSON pointer into the document, empty for the whole of it. */
  get path(): string {
    return (this.findings.find((finding) => finding.severity === "error") ?? this.findings[0])?.path ?? "";
  }

  /** Plain data: `name`, `code`, `path`, `message` and `findings`. */
  toJSON(): { name: string; code: string; path: string; message: string; findings: readonly Finding[] } {
    return { name: this.name, code: this.code, path: this.path, message: this.message, findings: this.findings };
  }
}

/** A text cannot be read. */
export class ParseError extends AttainmentError {
  static {
    named(this, "ParseError");
  }
}

/** A document does not hold together. */
export class PlanError extends AttainmentError {
  static {
    named(this, "PlanError");
  }
}

/** Observations, tables or options cannot be used. */
export class InputError extends AttainmentError {
  static {
    named(this, "InputError");
  }
}

/** A question cannot be answered. */
export class AssessError extends AttainmentError {
  static {
    named(this, "AssessError");
  }
}

/** A minifier shortens the names of classes; the name of an error is part of the interface. */
function named(type: { prototype: Error }, name: string): void {
  Object.defineProperty(type.prototype, "name", { value: name, configurable: true, writable: true });
}

const FAMILIES: Record<string, typeof AttainmentError> = { ParseError, PlanError, InputError, AssessError };

/** The error that crossed the boundary as text. */
export function received(text: string): AttainmentError {
  const { family, code, message, findings } = JSON.parse(text) as Thrown;
  const type = FAMILIES[family] ?? AttainmentError;
  return new type(message, code ?? "internal", findings);
}

/** An argument that is not what it should be. */
export function wrong(name: string, value: unknown, en: string, zh: string): InputError {
  const shown = typeof value === "string" ? value.slice(0, 60) : value === null ? "null" : typeof value;
  const finding: Finding = {
    code: "wrong_type",
    severity: "error",
    path: `/${name}`,
    line: null,
    column: null,
    row: null,
    start: null,
    end: null,
    message: { en: `\`${name}\` is ${en}, not \`${shown}\``, zh: `\`${name}\`应为${zh},而不是\`${shown}\`` },
    help: null,
  };
  return new InputError(`the arguments cannot be used: 1 problem\n  error[wrong_type] /${name}: ${finding.message.en}`, "wrong_type", [finding]);
}
