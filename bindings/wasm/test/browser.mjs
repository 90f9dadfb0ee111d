// Chromium, and a server for it: what tests in a browser share.
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { chromium } from "playwright-core";

const PLACES = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Where Chromium is; nothing where it is not, which the caller says plainly. */
export const executable = PLACES.find((path) => path && existsSync(path));

/** What to do about a missing Chromium. */
export const MISSING = "chromium is not found: `apt-get install chromium`, or say where it is in the variable CHROMIUM";

export function launch() {
  return chromium.launch({
    executablePath: executable,
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
  });
}

const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".mjs": "text/javascript", ".json": "application/json", ".wasm": "application/wasm", ".css": "text/css" };

/** Serves folders under their prefixes; texts come from memory. */
export async function serve(folders, texts = {}) {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, "http://localhost").pathname));
    const prefix = Object.keys(folders).find((prefix) => path.startsWith(prefix));
    const body = texts[path] ?? (prefix === undefined ? undefined : readIf(join(folders[prefix], path.slice(prefix.length))));
    response.writeHead(body === undefined ? 404 : 200, { "content-type": TYPES[extname(path)] ?? "text/plain; charset=utf-8" });
    response.end(body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => new Promise((resolve) => server.close(resolve)) };
}

function readIf(path) {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

/** Opens a page and waits for what it puts into `window.answer`; errors of the page are errors here. */
export async function answer(browser, url) {
  const page = await browser.newPage();
  const problems = [];
  page.on("pageerror", (error) => problems.push(String(error.stack ?? error)));
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  try {
    await page.goto(url);
    const failed = new Promise((_, reject) => page.on("pageerror", reject));
    failed.catch(() => {});
    await Promise.race([page.waitForFunction(() => "answer" in window, undefined, { timeout: 60_000 }), failed]);
    return { answer: await page.evaluate(() => window.answer), problems };
  } catch (error) {
    throw new Error(`${error}\n${problems.join("\n")}`);
  } finally {
    await page.close();
  }
}
