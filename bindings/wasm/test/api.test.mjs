import * as attainment from "attainment";
import { AssessError, AttainmentError, Diff, InputError, Panel, PanelBuilder, ParseError, Plan, PlanError, TargetTable, WideTable, extract, init, pace, score, utf16Range } from "attainment";
import { describe, expect, test } from "vitest";

const TEXT = `
attainment: 1
id: europe-2020
indicators:
  rd: { name: R&D share of GDP, unit: percent, direction: increase }
targets:
  rd: { indicator: rd, at_least: 3%, by: 2020, baseline: 2008 }
`;
const plan = () => Plan.parse(TEXT);
const panel = () => Panel.fromCsv("area,indicator,year,value\nEU,rd,2008,1.85\nEU,rd,2017,2.06\nAT,rd,2008,2.57\nAT,rd,2017,3.06\n");
const caught = (run) => {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
};

describe("loading", () => {
  test("init is harmless, again and again", async () => {
    await init();
    await init();
    expect(plan().toObject().id).toBe("europe-2020");
  });

  test("the version is that of the package", async () => {
    const { default: manifest } = await import("attainment/package.json", { with: { type: "json" } });
    expect(attainment.VERSION).toBe(manifest.version);
  });

  test("the inline entry is the same engine", async () => {
    const inline = await import("attainment/inline");
    await inline.init();
    expect(inline.Plan).toBe(Plan);
  });

  test("the schemas are there, as files and as values", async () => {
    const { default: file } = await import("attainment/schema/plan.schema.json", { with: { type: "json" } });
    expect(attainment.SCHEMAS).toEqual(["plan", "method", "scheme", "cascade", "roll_up"]);
    expect(attainment.schema("plan")).toEqual(file);
    expect(attainment.schema("novel")).toBeNull();
    expect(attainment.schema("constructor")).toBeNull();
  });
});

