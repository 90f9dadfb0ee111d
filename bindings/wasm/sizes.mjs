// Prints the sizes of the package, and fails where they are over the budget.
// usage: node sizes.mjs <module.wasm> <folder of the package> <budget.json>
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const [module, folder, budget] = process.argv.slice(2);
const limits = JSON.parse(readFileSync(budget, "utf8"));

const sizeOf = (path) => {
  const bytes = readFileSync(path);
  return { raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length };
};
const dist = join(folder, "dist");
const scripts = readdirSync(dist).filter((name) => name.endsWith(".js") && !["wasm.js", "schemas.js", "arrow.js", "inline.js"].includes(name));
const sizes = {
  "attainment.wasm": sizeOf(module),
  "glue and face": scripts.map((name) => sizeOf(join(dist, name))).reduce((sum, size) => ({ raw: sum.raw + size.raw, gzip: sum.gzip + size.gzip })),
};

let failed = false;
for (const [name, { raw, gzip }] of Object.entries(sizes)) {
  const limit = limits[name];
  const over = gzip > limit;
  failed ||= over;
  console.log(`${name}: ${(raw / 1000).toFixed(0)} kB, ${(gzip / 1000).toFixed(1)} kB gzip, budget ${(limit / 1000).toFixed(0)} kB${over ? ": OVER" : ""}`);
}
if (failed) process.exit(1);
