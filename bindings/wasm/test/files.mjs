// The vectors as data: what `vectors.mjs` is handed, in Node and in a browser.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";

/** The root of the repository: the first folder upwards that has vectors. */
export function root(from = dirname(fileURLToPath(import.meta.url))) {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, "tests/vectors"))) return folder;
    if (folder === dirname(folder)) throw new Error("cannot find tests/vectors: run this within the repository");
  }
}

/** A row of a CSV file whose cells may be quoted. */
const rows = (text) =>
  text
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain));

export function vectors() {
  const base = join(root(), "tests");
  const read = (path) => readFileSync(join(base, path), "utf8");
  const list = (folder, end) =>
    readdirSync(join(base, "vectors", folder))
      .filter((name) => name.endsWith(end))
      .sort();
  const yaml = (path) => parse(read(`vectors/${path}`));
  const every = (folder) => list(folder, ".yaml").flatMap((name) => yaml(`${folder}/${name}`).map((given) => ({ ...given, name: `${name}: ${given.name}` })));
  const score = list("score", ".json").flatMap((name) => JSON.parse(read(`vectors/score/${name}`)).map((given) => ({ ...given, name: `${name}: ${given.name}` })));
  return {
    assess: every("assess"),
    cascade: every("cascade"),
    diff: yaml("diff/diff.yaml").flatMap(({ base, cases }) => cases.map((given) => ({ ...given, base }))),
    bad: yaml("documents/bad.yaml"),
    good: yaml("documents/good.yaml"),
    lint: every("lint"),
    pace: yaml("methods/pace.yaml"),
    own: yaml("methods/own.yaml"),
    statcan: rows(read("vectors/methods/statcan.csv")),
    ties: rows(read("vectors/methods/growth_ratio_ties.csv")),
    destatis: rows(read("vectors/methods/destatis.csv")),
    panel: list("panel", ".csv").map((name) => [name, read(`vectors/panel/${name}`)]),
    scheme: yaml("scheme/bad.yaml"),
    score,
    simulation: rows(read("vectors/score/simulation.csv")),
    data: Object.fromEntries([...new Set(score.flatMap(({ data }) => data ?? []))].map((name) => [name, read(`data/${name}`)])),
  };
}