describe("assessing", () => {
  test("verdicts, records and columns say the same", () => {
    const assessment = plan().assess(panel(), { asOf: 2017, method: ["linear", "linear?schedule=compound"].slice(0, 1) });
    expect(assessment.length).toBe(2);
    const verdict = assessment.verdict("rd", "EU");
    expect(verdict.attained).toMatchObject({ state: "pending", holds_now: false, value: "2.06", gap: "0.94" });
    expect(attainment.toNumber(verdict.attained.gap)).toBe(0.94);
    expect(assessment.summary()).toMatchObject({ pending: 2 });
    const columns = assessment.toColumns();
    expect(Object.keys(columns)).toEqual(Object.keys(assessment.toRecords()[0]));
    expect(columns.gap).toEqual({ type: "numbers", values: Float64Array.of(0.94, -0.06) });
    expect(assessment.toColumns({ decimals: true }).gap).toEqual({ type: "decimals", values: ["0.94", "-0.06"] });
    expect(columns.score.values[0]).toBeNaN();
    expect(attainment.cellOf(columns.score, 0)).toBeNull();
    expect(assessment.toCsv()).toMatch(/^target,area,indicator,as_of,/);
    expect(assessment.toCsv({ bom: true })).toMatch(/^\ufefftarget,/);
  });

  test("pages and tables in both languages", () => {
    const assessment = plan().assess(panel(), { asOf: 2017, method: ["linear", "statcan-2025"] });
    expect(assessment.plan.id).toBe("europe-2020");
    for (const lang of ["en", "zh"]) {
      for (const page of [plan().toHtml({ lang }), assessment.toHtml({ lang }), assessment.outlookToHtml({ lang }), assessment.disagreementsToHtml({ lang })]) expect(page).toContain("<");
      for (const table of [plan().toMarkdown({ lang }), assessment.toMarkdown({ lang }), assessment.outlookToMarkdown({ lang })]) expect(table).toContain("rd".slice(0, 1));
      const chart = assessment.chart("target_path", { target: "rd", area: "EU", method: "linear", lang, theme: "dark", width: 300 });
      expect([chart.kind, chart.lang, chart.spec.$schema.includes("vega-lite")]).toEqual(["target_path", lang, true]);
    }
    const later = plan().assess(panel(), { asOf: 2018, method: "linear" });
    expect(later.chart("class_transitions", { earlier: plan().assess(panel(), { asOf: 2017, method: "linear" }) }).kind).toBe("class_transitions");
  });

  test("several moments and methods, and which verdict is meant", () => {
    const assessment = plan().assess(panel(), { asOf: [2017, "2016"], method: ["linear", "statcan-2025"] });
    expect(assessment.length).toBe(8);
    expect(caught(() => assessment.verdict("rd", "EU"))).toMatchObject({ name: "AssessError", code: "ambiguous_verdict" });
    expect(assessment.verdict("rd", "EU", { asOf: 2016, method: "linear" }).as_of).toBe("2016");
    expect(assessment.explain("rd", "EU", { asOf: 2017, method: "linear", lang: "zh" }).toText()).toContain("截至2017年");
    expect(assessment.explain("rd", "EU", { asOf: 2017, method: "linear" }).data.verdict.target).toBe("rd");
  });

  test("a method of one's own, as an object and read before", () => {
    const own = { attainment: 1, id: "halves", with_target: { gauge: "closed", cuts: [{ at_least: "0.5", word: "half", scale: "on_track" }], below: { word: "less", scale: "behind" } } };
    const assessment = plan().assess(panel(), { asOf: 2017, method: [own, "linear"] });
    expect(assessment.verdict("rd", "EU", { method: "halves" }).pace.category).toBe("less");
    expect(assessment.verdict("rd", "AT", { method: "halves" }).pace.category).toBe("half");
    expect(attainment.Method.fromObject(own).id).toBe("halves");
  });

  test("bounds from a target table go before those of the plan", () => {
    const targets = TargetTable.fromRecords([{ area: "EU", indicator: "rd", bound: "2%", by: 2020 }]);
    expect(plan().assess(panel(), { asOf: 2017, targets }).verdict("rd", "EU").attained.bound).toBe("2");
    expect(TargetTable.fromCsv(targets.toCsv()).toRecords()).toEqual(targets.toRecords());
  });

  test("strict throws what else would be findings", () => {
    const dirty = Panel.fromCsv("area,indicator,year,value\nEU,rd,2008,2.0.6\n");
    expect(dirty.findings.map(({ code }) => code)).toEqual(["bad_cell"]);
    expect(() => Panel.fromCsv("area,indicator,year,value\nEU,rd,2008,2.0.6\n", { strict: true })).toThrow(InputError);
    expect(() => plan().assess(dirty, { asOf: 2017, strict: true })).toThrow(InputError);
  });

  test("a diff is a sequence", () => {
    const diff = plan().diff(Plan.parse(TEXT.replace("3%", "3.5%")));
    expect(diff).toBeInstanceOf(Diff);
    expect([...diff]).toMatchObject([{ kind: "raised", path: "/targets/rd/at_least" }]);
    expect(JSON.parse(JSON.stringify(diff))).toEqual(diff.changes);
    expect(diff.toMarkdown({ lang: "zh" })).toContain("3.5%");
    const [earlier, later] = [2016, 2017].map((asOf) => plan().assess(panel(), { asOf }));
    expect(earlier.diff(later).toText()).toBeTypeOf("string");
  });

  test("two copies become one", () => {
    const merged = plan().merge(Plan.parse(TEXT.replace("europe-2020", "other")));
    expect(merged.plan.toObject().id).toBe("europe-2020");
    expect(merged.choices).toMatchObject([{ path: "/id", from_second: false }]);
  });

  test("equal plans have one digest", () => {
    expect(plan().digest()).toBe(Plan.fromObject(plan().toObject()).digest());
    expect(plan().digest()).toMatch(/^plan1:[0-9a-f]{64}$/);
  });
});

