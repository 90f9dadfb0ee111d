// Assessment of a large table with typed arrays, against the same in hand-written JavaScript on floats
// that decides nothing exactly; start-up time; sizes. Both run in turn, so that a noisy machine is noisy
// for both.
//
// usage: node bench.mjs [areas]   (2,843 areas × 50 indicators × 11 years by default)
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { Panel, Plan, TargetTable } from "attainment";

const AREAS = Number(process.argv[2] ?? 2843);
const [INDICATORS, FIRST, YEARS, BASE, DUE] = [50, 2015, 11, 2020, 2030];
const ROWS = AREAS * INDICATORS * YEARS;
const SERIES = AREAS * INDICATORS;

// The workload: values with two decimals, one in twenty missing, in the order of years.
let state = 7;
const random = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
};
const area = new Uint32Array(ROWS);
const indicator = new Uint16Array(ROWS);
const year = new Int16Array(ROWS);
const value = new Float64Array(ROWS);
const start = Float64Array.from({ length: SERIES }, () => Math.round(1000 + random() * 9000) / 100);
for (let row = 0, at = 0; at < YEARS; at += 1) {
  for (let series = 0; series < SERIES; series += 1, row += 1) {
    area[row] = Math.floor(series / INDICATORS);
    indicator[row] = series % INDICATORS;
    year[row] = FIRST + at;
    value[row] = random() < 0.05 && year[row] !== BASE ? Number.NaN : Math.round(start[series] * (1 + 0.02 * at + 0.04 * random()) * 100) / 100;
  }
}
const up = (of) => of % 3 !== 2;
const bound = Float64Array.from(start, (value, series) => Math.round(value * (up(series % INDICATORS) ? 1.45 : 0.8) * 100) / 100);
const areas = Array.from({ length: AREAS }, (_, at) => `a${at}`);
const indicators = Array.from({ length: INDICATORS }, (_, at) => `i${at}`);

const plan = Plan.fromObject({
  attainment: 1,
  id: "bench",
  defaults: { by: DUE, baseline: BASE },
  indicators: Object.fromEntries(indicators.map((id, at) => [id, { name: id, direction: up(at) ? "increase" : "decrease" }])),
  targets: Object.fromEntries(indicators.map((id) => [id, { indicator: id, reach: "unknown" }])),
});
const bySeries = (of) => Uint32Array.from({ length: SERIES }, (_, series) => of(series));

function library() {
  const time = {};
  const timed = (name, run) => {
    const begin = performance.now();
    const made = run();
    time[name] = performance.now() - begin;
    return made;
  };
  const panel = timed("panel", () => Panel.fromColumns({ area: { codes: area, dictionary: areas }, indicator: { codes: indicator, dictionary: indicators }, period: year, value }));
  const targets = timed("target table", () =>
    TargetTable.fromColumns({ area: { codes: bySeries((series) => Math.floor(series / INDICATORS)), dictionary: areas }, indicator: { codes: bySeries((series) => series % INDICATORS), dictionary: indicators }, bound }),
  );
  const assessment = timed("assess", () => plan.assess(panel, { asOf: FIRST + YEARS - 1, method: "statcan-2025", targets }));
  const columns = timed("columns", () => assessment.toColumns());
  for (const object of [panel, targets, assessment]) object[Symbol.dispose]();
  if (columns.attained.codes.length !== SERIES) throw new Error(`${columns.attained.codes.length} verdicts`);
  return time;
}

/** The same question on floats: the latest value, its degree, the ratio of growth rates and its class. */
function byHand() {
  const latest = new Float64Array(SERIES).fill(Number.NaN);
  const latestYear = new Int16Array(SERIES);
  const base = new Float64Array(SERIES).fill(Number.NaN);
  for (let row = 0; row < ROWS; row += 1) {
    const number = value[row];
    if (Number.isNaN(number)) continue;
    const series = area[row] * INDICATORS + indicator[row];
    if (year[row] === BASE) base[series] = number;
    if (year[row] >= latestYear[series]) {
      latestYear[series] = year[row];
      latest[series] = number;
    }
  }
  const [degree, ratio, grade] = [new Float64Array(SERIES), new Float64Array(SERIES), new Uint8Array(SERIES)];
  for (let series = 0; series < SERIES; series += 1) {
    const [now, goal, from] = [latest[series], bound[series], base[series]];
    const rising = up(series % INDICATORS);
    degree[series] = rising ? now / goal : goal / now;
    const needed = (goal / from) ** (1 / (DUE - BASE)) - 1;
    const done = (now / from) ** (1 / (latestYear[series] - BASE)) - 1;
    const share = done / needed;
    ratio[series] = share;
    grade[series] = (rising ? now >= goal : now <= goal) ? 5 : share >= 0.95 ? 4 : share >= 0.6 ? 3 : share >= 0 ? 2 : 1;
  }
  return degree.length + ratio.length + grade.length;
}

const median = (times) => times.sort((a, b) => a - b)[times.length >> 1];
const [hand, whole, steps] = [[], [], {}];
byHand();
for (let round = 0; round < 5; round += 1) {
  let begin = performance.now();
  byHand();
  hand.push(performance.now() - begin);
  begin = performance.now();
  const time = library();
  whole.push(performance.now() - begin);
  for (const [name, took] of Object.entries(time)) (steps[name] ??= []).push(took);
}
console.log(`Node ${process.version}, ${SERIES.toLocaleString("en")} targets, ${ROWS.toLocaleString("en")} observations, medians of 5`);
const [floats, all] = [median(hand), median(whole)];
console.log(`typed arrays by hand   ${floats.toFixed(1)} ms`);
console.log(`attainment             ${all.toFixed(1)} ms, ${(all / floats).toFixed(1)} × by hand, ${((all / SERIES) * 1000).toFixed(2)} µs a target`);
for (const [name, times] of Object.entries(steps)) console.log(`  ${name.padEnd(20)} ${median(times).toFixed(1)} ms`);

const startUp = (script) => median(Array.from({ length: 5 }, () => Number(execFileSync("node", ["--input-type=module", "-e", script], { cwd: fileURLToPath(new URL(".", import.meta.url)), encoding: "utf8" }))));
const first = startUp(`const begin = performance.now(); const { Plan } = await import("attainment"); Plan.check("a: 1"); console.log(performance.now() - begin);`);
const loaded = startUp(`const begin = performance.now(); await import("attainment"); console.log(performance.now() - begin);`);
console.log(`start-up               ${first.toFixed(1)} ms to the first answer, of which ${loaded.toFixed(1)} ms are the import`);
const module = readFileSync(fileURLToPath(import.meta.resolve("attainment/attainment.wasm")));
console.log(`attainment.wasm        ${(module.length / 1000).toFixed(0)} kB, ${(gzipSync(module, { level: 9 }).length / 1000).toFixed(1)} kB gzip`);
