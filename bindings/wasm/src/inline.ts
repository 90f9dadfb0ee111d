/**
 * The same as `attainment`, with the module inside: for bundlers that know no files beside a program.
 *
 * @module attainment/inline
 */
import { type InitInput, setLoader, start } from "./engine.js";
import { BASE64 } from "./wasm.js";

export * from "./api.js";

setLoader(bytes);

/** Loads the module. Without it the first call does, which keeps everything else waiting a moment. */
export function init(input?: InitInput): Promise<void> {
  return start(input ?? bytes());
}

function bytes(): Uint8Array<ArrayBuffer> {
  const text = atob(BASE64);
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
