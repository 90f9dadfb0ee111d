import type { Fetch, Table } from "./core.js";
import { call, json, options } from "./engine.js";
import { wrong } from "./errors.js";

/** What a cell can be: a number stands for its shortest decimal text, a date for its day in UTC. */
export type Cell = string | number | bigint | boolean | Date | null | undefined;

/** A row of a table: names to cells. */
export type InputRecord = Readonly<Record<string, Cell>>;

/** Whole numbers and floats that lie in memory one after another. */
export type NumberArray =
  | Float64Array
  | Float32Array
  | Int8Array
  | Int16Array
  | Int32Array
  | Uint8Array
  | Uint8ClampedArray
  | Uint16Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array;

/**
 * A column of a table that comes in.
 *
 * A typed array by itself has a value in every row, but for `NaN`, which is missing. `valid` marks where there is one:
 * a bit for each row, the least significant bit of a byte first, as in Arrow. `codes` are places in `dictionary`,
 * `days` count from 1970-01-01, and `digits` are decimals of one scale: 16 bytes each, the least significant first.
 */
export type InputColumn =
  | NumberArray
  | readonly Cell[]
  | { readonly values: NumberArray | readonly Cell[]; readonly valid?: Uint8Array | undefined }
  | { readonly codes: Exclude<NumberArray, Float64Array | Float32Array>; readonly dictionary: readonly Cell[]; readonly valid?: Uint8Array | undefined }
  | { readonly days: Int32Array; readonly valid?: Uint8Array | undefined }
  | { readonly digits: Uint8Array; readonly scale: number; readonly valid?: Uint8Array | undefined };

/** Columns by name, all of one length. */
export type InputColumns = Readonly<Record<string, InputColumn>>;

/** How a table is read. */
export interface ReadOptions {
  /** The names of columns, ours to theirs: `{ area: "unit", period: "year" }`. */
  columns?: Readonly<Record<string, string>> | undefined;
  /** Whether rows that cannot be used are an error and not findings. */
  strict?: boolean | undefined;
}

/** Words of a result: each distinct one once, and its place for each row. */
export interface WordColumn {
  type: "words";
  /** The place of each row in `dictionary`. */
  codes: Uint32Array;
  /** The words. */
  dictionary: string[];
  /** Where there is a value, a bit for each row; absent where every row has one. */
  valid?: Uint8Array;
}

/** Numbers of a result. */
export interface NumberColumn {
  type: "numbers";
  /** The nearest floats; `NaN` where there is no value. */
  values: Float64Array;
  /** Where there is a value, a bit for each row; absent where every row has one. */
  valid?: Uint8Array;
}

/** Exact numbers of a result, as decimal text. */
export interface DecimalColumn {
  type: "decimals";
  /** The numbers, and `null` where there is none. */
  values: (string | null)[];
}

/** Answers of a result. */
export interface TruthColumn {
  type: "truths";
  /** 1 is yes, 0 no or nothing. */
  values: Uint8Array;
  /** Where there is a value, a bit for each row; absent where every row has one. */
  valid?: Uint8Array;
}

/** A column of a result. */
export type Column = WordColumn | NumberColumn | DecimalColumn | TruthColumn;

/** Columns of a result, by name, in the order that records have. */
export type Columns = Record<string, Column>;

/** What a row of a column is: a word, a number, a truth, or `null` where there is none. */
export function cellOf(column: Column, row: number): string | number | boolean | null {
  if (column.type === "decimals") return column.values[row] ?? null;
  if (!isValid(column.valid, row)) return null;
  switch (column.type) {
    case "words":
      return column.dictionary[column.codes[row] as number] ?? null;
    case "numbers": {
      const value = column.values[row];
      return value === undefined || Number.isNaN(value) ? null : value;
    }
    case "truths":
      return row < column.values.length ? column.values[row] === 1 : null;
  }
}

function isValid(valid: Uint8Array | undefined, row: number): boolean {
  return valid === undefined || (((valid[row >> 3] ?? 0) >> (row & 7)) & 1) === 1;
}

/** Columns as the module takes them. The caller frees the table. */
function table(columns: InputColumns): Table {
  if (columns === null || typeof columns !== "object" || Array.isArray(columns)) throw wrong("columns", columns, "columns by name", "按名称的列");
  const entries = Object.entries(columns);
  return call((module) => {
    const table = new module.Table();
    try {
      for (const [name, column] of entries) add(table, name, column);
    } catch (error) {
      table.free();
      throw error;
    }
    return table;
  });
}

/** Lends columns to a call. */
export function withColumns<T>(columns: InputColumns, run: (table: Table) => T): T {
  const lent = table(columns);
  try {
    return run(lent);
  } finally {
    // After a trap the table is gone with its instance.
    try {
      lent.free();
    } catch {
      // Nothing is left to free.
    }
  }
}