describe("tables", () => {
  const want = JSON.stringify([["EU", 2008, "1.85"], ["EU", 2017, "2.06"]]);
  const seen = (made) => {
    const assess = (asOf) => ["EU", asOf, plan().assess(made, { asOf }).verdict("rd", "EU").attained.value];
    return JSON.stringify([assess(2008), assess(2017)]);
  };
  const base = { area: ["EU", "EU"], indicator: { codes: Uint8Array.of(0, 0), dictionary: ["rd"] }, period: Int16Array.of(2008, 2017) };
  test.each([
    ["floats", { ...base, value: Float64Array.of(1.85, 2.06) }],
    ["floats of half the size", { ...base, value: Float32Array.of(1.85, 2.06) }],
    ["texts", { ...base, value: ["1.85", "2.06"] }],
    ["numbers", { ...base, value: [1.85, 2.06] }],
    ["digits", { ...base, value: { digits: new Uint8Array(BigInt64Array.of(185n, 0n, 206n, 0n).buffer), scale: 2 } }],
    ["long integers as periods", { ...base, period: BigInt64Array.of(2008n, 2017n), value: [1.85, "2.06"] }],
    ["a bit for each row", { area: ["EU", "EU", "EU"], indicator: ["rd", "rd", "rd"], period: [2008, 2017, 2016], value: { values: Float64Array.of(1.85, 2.06, 9), valid: Uint8Array.of(0b011) } }],
    ["a bit for each row of a list", { area: ["EU", "EU", "EU"], indicator: ["rd", "rd", "rd"], period: [2008, 2017, 2016], value: { values: [1.85, 2.06, 9], valid: Uint8Array.of(0b011) } }],
    ["NaN where nothing is", { area: ["EU", "EU", "EU"], indicator: ["rd", "rd", "rd"], period: [2008, 2017, 2016], value: Float64Array.of(1.85, 2.06, Number.NaN) }],
    ["days", { ...base, period: { days: Int32Array.of(14244, 17531) }, value: [1.85, 2.06] }],
    ["dates", { ...base, period: [new Date(Date.UTC(2008, 11, 31)), new Date(Date.UTC(2017, 11, 31))], value: [1.85, 2.06] }],
  ])("%s", (name, columns) => {
    const text = TEXT.replace("direction: increase", "direction: increase, statistic: end");
    const made = Panel.fromColumns(columns);
    expect(made.findings).toEqual([]);
    if (name === "days" || name === "dates") {
      expect(Plan.parse(text).assess(made, { asOf: 2017 }).verdict("rd", "EU").attained.value).toBe("2.06");
    } else {
      expect(seen(made)).toBe(want);
    }
  });

  test("a builder takes what comes, and is finished once", () => {
    const builder = new PanelBuilder();
    builder.addRecords([{ area: "EU", indicator: "rd", period: 2008, value: 1.85 }]).addRecords([]).addCsv("area,indicator,year,value\nEU,rd,2017,2.06\n");
    const built = builder.finish();
    expect(seen(built)).toBe(want);
    expect([built.length, built.areas, built.indicators]).toEqual([2, ["EU"], ["rd"]]);
    expect(caught(() => builder.finish())).toMatchObject({ code: "stale_handle" });
  });

  test("names of columns are mapped, ours to theirs", () => {
    const rows = [{ unit: "EU", indicator: "rd", jahr: 2017, value: 2.06 }];
    expect(Panel.fromRecords(rows, { columns: { area: "unit", period: "jahr" } }).areas).toEqual(["EU"]);
  });

  test("what is no column is said", () => {
    for (const value of [null, 3, "x", { codes: "x", dictionary: [] }, new Date()]) {
      expect(caught(() => Panel.fromColumns({ indicator: ["rd"], period: [2017], value })), String(value)).toBeInstanceOf(InputError);
    }
    expect(caught(() => Panel.fromColumns({ indicator: ["rd"], period: [2017], value: [1, 2] }))).toBeInstanceOf(InputError);
    expect(caught(() => Panel.fromColumns({ indicator: { codes: Uint8Array.of(7), dictionary: ["rd"] }, period: [2017], value: [1] }))).toBeInstanceOf(InputError);
    expect(caught(() => Panel.fromColumns({ indicator: ["rd"], period: [2017], value: { values: Float64Array.of(1), valid: new Uint8Array() } }))).toBeInstanceOf(InputError);
  });

  test("a wide table is scored, with robustness told as it goes", () => {
    const table = WideTable.fromRecords([{ area: "a", x: 1, y: 3 }, { area: "b", x: 2, y: 1 }, { area: "c", x: 3, y: 2 }]);
    const scheme = { attainment: 1, id: "s", normalise: "min_max", aggregate: "arithmetic", indicators: { x: { direction: "increase" }, y: { direction: "increase" } }, pillars: ["x", "y"], robustness: { weights: "25%" } };
    const card = score(table, scheme);
    expect(card.score("c")).toMatchObject({ rank: 1, score: 0.75 });
    expect(card.toColumns().score.values).toEqual(Float64Array.of(0.5, 0.25, 0.75));
    const told = [];
    expect(card.robustness(1, { runs: 1024, onProgress: (done, all) => void told.push([done, all]) }).data.runs).toBe(1024);
    expect(told[0]).toEqual([512, 1024]);
    expect(card.robustness(1n, { runs: 1024, onProgress: () => false }).data).toMatchObject({ stopped: true, runs: 512 });
    expect(caught(() => card.robustness(1, { runs: 1024, onProgress: () => { throw new Error("mine"); } })).message).toBe("mine");
    expect(caught(() => card.robustness(0.5, { runs: 1 }))).toBeInstanceOf(InputError);
    expect(card.explain("c").toMarkdown({ lang: "zh" })).toContain("c");
    expect(caught(() => score(table, "no-such-scheme"))).toMatchObject({ code: "unknown_scheme" });
    expect(caught(() => score([1], "undp-hdi"))).toMatchObject({ code: "wrong_type" });
  });
});

