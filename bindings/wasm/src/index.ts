/**
 * Policy targets: is a target attained, is it on pace, how good is the evidence, and why.
 *
 * In a browser, `await init()` once; everything after it is synchronous. In Node nothing has to be
 * loaded, and `init` does no harm.
 *
 * @module attainment
 */
import { type InitInput, start } from "./engine.js";

export * from "./api.js";

/**
 * Loads the module: by default the file `attainment.wasm` beside this one. Once loaded, it does nothing.
 */
export function init(input?: InitInput): Promise<void> {
  return start(input ?? new URL("./attainment.wasm", import.meta.url));
}
