import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { answer, executable, launch, MISSING, serve } from "./browser.mjs";
import { vectors } from "./files.mjs";

const dist = dirname(fileURLToPath(import.meta.resolve("attainment")));
const here = dirname(fileURLToPath(import.meta.url));
const page = (script) => `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script type="module">${script}</script>`;

test.skipIf(executable)(`no browser: ${MISSING}`, () => {
  console.log(`skipped: ${MISSING}`);
});

let browser;
let server;
beforeAll(async () => {
  if (!executable) return;
  browser = await launch();
  server = await serve(
    { "/dist": dist, "/test": here },
    {
      "/vectors.json": JSON.stringify(vectors()),
      "/vectors.html": page(`
        import * as attainment from "/dist/index.js";
        import { all } from "/test/vectors.mjs";
        await attainment.init();
        const files = await (await fetch("/vectors.json")).json();
        window.answer = all(attainment, files);`),
      "/trap.html": page(`
        import { init, Plan, AttainmentError } from "/dist/index.js";
        const said = [];
        const code = (run) => { try { run(); } catch (error) { return error instanceof AttainmentError ? error.code : String(error); } };
        const text = "{attainment: 1, id: p, indicators: {}, targets: {}}";
        said.push(code(() => Plan.parse(text)));
        await Promise.all([init(), init()]);
        const [one, two] = [Plan.parse(text), Plan.parse(text)];
        one.raw.__wbg_ptr = 0xfffffff0;
        said.push(code(() => one.lint()), code(() => two.lint()), Plan.parse(text).toObject().id);
        window.answer = said;`),
      "/inlined.html": page(`
        import { Plan } from "/dist/inline.js";
        window.answer = Plan.parse("{attainment: 1, id: inline, indicators: {}, targets: {}}").toObject().id;`),
      "/lost.html": page(`
        import { init, Plan } from "/dist/index.js";
        const said = [];
        try { await init("/no-such.wasm"); } catch (error) { said.push(error.code, error.name); }
        await init();
        window.answer = [...said, Plan.check("").length];`),
    },
  );
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

test.runIf(executable)("every vector, unbundled from a static server", { timeout: 180_000 }, async () => {
  const { answer: results, problems } = await answer(browser, `${server.url}/vectors.html`);
  expect(problems).toEqual([]);
  let total = 0;
  for (const [folder, { count, failures }] of Object.entries(results)) {
    expect(failures, folder).toEqual([]);
    total += count;
  }
  console.log(`${total} vectors in ${browser.version()}`);
  expect(total).toBeGreaterThan(1800);
});

test.runIf(executable)("before `init` it says so, and after a trap a fresh instance is there", { timeout: 60_000 }, async () => {
  const { answer: said } = await answer(browser, `${server.url}/trap.html`);
  expect(said).toEqual(["not_initialised", "internal", "stale_handle", "p"]);
});

test.runIf(executable)("the inline entry needs no file beside it", { timeout: 60_000 }, async () => {
  expect((await answer(browser, `${server.url}/inlined.html`)).answer).toBe("inline");
});

test.runIf(executable)("a module that is not there is an error, and another try may do", { timeout: 60_000 }, async () => {
  expect((await answer(browser, `${server.url}/lost.html`)).answer).toEqual(["not_initialised", "AttainmentError", 1]);
});