describe("errors", () => {
  test.each([
    [() => Plan.parse("[", { format: "json" }), ParseError, "bad_syntax", ""],
    [() => Plan.parse("attainment: 1\nid: p\nindicators: { a: { name: A, direction: up } }\ntargets: {}\n"), PlanError, "bad_value", "/indicators/a/direction"],
    [() => Panel.fromCsv("a,b\n1,2\n"), InputError, "missing_column", ""],
    [() => plan().assess(panel(), {}), AssessError, "bad_as_of", ""],
    [() => plan().assess(panel(), { asOf: 2017, method: "no-such" }), AssessError, "unknown_method", ""],
    [() => plan().assess(panel(), { asOf: 2017, thresold: "exact" }), InputError, "unknown_key", "/thresold"],
    [() => plan().assess(panel(), { asOf: 2017, threshold: "rounded" }), InputError, "bad_value", "/threshold"],
    [() => plan().assess({}, { asOf: 2017 }), InputError, "wrong_type", "/panel"],
    [() => Plan.parse(3), InputError, "wrong_type", "/text"],
    [() => Plan.parse("", { format: "xml" }), InputError, "bad_value", "/format"],
    [() => plan().toText({ fromat: "json" }), InputError, "wrong_type", "/fromat"],
    [() => plan().assess(panel(), { asOf: 2017 }).verdict("no", "EU"), AssessError, "unknown_verdict", ""],
    [() => plan().assess(panel(), { asOf: 2017 }).toMarkdown({ lang: "fr" }), InputError, "bad_value", "/lang"],
    [() => plan().assess(panel(), { asOf: 2017 }).chart("pie"), AssessError, "unknown_chart", ""],
    [() => pace({ method: "linear", series: [[2015, 1]] }), InputError, "wrong_type", "/direction"],
    [() => pace({ method: "linear", series: [3], direction: "increase" }), InputError, "wrong_type", "/series"],
    [() => extract("", { referenceYear: "today" }), InputError, "wrong_type", "/reference_year"],
  ])("%s", (run, type, code, path) => {
    const error = caught(run);
    expect(error).toBeInstanceOf(type);
    expect(error).toBeInstanceOf(AttainmentError);
    expect(error).toBeInstanceOf(Error);
    expect([error.code, error.path, error.name]).toEqual([code, path, type.name]);
    expect(error.findings.length).toBeGreaterThan(0);
    for (const finding of error.findings) expect(finding.message.zh).not.toBe("");
    expect(JSON.parse(JSON.stringify(error))).toEqual({ name: error.name, code, path, message: error.message, findings: error.findings });
    expect(structuredClone(error.findings)).toEqual(error.findings);
  });

  test("check never throws on what the text says", () => {
    for (const text of ["", "[", "\u0000", "a: &b", "{".repeat(1000)]) expect(Plan.check(text).length).toBeGreaterThan(0);
    expect(Plan.check(TEXT)).toEqual([]);
  });

  test("objects without an end, and too deep ones", () => {
    const loop = { attainment: 1 };
    loop.self = loop;
    expect(caught(() => Plan.fromObject(loop))).toBeInstanceOf(InputError);
    let deep = {};
    for (let level = 0; level < 5000; level += 1) deep = { deep };
    expect(caught(() => Plan.fromObject(deep))).toBeInstanceOf(AttainmentError);
    expect(plan().toObject().id).toBe("europe-2020");
    expect(caught(() => Plan.fromObject(undefined))).toBeInstanceOf(AttainmentError);
  });
});

