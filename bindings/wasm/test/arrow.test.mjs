import { Bool, DateDay, DateMillisecond, Decimal, Dictionary, Float16, Float32, Float64, Int16, Int32, Int64, List, RecordBatch, Table, TimestampMillisecond, Utf8, makeData, tableFromArrays, tableFromIPC, tableToIPC, vectorFromArray } from "apache-arrow";
import { Panel, Plan, TargetTable, score, WideTable } from "attainment";
import { fromArrow, toArrow } from "attainment/arrow";
import { expect, test } from "vitest";

const plan = Plan.parse("{attainment: 1, id: p, indicators: {rd: {name: R&D, unit: percent, direction: increase, statistic: end}}, targets: {rd: {indicator: rd, at_least: 3%, by: 2020}}}");
const names = (length, word) => vectorFromArray(Array(length).fill(word), new Dictionary(new Utf8(), new Int32()));

test.each([
  ["float64", new Float64(), [3.2, null, 1.51]],
  ["float32", new Float32(), [3.2, null, 1.51]],
  ["int32", new Int32(), [3, null, 1]],
  ["utf8", new Utf8(), ["3.2", null, "1.51"]],
])("values of %s", (_, type, values) => {
  const table = new Table({ area: vectorFromArray(["AT", "DE", "IT"], new Utf8()), indicator: names(3, "rd"), year: vectorFromArray([2020, 2020, 2020], new Int16()), value: vectorFromArray(values, type) });
  const panel = Panel.fromColumns(fromArrow(table));
  expect(panel.findings).toEqual([]);
  const assessment = plan.assess(panel, { asOf: 2020 });
  expect(["AT", "IT"].map((area) => assessment.verdict("rd", area).attained.value)).toEqual([values[0], values[2]].map(String));
});

test("int64, dates, moments, truths, halves and what cannot be read", () => {
  const day = (text) => new Date(`${text}T00:00:00Z`);
  const table = new Table({
    area: vectorFromArray(["AT", "IT"], new Dictionary(new Utf8(), new Int16())),
    indicator: names(2, "rd"),
    period: vectorFromArray([day("2020-12-31"), day("2020-12-31")], new DateDay()),
    value: vectorFromArray([3n, 1n], new Int64()),
    nobody: vectorFromArray([[1], [2]], new List({ name: "item", type: new Int32(), nullable: true })),
    flag: vectorFromArray([true, null], new Bool()),
    half: vectorFromArray([0.5, null], new Float16()),
  });
  const columns = fromArrow(table);
  expect(plan.assess(Panel.fromColumns(columns), { asOf: 2020 }).verdict("rd", "AT").attained.state).toBe("met");
  expect(columns.flag).toEqual([true, null]);
  expect(columns.half[0]).toBe(0.5);
  const moments = new Table({ moment: vectorFromArray([day("2020-12-31"), null], new TimestampMillisecond("Asia/Shanghai")), day: vectorFromArray([day("2020-02-29"), null], new DateMillisecond()) });
  expect(fromArrow(moments).moment).toEqual(["2020-12-31", null]);
  expect([...fromArrow(moments).day.days]).toEqual([18321, 0]);
  const late = new Table({ moment: vectorFromArray([new Date("2020-12-31T20:00:00Z")], new TimestampMillisecond("Asia/Shanghai")) });
  expect(fromArrow(late).moment).toEqual(["2021-01-01"]);
});

test("decimals keep their digits", () => {
  const type = new Decimal(2, 10, 128);
  const data = makeData({ type, length: 2, nullCount: 0, data: Uint32Array.of(320, 0, 0, 0, 0xffffff69, 0xffffffff, 0xffffffff, 0xffffffff) });
  const { digits, scale } = fromArrow(new Table({ value: data })).value;
  expect([scale, digits.length]).toEqual([2, 32]);
  const panel = Panel.fromColumns({ area: ["AT", "IT"], indicator: ["rd", "rd"], period: [2020, 2020], value: { digits, scale } });
  const assessment = plan.assess(panel, { asOf: 2020 });
  expect(["AT", "IT"].map((area) => Number(assessment.verdict("rd", area).attained.value))).toEqual([3.2, -1.51]);
});

test("several batches, slices, and a file in between", () => {
  const table = tableFromArrays({ area: ["AT", "IT", "DE"], indicator: ["rd", "rd", "rd"], year: Int32Array.of(2020, 2020, 2020), value: Float64Array.of(3.2, 1.51, 3.1) });
  const doubled = tableFromIPC(tableToIPC(table.concat(table)));
  expect(Panel.fromColumns(fromArrow(doubled.slice(1, 4))).areas).toEqual(["IT", "DE", "AT"]);
  const [batch] = table.batches;
  expect(batch).toBeInstanceOf(RecordBatch);
  expect(Panel.fromColumns(fromArrow(batch)).length).toBe(3);
});

test("results become a table, with null where nothing is", () => {
  const panel = Panel.fromRecords([{ area: "AT", indicator: "rd", period: 2020, value: 3.2 }, { area: "IT", indicator: "rd", period: 2019, value: 1.51 }]);
  const assessment = plan.assess(panel, { asOf: 2020 });
  const table = tableFromIPC(tableToIPC(toArrow(assessment.toColumns())));
  const records = assessment.toRecords();
  expect(table.numRows).toBe(2);
  expect(table.schema.fields.map(({ name }) => name)).toEqual(Object.keys(records[0]));
  for (const name of ["target", "area", "attained", "reason", "holds_now", "category", "period"]) {
    expect([...table.getChild(name)], name).toEqual(records.map((record) => record[name]));
  }
  expect([...table.getChild("value")]).toEqual([3.2, 1.51]);
  expect([...table.getChild("closed")]).toEqual([null, null]);
  expect([...toArrow(assessment.toColumns({ decimals: true })).getChild("value")]).toEqual(["3.20", "1.51"]);
});

test("target tables and wide tables too", () => {
  const targets = TargetTable.fromColumns(fromArrow(tableFromArrays({ area: ["AT"], indicator: ["rd"], bound: ["2%"], by: Int32Array.of(2020) })));
  expect(targets.length).toBe(1);
  expect(toArrow(targets.toColumns()).numRows).toBe(1);
  const wide = WideTable.fromColumns(fromArrow(tableFromArrays({ area: ["a", "b"], x: Float64Array.of(1, 2) })));
  const card = score(wide, { attainment: 1, id: "s", normalise: "as_is", aggregate: "arithmetic", pillars: ["x"] });
  expect([...toArrow(card.toColumns()).getChild("score")]).toEqual([1, 2]);
});
