// The package as others use it: built by each bundler and run where the result runs.
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { answer, executable, launch, MISSING, serve } from "./browser.mjs";

const work = dirname(dirname(fileURLToPath(import.meta.url)));
const projects = join(work, "../projects");
const WANT = { state: "pending", category: "behind", item: "全社会研发经费投入占GDP比重" };

const program = (entry) => `
import { extract, init, Panel, Plan } from "${entry}";
await init();
const plan = Plan.parse("{attainment: 1, id: p, indicators: {rd: {name: R&D, unit: percent, direction: increase}}, targets: {rd: {indicator: rd, at_least: 3%, by: 2020, baseline: 2008}}}");
const panel = Panel.fromCsv("area,indicator,year,value\\nEU,rd,2008,1.85\\nEU,rd,2017,2.06\\n");
const verdict = plan.assess(panel, { asOf: 2017, method: "linear" }).verdict("rd", "EU");
const [item] = extract("到2025年，全社会研发经费投入占GDP比重达到2.5%以上").toRecords();
const answer = { state: verdict.attained.state, category: verdict.pace.category, item: item.indicator };
if (typeof window === "undefined") console.log(JSON.stringify(answer));
else window.answer = answer;
`;

/** A project of its own, in which the package is installed and nothing else is its own. */
function project(name, files) {
  const folder = join(projects, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  symlinkSync(join(work, "node_modules"), join(folder, "node_modules"));
  for (const [file, text] of Object.entries({ "package.json": '{ "private": true, "type": "module" }', ...files })) writeFileSync(join(folder, file), text);
  return folder;
}

const run = (folder, tool, ...args) => execFileSync(join(work, "node_modules/.bin", tool), args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
const node = (folder, file) => JSON.parse(execFileSync("node", [file], { cwd: folder, encoding: "utf8" }));

let browser;
beforeAll(async () => {
  if (executable) browser = await launch();
}, 60_000);
afterAll(() => browser?.close());

async function inBrowser(folder) {
  if (!executable) return console.log(`built and not run: ${MISSING}`);
  const server = await serve({ "/": folder });
  try {
    const { answer: got, problems } = await answer(browser, `${server.url}/index.html`);
    expect(problems).toEqual([]);
    expect(got).toEqual(WANT);
  } finally {
    await server.close();
  }
}

const html = (script) => `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script type="module" src="${script}"></script>`;

describe.each(["attainment", "attainment/inline"])("%s", (entry) => {
  const of = entry.replace("/", "-");

  test("in plain Node", () => {
    const folder = project(`${of}-node`, { "app.js": program(entry) });
    expect(node(folder, "app.js")).toEqual(WANT);
  });

  test("through Vite", { timeout: 120_000 }, async () => {
    const folder = project(`${of}-vite`, { "index.html": html("/app.js"), "app.js": program(entry) });
    run(folder, "vite", "build", "--logLevel", "warn", "--base", "./");
    if (entry === "attainment") expect(readdirSync(join(folder, "dist/assets")).some((name) => name.endsWith(".wasm"))).toBe(true);
    await inBrowser(join(folder, "dist"));
  });

  test("through webpack", { timeout: 120_000 }, async () => {
    const folder = project(`${of}-webpack`, {
      "app.js": program(entry),
      "index.html": html("./dist/main.mjs"),
      "webpack.config.js": `export default { mode: "production", entry: "./app.js", output: { module: true, publicPath: "auto" }, experiments: { outputModule: true }, performance: false };`,
    });
    run(folder, "webpack");
    await inBrowser(folder);
  });

  test("through esbuild", { timeout: 60_000 }, async () => {
    const folder = project(`${of}-esbuild`, { "app.js": program(entry), "index.html": html("./app.out.js") });
    run(folder, "esbuild", "app.js", "--bundle", "--format=esm", "--minify", "--outfile=app.out.js");
    // esbuild leaves files beside a program to the caller: this is the line its users write.
    if (entry === "attainment") execFileSync("cp", [fileURLToPath(import.meta.resolve("attainment/attainment.wasm")), folder]);
    await inBrowser(folder);
  });

  test("through esbuild for Node", { timeout: 60_000 }, () => {
    const folder = project(`${of}-esbuild-node`, { "app.js": program(entry) });
    run(folder, "esbuild", "app.js", "--bundle", "--format=esm", "--platform=node", "--outfile=app.out.mjs");
    if (entry === "attainment") execFileSync("cp", [fileURLToPath(import.meta.resolve("attainment/attainment.wasm")), folder]);
    expect(node(folder, "app.out.mjs")).toEqual(WANT);
  });
});

test("required from CommonJS, where Node can", () => {
  const folder = project("cjs", { "package.json": '{ "private": true }', "app.cjs": `const { Plan } = require("attainment"); console.log(JSON.stringify(Plan.check("").length));` });
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19)) expect(node(folder, "app.cjs")).toBe(1);
  else console.log(`skipped: Node ${process.versions.node} does not require ES modules`);
});