describe("handles", () => {
  test("disposed of, an object is stale", () => {
    const gone = panel();
    gone[Symbol.dispose]();
    gone[Symbol.dispose]();
    expect(caught(() => gone.length)).toMatchObject({ code: "stale_handle" });
    expect(caught(() => plan().assess(gone, { asOf: 2017 }))).toMatchObject({ code: "stale_handle" });
  });

  test("after a trap the next call works, and old objects are stale", () => {
    const [old, other] = [plan(), panel()];
    // What no call through the package can do: an object whose data lie beyond the memory.
    old.raw.__wbg_ptr = 0xffff_fff0;
    const error = caught(() => old.lint());
    expect(error).toMatchObject({ name: "AttainmentError", code: "internal" });
    expect(error.cause).toBeInstanceOf(WebAssembly.RuntimeError);
    expect(caught(() => other.length)).toMatchObject({ code: "stale_handle" });
    expect(caught(() => old.lint())).toMatchObject({ code: "stale_handle" });
    other[Symbol.dispose]();
    expect(plan().assess(panel(), { asOf: 2017 }).length).toBe(2);
  });

  test("a trap within a callback reaches the caller and not the callback's instance", () => {
    const scheme = { attainment: 1, id: "s", normalise: "min_max", aggregate: "arithmetic", indicators: { x: { direction: "increase" }, y: { direction: "increase" } }, pillars: ["x", "y"], robustness: { weights: "25%" } };
    const card = score(WideTable.fromRecords([{ area: "a", x: 1, y: 3 }, { area: "b", x: 2, y: 1 }]), scheme);
    const broken = plan();
    broken.raw.__wbg_ptr = 0xffff_fff0;
    let within;
    const outer = caught(() => card.robustness(1, { runs: 1024, onProgress: () => { within ??= caught(() => broken.lint()); } }));
    expect(within).toMatchObject({ code: "internal" });
    expect(outer).toMatchObject({ code: "internal" });
    expect(plan().toObject().id).toBe("europe-2020");
  });

  test("memory is given back", async () => {
    const before = panel().length;
    for (let round = 0; round < 300; round += 1) {
      const made = Panel.fromColumns({ indicator: { codes: new Uint8Array(2000), dictionary: ["rd"] }, period: new Int16Array(2000).fill(2017), value: new Float64Array(2000) });
      made[Symbol.dispose]();
    }
    expect(panel().length).toBe(before);
  });
});

