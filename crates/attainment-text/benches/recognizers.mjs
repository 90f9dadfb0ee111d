// Compares the reading of one text with Microsoft's recogniser of numbers and units, in the same run.
//
//   node crates/attainment-text/benches/recognizers.mjs
//
// The package is installed into target/recognizers and is no dependency of anything else. It finds
// numbers with their units and nothing more: no indicator, no comparison, no period.

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const PACKAGE = "@microsoft/recognizers-text-suite";
const VERSION = "1.3.1";

const root = join(dirname(fileURLToPath(import.meta.url)), "../../..");
const target = join(root, "target/recognizers");
mkdirSync(target, { recursive: true });
if (!existsSync(join(target, "node_modules", PACKAGE))) {
  execFileSync("npm", ["install", "--no-save", "--no-audit", "--no-fund", "--prefix", target, `${PACKAGE}@${VERSION}`], { stdio: "inherit" });
}
const suite = createRequire(join(target, "package.json"))(PACKAGE);

const file = join(target, "text.txt");
const ours = execFileSync("cargo", ["bench", "-q", "-p", "attainment-text", "--bench", "extract", "--", "--write", file], { cwd: root, encoding: "utf8" });
const speed = Number(ours.match(/([\d.]+) MB\/s/)[1]);

// The recogniser reads one sentence at a time; longer texts only make it slower.
const sentences = readFileSync(file, "utf8").split(/(?<=[。；\n])/u).filter((sentence) => sentence.trim());
const culture = suite.Culture.Chinese;
const read = (sentence) => suite.recognizeNumberWithUnit
  ? suite.recognizeNumberWithUnit(sentence, culture)
  : [...suite.recognizeNumber(sentence, culture), ...suite.recognizePercentage(sentence, culture), ...suite.recognizeCurrency(sentence, culture), ...suite.recognizeDimension(sentence, culture)];
for (const sentence of sentences.slice(0, 200)) read(sentence);

const start = process.hrtime.bigint();
let [bytes, found] = [0, 0];
for (const sentence of sentences) {
  found += read(sentence).length;
  bytes += Buffer.byteLength(sentence);
  if (process.hrtime.bigint() - start > 20_000_000_000n) break;
}
const seconds = Number(process.hrtime.bigint() - start) / 1e9;
const theirs = bytes / 1e6 / seconds;
console.log(`attainment-text                     ${speed.toFixed(3)} MB/s`);
console.log(`${PACKAGE}  ${theirs.toFixed(3)} MB/s (${found} numbers in ${(bytes / 1e6).toFixed(2)} MB)`);
console.log(`ratio                               ${(speed / theirs).toFixed(0)}`);
