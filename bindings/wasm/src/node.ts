import { readFileSync } from "node:fs";
import { type InitInput, setLoader, start, startNow } from "./engine.js";

export * from "./api.js";

setLoader(() => readFileSync(new URL("./attainment.wasm", import.meta.url)));

/** Loads the module, which happens by itself in Node as soon as it is needed. */
export async function init(input?: InitInput): Promise<void> {
  if (input === undefined) startNow();
  else await start(input);
}
