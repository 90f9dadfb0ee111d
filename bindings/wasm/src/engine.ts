import * as core from "./core.js";
import { AttainmentError, received, wrong } from "./errors.js";

/** What {@link init} takes: where the module is, or the module itself. */
export type InitInput = string | URL | Request | Response | BufferSource | WebAssembly.Module;

/** Which instance it is: a fresh one has the next number. 0 is none. */
let generation = 0;
/** How many calls are under way: a callback may call again. */
let depth = 0;
/** Whether the instance has trapped, so that its memory cannot be trusted. */
let broken = false;
/** Gets the module without waiting, where that can be done. */
let load: (() => BufferSource) | undefined;
let starting: Promise<void> | undefined;

/** Says how the module is got where nobody waits for it: in Node, and where it is part of the program. */
export function setLoader(loader: () => BufferSource): void {
  load = loader;
}

/** Starts the engine from a module; once. */
export function start(input: InitInput | Promise<Response>): Promise<void> {
  if (generation > 0) return Promise.resolve();
  starting ??= core.default({ module_or_path: input }).then(
    () => {
      generation ||= 1;
    },
    (error: unknown) => {
      starting = undefined;
      throw new AttainmentError(`the module cannot be loaded: ${String(error)}`, "not_initialised", [], { cause: error });
    },
  );
  return starting;
}

/** Starts the engine from the loader, if there is one. */
export function startNow(): boolean {
  if (generation > 0) return true;
  if (!load) return false;
  core.initSync({ module: load() });
  generation = 1;
  return true;
}

/**
 * Runs a call of the module. Whatever goes wrong in it becomes an {@link AttainmentError}.
 */
export function call<T>(run: (module: typeof core) => T): T {
  if (!startNow()) {
    throw new AttainmentError("the module is not loaded: call `await init()` first", "not_initialised");
  }
  if (broken) throw internal(undefined);
  depth += 1;
  try {
    const answer = run(core);
    // A call within this one may have failed without this one knowing.
    if (broken) throw internal(undefined);
    return answer;
  } catch (error) {
    if (typeof error === "string") throw received(error);
    if (error instanceof AttainmentError) throw error;
    // An argument of a wrong type never got as far as the module. After anything else its memory
    // cannot be trusted.
    broken ||= !(error instanceof TypeError);
    throw internal(error);
  } finally {
    depth -= 1;
    if (depth === 0 && broken) restart();
  }
}

function internal(cause: unknown): AttainmentError {
  return new AttainmentError("an internal error: this is a fault of the library; the next call works on a fresh instance", "internal", [], { cause });
}

/** Takes a fresh instance. What lived in the old one is gone. */
function restart(): void {
  core.__wbg_reset_state();
  broken = false;
  generation += 1;
}

/** What lives in the memory of the module. */
interface Raw {
  free(): void;
}

/**
 * An object whose data live in the memory of the module.
 *
 * They are freed when nobody holds the object any more. Who does not want to wait for that writes
 * `using`, or calls `object[Symbol.dispose]()`.
 */
export abstract class Handle<R extends Raw> {
  #raw: R | undefined;
  readonly #generation: number;

  /** @internal */
  protected constructor(raw: R) {
    this.#raw = raw;
    this.#generation = generation;
  }

  /** @internal */
  get raw(): R {
    if (this.#raw === undefined || this.#generation !== generation) {
      const why = this.#raw === undefined ? "was disposed of" : "belongs to an instance that is gone after an internal error";
      throw new AttainmentError(`this object ${why}: make it anew`, "stale_handle");
    }
    return this.#raw;
  }

  /** Frees the memory now. */
  [Symbol.dispose](): void {
    const raw = this.#raw;
    this.#raw = undefined;
    if (raw && this.#generation === generation) raw.free();
  }
}

/** Runs a call of the module whose answer is JSON text. */
export function ask<T>(run: (module: typeof core) => string): T {
  return JSON.parse(call(run)) as T;
}

/** A text that was handed in. */
export function text(name: string, value: unknown): string {
  if (typeof value !== "string") throw wrong(name, value, "a text", "文本");
  return value;
}

/** An object of this package that was handed in. */
export function expect<T extends object>(name: string, value: T, type: { prototype: T; name: string }): T {
  if (value !== null && typeof value === "object" && Object.prototype.isPrototypeOf.call(type.prototype, value)) return value;
  throw wrong(name, value, `a ${type.name}`, type.name);
}

/** A value as JSON text: the module reads nothing else. */
export function json(value: unknown): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(value, plain);
  } catch (error) {
    const problem = wrong("value", value, "a value without an end in itself", "不含循环引用的值");
    problem.cause = error;
    throw problem;
  }
  if (text === undefined) return "null";
  // Halves of characters are no text; they are replaced as everywhere where text becomes bytes.
  return text.includes("\\ud") ? text.replace(/\\(u[d][89a-f][0-9a-f]{2}|.)/gs, (escape, what: string) => (what.length === 5 ? "\ufffd" : escape)) : text;
}

/** What JSON has no word for. */
function plain(_: string, value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "number" && !Number.isFinite(value)) return Number.isNaN(value) ? null : String(value);
  return value;
}

/** Options as JSON text, in the words of the core: `asOf` is `as_of`. */
export function options(given: object | undefined): string {
  if (given === undefined || given === null) return "{}";
  if (typeof given !== "object" || Array.isArray(given)) throw wrong("options", given, "an object", "对象");
  return json(Object.fromEntries(Object.entries(given).map(([name, value]) => [snake(name), value])));
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