describe("hostile text", () => {
  const script = `<script>alert(1)</script><img src=x onerror="alert(2)">&'\``;
  test("is text in HTML and Markdown, wherever it comes from", () => {
    const hostile = Plan.fromObject({ attainment: 1, id: "p", title: script, indicators: { [script]: { name: script, unit: "percent", direction: "increase" } }, targets: { t: { indicator: script, at_least: "3%", by: 2020, note: script } } });
    const assessment = hostile.assess(Panel.fromRecords([{ area: script, indicator: script, period: 2020, value: 2 }]), { asOf: 2020, method: "linear" });
    expect(assessment.length).toBe(1);
    for (const lang of ["en", "zh"]) {
      for (const html of [assessment.toHtml({ lang }), assessment.explain("t", script).toHtml({ lang }), extract(`到2025年${script}达到3%以上`).toHtml({ lang })]) {
        expect(html).not.toMatch(/<script|<img/i);
      }
      expect(assessment.toMarkdown({ lang })).not.toMatch(/(?<!\\)<script/);
    }
  });

  test("in CSV, formulas are guarded", () => {
    const assessment = plan().assess(Panel.fromRecords([{ area: "=1+1", indicator: "rd", period: 2017, value: 2 }]), { asOf: 2017 });
    expect(assessment.toCsv()).toContain("'=1+1");
    expect(assessment.toCsv({ guard: false })).not.toContain("'=1+1");
  });

  test("names of JavaScript's own are names like any other", () => {
    const made = Panel.fromRecords([JSON.parse('{ "__proto__": "x", "constructor": 1, "area": "EU", "indicator": "rd", "period": 2017, "value": 2 }')]);
    expect(made.length).toBe(1);
    const named = Plan.fromObject(JSON.parse('{ "attainment": 1, "id": "p", "indicators": { "__proto__": { "name": "A", "direction": "increase" } }, "targets": { "constructor": { "indicator": "__proto__", "reach": 1, "by": 2020 } } }'));
    expect(named.assess(Panel.fromRecords([{ area: "x", indicator: "__proto__", period: 2020, value: 2 }]), { asOf: 2020 }).verdict("constructor", "x").attained.state).toBe("met");
  });

  test("halves of characters, NUL and endless lines do no harm", () => {
    for (const text of ["\ud800", "\udc00\ud800", "a\u0000b", "%".repeat(100_000), "到2025年".repeat(5000), "\ufeff", "\u202e2025"]) {
      expect(extract(text).text).toBeTypeOf("string");
      expect(Plan.check(text)).toBeInstanceOf(Array);
      expect(Panel.fromRecords([{ area: text, indicator: "rd", period: text, value: text }]).length).toBeLessThan(2);
      expect(plan().assess(panel(), { asOf: 2017 }).toText()).toBeTypeOf("string");
    }
    const half = Plan.fromObject({ ...plan().toObject(), title: "a\ud800b\\ud800" });
    expect(half.toObject().title).toBe("a\ufffdb\\ud800");
  });

  test("numbers that JSON has no word for", () => {
    const values = [Number.NaN, Infinity, -Infinity, 1e308, 123456789012345678901234567890n, -0];
    const made = Panel.fromRecords(values.map((value, index) => ({ area: "x", indicator: "rd", period: 2000 + index, value })));
    expect(made.findings.map(({ row }) => row)).toEqual([2, 3, 4, 5]);
    // `NaN` is an observation without a value.
    expect(made.length).toBe(2);
  });
});

describe("places in a text", () => {
  test("are code points, and can be had as JavaScript counts", () => {
    const text = "😀到2025年，🏭高新技术企业达到500家以上。";
    const draft = extract(text);
    const [item] = draft.toRecords();
    const [start, end] = draft.utf16Range(item);
    expect(draft.text.slice(start, end)).toBe(item.text);
    expect(text.slice(...draft.utf16Range({ start: item.value_start, end: item.value_end }))).toBe("500");
    expect([...text].slice(item.value_start, item.value_end).join("")).toBe("500");
    expect(start).toBeGreaterThan(item.start);
    expect(utf16Range("a😀b", { start: 2, end: 3 })).toEqual([3, 4]);
    expect(utf16Range("ab", { start: null, end: null })).toBeNull();
    expect(utf16Range("ab", { start: 5, end: 6 })).toBeNull();
    expect(() => utf16Range("ab", { start: -1, end: 0 })).toThrow(InputError);
  });

  test("a draft becomes a plan", () => {
    const draft = extract("到2025年，全社会研发经费投入占GDP比重达到2.5%以上。", { title: "某市科技规划", referenceYear: 2021 });
    expect(draft.title).toBe("某市科技规划");
    expect(draft.lang).toBe("zh");
    expect(Object.keys(draft.toPlan().toObject().targets)).toHaveLength(1);
    expect(draft.planFindings()).toEqual([]);
    expect(draft.toText({ lang: "zh" })).toContain("全社会研发经费投入");
  });
});

describe("catalogues", () => {
  test("list what there is", () => {
    expect(attainment.methods().map(({ id }) => id)).toContain("statcan-2025");
    expect(attainment.schemes().map(({ alias }) => alias)).toContain("undp-hdi");
    expect(attainment.codes().find(({ code }) => code === "unit_lost")).toMatchObject({ severity: "warning", stage: "meaning" });
  });

  test("every code of the catalogue is one that an error can have", () => {
    const codes = attainment.codes().map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
  });
});
