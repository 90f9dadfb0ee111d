import * as attainment from "attainment";
import { expect, test } from "vitest";
import { vectors } from "./files.mjs";
import { all } from "./vectors.mjs";

const results = all(attainment, vectors());

test.each(Object.entries(results))("%s", (_, { count, failures }) => {
  expect(failures).toEqual([]);
  expect(count).toBeGreaterThan(0);
});

test("there are as many as ever", () => {
  const count = Object.values(results).reduce((sum, { count }) => sum + count, 0);
  console.log(`${count} vectors`);
  expect(count).toBeGreaterThan(1800);
});
