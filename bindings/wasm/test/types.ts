// Compiled as a strict program of a user would be; never run.
import { type Assessment, AttainmentError, extract, init, type InputColumns, Panel, Plan, pace, score, toNumber, type Verdict } from "attainment";
import { fromArrow, toArrow } from "attainment/arrow";
import * as inline from "attainment/inline";

await init();
await inline.init();

const plan: Plan = Plan.fromObject({
  attainment: 1,
  id: "p",
  indicators: { rd: { name: "R&D", unit: "percent", direction: "increase" } },
  targets: { rd: { indicator: "rd", at_least: "3%", by: 2020, baseline: 2008 } },
});
const columns: InputColumns = { area: ["EU"], indicator: { codes: Uint8Array.of(0), dictionary: ["rd"] }, period: Int32Array.of(2017), value: Float64Array.of(2.06) };
const panel = Panel.fromColumns(columns, { columns: { area: "unit" } });
const assessment: Assessment = plan.assess(panel, { asOf: [2017, "2018-06", new Date(0)], method: ["linear"], threshold: "half_up" });
const verdict: Verdict = assessment.verdict("rd", "EU");
const state: "met" | "not_met" | "pending" | "not_evaluable" = verdict.attained.state;
const gap: number | null = toNumber(verdict.attained.gap);
const score_: number | null | undefined = verdict.pace?.score;
const column = assessment.toColumns()["gap"];
if (column?.type === "numbers") column.values satisfies Float64Array;
const counted: number = assessment.summary().met;
const [start, end] = extract("", { referenceYear: 2026, lang: "zh" }).utf16Range({ start: 0, end: 1 }) ?? [0, 0];
pace({ method: "linear", series: [[2015, 14.5], ["2023", "10.2", "P"]], target: [2030, [7, 8]], direction: "decrease" }).category satisfies string | null;
score(assessment, "undp-hdi").robustness(1, { runs: 10, onProgress: (done: number) => done < 5 }).data.intervals satisfies readonly { area: string; mean: number }[];
toArrow(assessment.toColumns()).numRows satisfies number;
Panel.fromColumns(fromArrow(toArrow({})));
try {
  plan.lint();
} catch (error) {
  if (error instanceof AttainmentError) error.findings.map((finding) => finding.message.zh) satisfies string[];
}
{
  using scoped = Panel.fromRecords([{ indicator: "rd", period: 2017, value: "2.06" }]);
  scoped.length satisfies number;
}

// @ts-expect-error: `asOf` is required
plan.assess(panel, {});
// @ts-expect-error: there is no such option
plan.assess(panel, { asOf: 2017, thresold: "exact" });
// @ts-expect-error: a word that is none
plan.assess(panel, { asOf: 2017, threshold: "rounded" });
// @ts-expect-error: a direction is a word
pace({ method: "linear", series: [], direction: "up" });

export { counted, end, gap, score_, start, state };
