import type * as core from "./core.js";
import { call, Handle, json, text } from "./engine.js";
import { wrong } from "./errors.js";
import { Plan } from "./plan.js";
import { type Columns, columnsOf, fetched, type InputColumns, type InputRecord, type ReadOptions, reading, withColumns } from "./table.js";
import type { Finding, TargetRecord } from "./types.js";

/** What `Panel.fromOpenSdg` makes. */
export interface OpenSdg {
  /** The observations. */
  panel: Panel;
  /** The plan that the metadata make. */
  plan: Plan;
}

/**
 * Observations, held as columns.
 *
 * Rows that cannot be used are {@link Panel.findings}, and the rest is assessed.
 */
export class Panel extends Handle<core.Panel> {
  /** Of records: `{ area, indicator, period, value }` and what else there is to say. */
  static fromRecords(records: Iterable<InputRecord>, options?: ReadOptions): Panel {
    return new PanelBuilder().addRecords(records, options).finish(options);
  }

  /** Of columns: the way for what is large. */
  static fromColumns(columns: InputColumns, options?: ReadOptions): Panel {
    return new PanelBuilder().addColumns(columns, options).finish(options);
  }

  /** Of CSV text, a row for each observation. */
  static fromCsv(csv: string, options?: ReadOptions): Panel {
    return new PanelBuilder().addCsv(csv, options).finish(options);
  }

  /** Of CSV text with a column for each period or indicator. */
  static fromWide(csv: string, options?: ReadOptions): Panel {
    return new PanelBuilder().addWide(csv, options).finish(options);
  }

  /** Of SDMX-CSV text, version 1.0 or 2.0. */
  static fromSdmxCsv(csv: string, options?: ReadOptions): Panel {
    return new PanelBuilder().addSdmxCsv(csv, options).finish(options);
  }

  /** Of the CSV text of the World Bank's data pages. */
  static fromWorldbankCsv(csv: string, options?: ReadOptions): Panel {
    return new PanelBuilder().addWorldbankCsv(csv, options).finish(options);
  }

  /** Of an indicator of Open SDG: its data (CSV) and its metadata (YAML), which make a plan. */
  static fromOpenSdg(data: string, metadata: string, options?: ReadOptions): OpenSdg {
    const builder = new PanelBuilder();
    const plan = builder.addOpenSdg(data, metadata, options);
    return { panel: builder.finish(options), plan };
  }

  /** @internal */
  static of(raw: core.Panel): Panel {
    return new Panel(raw);
  }

  /** The number of observations. */
  get length(): number {
    return call(() => this.raw.rows());
  }

  /** What was found while it was read. */
  get findings(): Finding[] {
    return JSON.parse(call(() => this.raw.findings())) as Finding[];
  }

  /** The areas, in the order in which they came. */
  get areas(): string[] {
    return JSON.parse(call(() => this.raw.areas())) as string[];
  }

  /** The indicators, in the order in which they came. */
  get indicators(): string[] {
    return JSON.parse(call(() => this.raw.indicators())) as string[];
  }
}

/** Observations that come in pieces. */
export class PanelBuilder extends Handle<core.PanelBuilder> {
  constructor() {
    super(call((module) => new module.PanelBuilder()));
  }

  /** Adds records. */
  addRecords(records: Iterable<InputRecord>, options?: ReadOptions): this {
    const columns = columnsOf(records);
    return Object.keys(columns).length === 0 ? this : this.addColumns(columns, options);
  }

  /** Adds columns. */
  addColumns(columns: InputColumns, options?: ReadOptions): this {
    const given = reading(options);
    withColumns(columns, (table) => call(() => this.raw.add_columns(table, given)));
    return this;
  }

  /** Adds CSV text, a row for each observation. */
  addCsv(csv: string, options?: ReadOptions): this {
    call(() => this.raw.add_csv(text("csv", csv), reading(options)));
    return this;
  }

  /** Adds CSV text with a column for each period or indicator. */
  addWide(csv: string, options?: ReadOptions): this {
    call(() => this.raw.add_wide(text("csv", csv), reading(options)));
    return this;
  }

