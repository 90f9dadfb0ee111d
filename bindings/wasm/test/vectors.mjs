// Runs the language-neutral vectors of `tests/vectors` through the public API of the package.
//
// It knows neither files nor Node, so that a browser runs the same: `all(attainment, files)` takes the
// package and the files (YAML and JSON parsed, the rest as text) and gives for each folder how many
// vectors there were and which failed.

const text = (value) => (typeof value === "string" ? value : String(value));
const many = (value) => (value === null || value === undefined ? [] : Array.isArray(value) ? value : [value]);
const codesOf = (findings) => findings.map((finding) => finding.code);

/** Cells of vectors are text, as they were written. */
const cell = (value) => (value === null || value === undefined ? null : typeof value === "string" ? value : String(value));

/** What is wanted is there; numbers may be text, floats agree to nine digits. */
function same(got, want) {
  if (Array.isArray(want)) return Array.isArray(got) && got.length === want.length && got.every((value, index) => same(value, want[index]));
  if (want !== null && typeof want === "object") return got !== null && typeof got === "object" && Object.entries(want).every(([key, value]) => same(got[key], value));
  if (typeof got === "number" && typeof want === "number") return Math.abs(got - want) <= 1e-9 * Math.max(Math.abs(want), 1e-9);
  if (typeof got === "string" && typeof want === "number") return got === String(want) || Number(got) === want;
  return got === want;
}

class Failure extends Error {}
function demand(truth, ...message) {
  if (!truth) throw new Failure(message.map((part) => (typeof part === "string" ? part : JSON.stringify(part))).join(" "));
}
function equal(got, want, ...message) {
  demand(same(got, want), ...message, "is", got ?? null, "want", want);
}

