// The examples of the page of the package, run as they stand; what a comment says is what is printed.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test, vi } from "vitest";

const here = dirname(fileURLToPath(import.meta.url));
const page = [join(here, "../README.md"), join(here, "README.md")].find(existsSync);
const blocks = readFileSync(page, "utf8")
  .split("```js\n")
  .slice(1)
  .map((block) => block.split("```")[0]);

test("there are examples", () => expect(blocks.length).toBeGreaterThan(3));

test.each(blocks.map((block, index) => [index + 1, block]))("example %i", async (index, block) => {
  const file = join(here, `readme-${index}.gen.mjs`);
  writeFileSync(file, block);
  const printed = [];
  const log = vi.spyOn(console, "log").mockImplementation((...words) => printed.push(words.join(" ")));
  try {
    await import(/* @vite-ignore */ file);
  } finally {
    log.mockRestore();
  }
  for (const [, said] of block.matchAll(/console\.log\(.*\); \/\/ (.*)$/gm)) {
    expect(printed.some((line) => said.includes(line)), `${said} is not among ${printed.join(" | ")}`).toBe(true);
  }
});