  /** Adds SDMX-CSV text. */
  addSdmxCsv(csv: string, options?: ReadOptions): this {
    call(() => this.raw.add_sdmx_csv(text("csv", csv), reading(options)));
    return this;
  }

  /** Adds the CSV text of the World Bank's data pages. */
  addWorldbankCsv(csv: string, options?: ReadOptions): this {
    call(() => this.raw.add_worldbank_csv(text("csv", csv), reading(options)));
    return this;
  }

  /** Adds an indicator of Open SDG and gives its plan. */
  addOpenSdg(data: string, metadata: string, options?: ReadOptions): Plan {
    return Plan.of(call(() => this.raw.add_open_sdg(text("data", data), text("metadata", metadata), reading(options))));
  }

  /** The panel. The builder is finished with it. */
  finish(options?: ReadOptions): Panel {
    const panel = Panel.of(call(() => this.raw.finish(reading(options))));
    this[Symbol.dispose]();
    return panel;
  }
}

/** Bounds of many areas: a row for each area and target. */
export class TargetTable extends Handle<core.TargetTable> {
  /** Of records. */
  static fromRecords(records: Iterable<InputRecord>, options?: ReadOptions): TargetTable {
    return TargetTable.fromColumns(columnsOf(records), options);
  }

  /** Of columns. */
  static fromColumns(columns: InputColumns, options?: ReadOptions): TargetTable {
    return new TargetTable(withColumns(columns, (table) => call((module) => module.TargetTable.from_columns(table, reading(options)))));
  }

  /** Of CSV text. */
  static fromCsv(csv: string, options?: ReadOptions): TargetTable {
    return new TargetTable(call((module) => module.TargetTable.from_csv(text("csv", csv), reading(options))));
  }

  /** @internal */
  static of(raw: core.TargetTable): TargetTable {
    return new TargetTable(raw);
  }

  /** The number of rows. */
  get length(): number {
    return call(() => this.raw.rows());
  }

  /** What was found while it was read. */
  get findings(): Finding[] {
    return JSON.parse(call(() => this.raw.findings())) as Finding[];
  }

  /** Its rows; numbers and periods are text, as they were written. */
  toRecords(): TargetRecord[] {
    return JSON.parse(call(() => this.raw.to_records())) as TargetRecord[];
  }

  /** Its columns. */
  toColumns(): Columns {
    return fetched(() => this.raw.to_columns());
  }

  /** As CSV text, which {@link TargetTable.fromCsv} reads. */
  toCsv(): string {
    return call(() => this.raw.to_csv());
  }
}

/** A table of areas and indicators, without time. */
export class WideTable extends Handle<core.WideTable> {
  /** Of records. */
  static fromRecords(records: Iterable<InputRecord>, options?: ReadOptions): WideTable {
    return WideTable.fromColumns(columnsOf(records), options);
  }

  /** Of columns. */
  static fromColumns(columns: InputColumns, options?: ReadOptions): WideTable {
    return new WideTable(withColumns(columns, (table) => call((module) => module.WideTable.from_columns(table, reading(options)))));
  }

  /** Of CSV text. */
  static fromCsv(csv: string, options?: ReadOptions): WideTable {
    return new WideTable(call((module) => module.WideTable.from_csv(text("csv", csv), reading(options))));
  }

  /** The areas. */
  get areas(): string[] {
    return JSON.parse(call(() => this.raw.areas())) as string[];
  }

  /** The indicators. */
  get indicators(): string[] {
    return JSON.parse(call(() => this.raw.indicators())) as string[];
  }

  /** What was found while it was read. */
  get findings(): Finding[] {
    return JSON.parse(call(() => this.raw.findings())) as Finding[];
  }
}

/** A period as JSON text. */
export function period(name: string, value: unknown): string {
  if (typeof value === "string" || typeof value === "number" || typeof value === "bigint" || value instanceof Date) return json(value);
  throw wrong(name, value, "a period such as `2023` or `2023-06`", "期,如`2023`或`2023-06`");
}