function add(table: Table, name: string, column: InputColumn): void {
  if (Array.isArray(column)) return list(table, name, column as readonly Cell[]);
  if (ArrayBuffer.isView(column)) return numbers(table, name, column as NumberArray, undefined);
  if (column !== null && typeof column === "object") {
    if ("codes" in column) {
      numbers(table, name, column.codes, column.valid);
      add(table, name, column.dictionary);
      return table.dictionary();
    }
    if ("days" in column) return table.days(name, column.days, column.valid);
    if ("digits" in column) return table.decimals(name, column.digits, column.scale, column.valid);
    if ("values" in column) {
      const { values, valid } = column as { values: NumberArray | readonly Cell[]; valid?: Uint8Array };
      if (ArrayBuffer.isView(values)) return numbers(table, name, values, valid);
      return list(table, name, values.map((value, row) => (isValid(valid, row) ? value : null)));
    }
  }
  throw wrong(name, column, "a typed array, a list, or an object of `values`, `codes` or `days`", "类型化数组、列表,或含`values`、`codes`、`days`的对象");
}

function numbers(table: Table, name: string, values: NumberArray, valid: Uint8Array | undefined): void {
  if (values instanceof Float64Array) table.f64(name, values, valid);
  else if (values instanceof Float32Array) table.f32(name, values, valid);
  else if (values instanceof Int32Array) table.i32(name, values, valid);
  else if (values instanceof Uint32Array) table.u32(name, values, valid);
  else if (values instanceof Int16Array) table.i16(name, values, valid);
  else if (values instanceof Uint16Array) table.u16(name, values, valid);
  else if (values instanceof Int8Array) table.i8(name, values, valid);
  else if (values instanceof Uint8Array || values instanceof Uint8ClampedArray) table.u8(name, new Uint8Array(values), valid);
  else if (values instanceof BigInt64Array) table.i64(name, values, valid);
  else if (values instanceof BigUint64Array) table.u64(name, values, valid);
  else throw wrong(name, values, "a typed array of numbers", "数值的类型化数组");
}

/** Texts repeat a lot: each distinct one crosses once. */
function list(table: Table, name: string, values: readonly Cell[]): void {
  const places = new Map<string, number>();
  const codes = new Uint32Array(values.length);
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row];
    if (typeof value !== "string") return table.cells(name, json(values));
    let place = places.get(value);
    if (place === undefined) {
      place = places.size;
      places.set(value, place);
    }
    codes[row] = place;
  }
  table.u32(name, codes, undefined);
  table.cells(name, json([...places.keys()]));
  table.dictionary();
}

/** Records as columns: one for each key, empty where a record does not have it. */
export function columnsOf(records: Iterable<InputRecord>): InputColumns {
  if (records === null || typeof records !== "object" || !(Symbol.iterator in records)) throw wrong("records", records, "a list of records", "记录的列表");
  const columns = new Map<string, Cell[]>();
  let rows = 0;
  for (const record of records) {
    if (record === null || typeof record !== "object") throw wrong("records", record, "a list of records", "记录的列表");
    for (const [name, value] of Object.entries(record)) {
      let column = columns.get(name);
      if (column === undefined) {
        column = new Array<Cell>(rows).fill(null);
        columns.set(name, column);
      }
      column[rows] = value ?? null;
    }
    rows += 1;
    for (const column of columns.values()) if (column.length < rows) column[rows - 1] = null;
  }
  return Object.fromEntries(columns);
}

/** The columns of a result, out of the module. */
export function fetched(run: () => Fetch): Columns {
  const fetch = call(run);
  try {
    return call(() => {
      const columns: Columns = Object.create(null) as Columns;
      const types = JSON.parse(fetch.types()) as [string, string][];
      types.forEach(([name, type], index) => {
        columns[name] = column(fetch, type, index);
      });
      return columns;
    });
  } finally {
    try {
      fetch.free();
    } catch {
      // Nothing is left to free.
    }
  }
}

function column(fetch: Fetch, type: string, index: number): Column {
  const valid = fetch.valid(index);
  const marked = valid === undefined ? {} : { valid };
  switch (type) {
    case "dictionary":
      return { type: "words", codes: fetch.codes(index) ?? new Uint32Array(), dictionary: JSON.parse(fetch.cells(index)) as string[], ...marked };
    case "float": {
      const values = fetch.floats(index) ?? new Float64Array();
      // Who forgets to look at the marks must not take what is missing for 0.
      if (valid !== undefined) for (let row = 0; row < values.length; row += 1) if (!isValid(valid, row)) values[row] = Number.NaN;
      return { type: "numbers", values, ...marked };
    }
    case "bool": {
      const bits = fetch.bools(index) ?? new Uint8Array();
      return { type: "truths", values: Uint8Array.from({ length: fetch.rows() }, (_, row) => (isValid(bits, row) ? 1 : 0)), ...marked };
    }
    default:
      return { type: "decimals", values: JSON.parse(fetch.cells(index)) as (string | null)[] };
  }
}

/** Options of reading as JSON text. The names of columns are data and stay as they are. */
export function reading(given: ReadOptions | undefined): string {
  return options(given);
}