export function all(attainment, files) {
  const { Panel, Plan, Scheme, Method, TargetTable, WideTable, AttainmentError, pace, score, schemes } = attainment;

  function panelOf(rows) {
    if (typeof rows === "string") return Panel.fromCsv(rows);
    const records = many(rows).map(([area, indicator, period, value, extras]) => ({
      area: text(area),
      indicator: text(indicator),
      period: cell(period),
      value: cell(value),
      ...Object.fromEntries(Object.entries(extras ?? {}).map(([key, word]) => [key, text(word)])),
    }));
    return Panel.fromRecords(records);
  }

  const caught = (run) => {
    try {
      run();
    } catch (error) {
      demand(error instanceof AttainmentError, "not an AttainmentError:", String(error));
      return error;
    }
    throw new Failure("nothing was thrown");
  };

  const assessed = (plan, given) => {
    const options = { asOf: many(given.as_of).map(cell) };
    if (given.vintage !== undefined) options.vintage = cell(given.vintage);
    if (given.method !== undefined) options.method = given.method;
    if (given.threshold !== undefined) options.threshold = given.threshold;
    if (given.targets !== undefined) options.targets = TargetTable.fromCsv(given.targets);
    return plan.assess(panelOf(given.observations), options);
  };

  const flat = (verdict) => {
    const { attained, quality, pace, target, area, as_of } = verdict;
    const out = { ...attained, target, area, as_of, flags: quality.flags, points: quality.points, override: verdict.override?.state ?? null };
    const names = { value: "pace_value", reason: "pace_reason", on_declared_baseline: "pace_on_declared_baseline" };
    for (const [key, value] of Object.entries(pace ?? {})) out[names[key] ?? key] = value;
    return out;
  };

  function assess(given) {
    const plan = Plan.fromObject(given.plan);
    const assessment = assessed(plan, given);
    for (const want of given.expect) {
      const found = assessment
        .verdicts()
        .filter(
          (verdict) =>
            verdict.target === text(want.target) &&
            verdict.area === text(want.area ?? "") &&
            (want.as_of === undefined || verdict.as_of === text(want.as_of)) &&
            (want.method === undefined || verdict.pace?.method === want.method),
        );
      equal(found.length, 1, "verdicts on", want);
      equal(flat(found[0]), want, given.name);
      // What is asked for one by one is what stands in the list, and in columns and records.
      const one = assessment.verdict(text(want.target), text(want.area ?? ""), { asOf: found[0].as_of, method: found[0].pace?.method });
      demand(JSON.stringify(one) === JSON.stringify(found[0]), "verdict() differs from verdicts()");
      assessment.explain(text(want.target), text(want.area ?? ""), { asOf: found[0].as_of, method: found[0].pace?.method }).toText();
    }
    const records = assessment.toRecords();
    const columns = assessment.toColumns({ decimals: true });
    records.forEach((record, row) => {
      for (const name of ["target", "area", "attained", "value", "holds_now", "category", "ratio"]) {
        demand(attainment.cellOf(columns[name], row) === record[name] || Number(attainment.cellOf(columns[name], row)) === Number(record[name]), "column", name, "row", String(row), "is", attainment.cellOf(columns[name], row), "record", record[name]);
      }
    });
    if (given.outlook !== undefined) equal(assessment.outlook(), given.outlook, "outlook");
    if (given.disagreements !== undefined) equal(assessment.disagreements(), given.disagreements, "disagreements");
    if (given.diff_from !== undefined) equal(assessed(plan, { ...given, as_of: given.diff_from }).diff(assessment).changes, given.changes, "changes");
    if (given.findings !== undefined) equal(codesOf(assessment.findings), given.findings, "findings");
    if (given.warnings !== undefined) equal(codesOf(plan.findings), given.warnings, "warnings");
  }

  function cascade(given) {
    const plan = Plan.fromObject(given.plan);
    const withVersion = (rule) => ({ ...rule, attainment: "1" });
    const answer = () => {
      const panel = panelOf(given.observations);
      const targets = given.targets === undefined ? undefined : TargetTable.fromCsv(given.targets);
      if (given.roll_up) {
        const rolled = plan.rollUp(panel, withVersion(given.roll_up));
        for (const whole of rolled.wholes) demand(rolled.explain(whole.area).toText() !== rolled.explain(whole.area, { lang: "zh" }).toText());
        return [{ wholes: rolled.toRecords() }, rolled.findings];
      }
      if (given.check) {
        const check = plan.checkCascade(panel, withVersion(given.check), TargetTable.fromCsv(given.table), { targets });
        for (const whole of check.wholes) demand(check.explain(whole.area).toText() !== check.explain(whole.area).toText({ lang: "zh" }));
        return [{ wholes: check.toRecords() }, check.findings];
      }
      let above = targets;
      let last;
      for (const asked of many(given.cascade)) {
        last = plan.cascade(panel, withVersion(asked), { targets: above });
        above = last.table;
      }
      const by = (field) => Object.fromEntries(last.toRecords().map((part) => [part.area, part[field]]));
      for (const part of last.parts) demand(last.explain(part.area).toText() !== last.explain(part.area, { lang: "zh" }).toText());
      const csv = last.table.toCsv();
      demand(TargetTable.fromCsv(csv).toCsv() === csv, "CSV is not read as it is written");
      return [{ parts: by("bound"), unrounded: by("unrounded"), left_out: last.leftOut.map((left) => left.area), csv }, last.findings];
    };
    let findings;
    if (given.error) {
      findings = caught(answer).findings;
      equal(codesOf(findings), given.error, "error");
    } else {
      const [got, found] = answer();
      findings = found;
      for (const [key, want] of Object.entries(given.expect)) equal(got[key], want, key);
      equal(codesOf(findings), given.findings ?? [], "findings");
    }
    for (const words of given.says ?? []) demand(findings.some((finding) => finding.message.en.includes(words)), "no finding says", words);
  }

  function diff(given) {
    const second = structuredClone(given.base);
    const at = (path) => {
      const keys = path.split("/").slice(1);
      const key = keys.pop();
      return [keys.reduce((value, step) => value[step], second), key];
    };
    for (const path of given.remove ?? []) {
      const [parent, key] = at(path);
      delete parent[key];
    }
    for (const [path, value] of Object.entries(given.set ?? {})) {
      const [parent, key] = at(path);
      parent[key] = value;
    }
    for (const [path, name] of Object.entries(given.rename ?? {})) {
      const [parent, key] = at(path);
      parent[name] = parent[key];
      delete parent[key];
    }
    const found = Plan.fromObject(given.base).diff(Plan.fromObject(second));
    equal(found.length, given.changes.length, "changes");
    equal([...found], given.changes, "changes");
    for (const lang of ["en", "zh"]) for (const written of [found.toText({ lang }), found.toMarkdown({ lang })]) demand(written.split("\n").length > found.length || found.length === 0);
  }

  const textOf = (given) => given.text ?? given.pieces.map(([piece, times]) => piece.repeat(times)).join("");

  function bad(given) {
    const source = textOf(given);
    const findings = Plan.check(source, { format: given.format });
    const found = findings.map(({ code, path, line, column }) => ({ code, path, line, column }));
    equal(found, given.findings.map(({ code, path, line = null, column = null }) => ({ code, path, line, column })), "findings");
    equal(found.length, given.findings.length, "findings");
    if (source.length > 1 << 20) return;
    const error = caught(() => Plan.parse(source, { format: given.format }));
    demand(JSON.stringify(error.findings) === JSON.stringify(findings), "`parse` and `check` differ");
    equal(error.code, findings.find((finding) => finding.severity === "error").code, "code");
    equal(error.path, findings.find((finding) => finding.severity === "error").path, "path");
    // Places are code points, and can be had as JavaScript counts.
    const read = source.startsWith("\ufeff") ? source.slice(1) : source;
    for (const finding of findings.filter(({ start, line }) => start !== null && line !== null)) {
      const [from] = attainment.utf16Range(read, finding);
      const before = read.slice(0, from);
      equal(before.split("\n").length, finding.line, "line");
      equal([...before.slice(before.lastIndexOf("\n") + 1)].length + 1, finding.column, "column");
    }
  }

  function good(given) {
    const source = textOf(given);
    const plan = Plan.parse(source, { format: given.format });
    equal(codesOf(plan.findings), given.warnings, "warnings");
    for (const format of ["yaml", "json"]) demand(JSON.stringify(Plan.parse(plan.toText({ format }), { format }).toObject()) === JSON.stringify(plan.toObject()), "not read as it is written:", format);
    demand(Plan.fromObject(plan.toObject()).digest() === plan.digest(), "the digest differs");
  }

  function lint(given) {
    const findings = Plan.fromObject(given.plan).lint();
    equal(findings.map(({ code, path }) => ({ code, path })), given.findings, "lint");
    equal(findings.length, given.findings.length, "lint");
  }

  function scheme(given) {
    let findings;
    try {
      findings = Scheme.parse(given.text).lint();
    } catch (error) {
      demand(error instanceof AttainmentError, String(error));
      findings = error.findings;
    }
    equal(findings.map(({ code, path }) => [code, path]), given.findings, "findings");
  }

  function series(given, method) {
    const { direction, points, target, baseline, limit, marks, peers, typical_path: typicalPath, kind, percent, schedule } = given;
    const ends = Array.isArray(target) ? (target.length === 3 ? [cell(target[0]), [cell(target[1]), cell(target[2])]] : target.map(cell)) : target && { each: Array.isArray(target.each) ? target.each.map(cell) : cell(target.each) };
    const texts = (map) => map && Object.fromEntries(Object.entries(map).map(([key, value]) => [key, cell(value)]));
    return {
      method,
      direction,
      series: points.map(([period, value, status]) => [cell(period), cell(value), status ?? null]),
      target: ends,
      baseline: cell(baseline) ?? undefined,
      limit: cell(limit) ?? undefined,
      marks: texts(marks),
      peers: peers?.map(cell),
      typicalPath: typicalPath?.map((pair) => pair.map(cell)),
      kind,
      percent: percent === undefined ? undefined : true,
      schedule,
    };
  }

  function checkPace(given, found) {
    for (const [key, want] of Object.entries(given.expect)) {
      if (key === "value_to" || key === "score_to") continue;
      if ((key === "value" || key === "score") && typeof want === "string") {
        // Ties in the last printed digit do not come up; both round to the nearest.
        equal(found[key].toFixed(given.expect[`${key}_to`]), want, key);
      } else if (key === "schedules") {
        equal(found.schedules.map((one) => [one.schedule, one.category]), want, key);
      } else if (typeof want === "number") {
        demand(Math.abs(found[key] - want) <= 1e-12 * Math.max(Math.abs(want), 1), key, found[key], want);
      } else {
        equal(found[key] ?? null, want, key);
      }
    }
  }

  function paces(given) {
    checkPace(given, pace(series(given, given.method)));
    demand(attainment.explainPace(series(given, given.method)).toText({ lang: "zh" }).length > 0);
  }

  function own(given) {
    if (!given.problems) {
      checkPace(given, pace(series(given, given.document)));
      return checkPace(given, pace(series(given, Method.fromObject(given.document))));
    }
    equal(caught(() => Method.parse(JSON.stringify(given.document), { format: "json" })).findings.map(({ code, path }) => [code, path]), given.problems, "problems");
  }

  function statcan(row) {
    const [, , name, baseYear, base, year, value, target, targetYear, limit, direction, published, status, scored] = row;
    const found = pace({
      method: "statcan-2025",
      direction: direction === "1" ? "increase" : "decrease",
      series: [[baseYear, base], [year, value]],
      baseline: baseYear,
      target: target === "" ? undefined : [targetYear, target],
      limit: limit === "" ? undefined : limit,
    });
    equal(found.category, status, name);
    if (Number.isFinite(Number.parseFloat(published))) demand(Math.abs(found.value - published) <= 1e-12 * Math.max(Math.abs(published), 1e-3), name, found.value, published);
    demand(Math.abs(found.score - scored) <= 1e-9 * Math.max(Math.abs(scored), 1), name, found.score, scored);
  }

  function tie([base, value, target, years, whole, direction, cut]) {
    const sign = direction === "increase" ? 1n : -1n;
    const at = (number) => pace({ method: "statcan-2025", direction, series: [[2000, base], [2000 + Number(years), number]], baseline: 2000, target: [2000 + Number(whole), target] }).category;
    const [above, below] = cut === "0.95" ? ["substantial_progress", "moderate_progress"] : ["moderate_progress", "limited_progress"];
    equal([at(BigInt(value) - sign), at(BigInt(value)), at(BigInt(value) + sign)], [below, above, above], value);
  }

  function destatis([, kind, target, targetYear, direction, year, ...rest]) {
    const up = direction === "1";
    const asked = {
      target: { reach: target, by: targetYear },
      constant: { reach: target, each: "2011/2030" },
      direction: up ? { measure: "change", more_than: "0", each: "2011/2030" } : { measure: "change", less_than: "0", each: "2011/2030" },
    }[kind];
    const plan = Plan.fromObject({
      attainment: "1",
      id: "dns",
      indicators: { i: { name: "an indicator", direction: up ? "increase" : "decrease" } },
      targets: { t: { ...asked, indicator: "i" } },
    });
    const records = rest.slice(0, 6).map((value, index) => ({ indicator: "i", period: Number(year) - 5 + index, value })).filter((record) => record.value !== "");
    equal(plan.assess(Panel.fromRecords(records), { asOf: Number(year), method: "destatis-2023" }).verdict("t", "").pace.category, rest[7]);
  }

  function dress([name, csv]) {
    const panel = name.startsWith("wide") ? Panel.fromWide(csv) : Panel.fromCsv(csv);
    if (name === "dirty.csv") return demand(panel.findings.length > 0, "dirty data without a finding");
    equal([panel.length, panel.findings], [4, []], name);
    const plan = Plan.parse("{attainment: 1, id: p, indicators: {a: {name: A, direction: increase}}, targets: {t: {indicator: a, reach: 1, each: 2019/2020}}}");
    for (const [area, year, number] of [["x", 2019, "90.5"], ["x", 2020, "1234.5"], ["y", 2019, "3"], ["y", 2020, "100"]]) {
      equal(Number(plan.assess(panel, { asOf: year }).verdict("t", area).attained.value), Number(number), name, area, year);
    }
  }

  function scored(given) {
    const make = () => {
      const scheme = typeof given.scheme === "string" ? Scheme.parse(schemes().find((info) => info.id === given.scheme || info.alias === given.scheme).text) : Scheme.fromObject(given.scheme);
      if (given.panel !== undefined) return score(Panel.fromCsv(given.panel), scheme);
      const options = { columns: given.columns };
      if (given.data !== undefined) return score(WideTable.fromCsv(files.data[given.data], options), scheme);
      return score(WideTable.fromColumns(Object.fromEntries(Object.entries(given.table).map(([name, values]) => [name, values.map(cell)])), options), scheme);
    };
    if (given.error) return demand(codesOf(caught(make).findings).includes(given.error), "want the error", given.error);
    const card = make();
    const within = given.within ?? 1e-9;
    const near = (got, want) => {
      if (want === null) return got === null;
      if (got === null) return false;
      const [a, b = "1"] = String(want).split("/");
      return Math.abs(got - a / b) <= within * Math.max(Math.abs(a / b), 1);
    };
    for (const { area, period, ...want } of given.expect ?? []) {
      const got = card.score(area, period === undefined ? undefined : { period });
      for (const [key, wanted] of Object.entries(want)) {
        if (["score", "bonus"].includes(key)) demand(near(got[key], wanted), area, key, got[key], wanted);
        else if (key === "missing") equal(got.missing.map(({ id, treatment }) => `${id}: ${treatment}`), wanted, key);
        else if (key === "natures") for (const [nature, number] of Object.entries(wanted)) demand(near(got.natures.find(([found]) => found === nature)[1], number), area, nature);
        else if (key === "pillars") {
          for (const [path, pillar] of Object.entries(wanted)) {
            let [pillars, found] = [got.pillars];
            for (const id of path.split("/")) {
              found = pillars.find((one) => one.id === id);
              pillars = found.pillars;
            }
            const { score: number, grade } = pillar !== null && typeof pillar === "object" ? pillar : { score: pillar };
            if (number !== undefined) demand(near(found.score, number), area, path, found.score, number);
            if (grade !== undefined) equal(found.grade ?? null, grade, path);
          }
        } else equal(got[key] ?? null, wanted, area, key);
      }
    }
    if (given.findings) equal(codesOf(card.findings), given.findings, "findings");
  }

  function simulation(rows) {
    const column = (factor) => Float64Array.from(rows, (_, index) => ((index * factor) % 61) + 1);
    const table = WideTable.fromColumns({ area: rows.map(([area]) => area), a: column(7), b: column(11), c: column(23) });
    const card = score(table, {
      attainment: 1,
      id: "s",
      normalise: { by: "min_max", to: [1, 100] },
      aggregate: "arithmetic",
      indicators: { a: { direction: "increase" }, b: { direction: "increase" }, c: { direction: "decrease" } },
      pillars: { p: { weight: 2, of: ["a", "b"] }, c: 1 },
      robustness: { weights: "25%", normalise: [{ by: "rank" }], aggregate: ["geometric"], drop: "yes" },
    });
    const { intervals } = card.robustness(42, { runs: 600 }).data;
    demand(JSON.stringify(intervals.map(({ mean }) => mean)) === JSON.stringify(rows.map(([, mean]) => Number(mean))), "mean ranks differ");
  }

  const results = {};
  function each(folder, cases, run, name = (given) => given.name) {
    const failures = [];
    for (const given of cases) {
      try {
        run(given);
      } catch (error) {
        failures.push(`${name(given)}: ${error instanceof Failure ? error.message : (error.stack ?? error)}`);
      }
    }
    results[folder] = { count: cases.length, failures };
  }
  const first = (row) => row.slice(0, 4).join(",");
  each("assess", files.assess, assess);
  each("cascade", files.cascade, cascade);
  each("diff", files.diff, diff);
  each("documents/bad", files.bad, bad);
  each("documents/good", files.good, good);
  each("lint", files.lint, lint);
  each("methods/pace", files.pace, paces);
  each("methods/own", files.own, own);
  each("methods/statcan", files.statcan, statcan, first);
  each("methods/ties", files.ties, tie, first);
  each("methods/destatis", files.destatis, destatis, first);
  each("panel", files.panel, dress, ([name]) => name);
  each("scheme", files.scheme, scheme);
  each("score", files.score, scored);
  each("score/simulation", [files.simulation], simulation, () => "simulation");
  return results;
}
