/**
 * Arrow tables in, Arrow tables out, for those who have `apache-arrow`.
 *
 * ```ts
 * import { Panel } from "attainment";
 * import { fromArrow, toArrow } from "attainment/arrow";
 *
 * const panel = Panel.fromColumns(fromArrow(table));
 * const results = toArrow(plan.assess(panel, { asOf: 2023 }).toColumns());
 * ```
 *
 * @module attainment/arrow
 */
import {
  Bool,
  Dictionary,
  Float64,
  makeData,
  makeVector,
  type RecordBatch,
  Table,
  Type,
  Uint32,
  Utf8,
  type Vector,
  vectorFromArray,
} from "apache-arrow";
import type { Cell, Column, Columns, InputColumn, NumberArray } from "./table.js";

/**
 * The columns of a table or record batch, for whatever takes columns: `Panel.fromColumns`,
 * `PanelBuilder.addColumns`, `TargetTable.fromColumns`, `WideTable.fromColumns`.
 *
 * Texts, whole numbers, floats (each its shortest decimal text), decimals, truths, days, moments (their
 * day in their own time zone; without one, as they stand), and dictionaries of these are read. A cell of
 * another type reads as the name of the type, so that a column nobody asked for does no harm.
 */
export function fromArrow(table: Table | RecordBatch): Record<string, InputColumn> {
  const columns: [string, InputColumn][] = [];
  table.schema.fields.forEach((field, index) => {
    const vector = table.getChildAt(index);
    if (vector) columns.push([field.name, columnOf(vector)]);
  });
  return Object.fromEntries(columns);
}

function columnOf(vector: Vector): InputColumn {
  const { type } = vector;
  const valid = validOf(vector);
  switch (type.typeId) {
    case Type.Int:
      return { values: valuesOf(vector), valid };
    case Type.Float:
      // Floats of 16 bits have no array of their own.
      if (type.precision === 0) break;
      return { values: valuesOf(vector), valid };
    case Type.Decimal: {
      if (type.bitWidth !== 128) return unread(vector);
      const digits = new Uint8Array(vector.length * 16);
      for (let row = 0; row < vector.length; row += 1) {
        const value = vector.get(row) as Uint32Array | null;
        if (value) digits.set(new Uint8Array(value.buffer, value.byteOffset, 16), row * 16);
      }
      return { digits, scale: type.scale, valid };
    }
    case Type.Date: {
      const days = new Int32Array(vector.length);
      for (let row = 0; row < vector.length; row += 1) days[row] = Math.floor(Number(vector.get(row) ?? 0) / 86_400_000);
      return { days, valid };
    }
    case Type.Timestamp: {
      const day = dayIn((type as { timezone?: string | null }).timezone);
      return each(vector, (value) => day(Number(value)));
    }
    case Type.Dictionary: {
      const [only, ...more] = vector.data;
      if (only?.dictionary && more.length === 0) {
        const codes = (only.values as Uint32Array).subarray(0, only.length);
        return { codes, dictionary: cells(only.dictionary), valid };
      }
      break;
    }
    case Type.Utf8:
    case Type.LargeUtf8:
    case Type.Bool:
    case Type.Null:
      break;
    default:
      return unread(vector);
  }
  return cells(vector);
}

function cells(vector: Vector): Cell[] {
  const column = columnOfValues(vector);
  return column ?? each(vector, (value) => value as Cell);
}

/** The cells of a dictionary that are no plain values. */
function columnOfValues(vector: Vector): Cell[] | undefined {
  const id = vector.type.typeId;
  if (id === Type.Date) return each(vector, (value) => new Date(Number(value)).toISOString().slice(0, 10));
  return undefined;
}

function each(vector: Vector, cell: (value: unknown) => Cell): Cell[] {
  return Array.from({ length: vector.length }, (_, row) => {
    const value: unknown = vector.get(row);
    return value === null || value === undefined ? null : cell(value);
  });
}

function unread(vector: Vector): InputColumn {
  return { codes: new Uint8Array(vector.length), dictionary: [String(vector.type)], valid: validOf(vector) };
}

/** The numbers of all chunks, without the padding behind them. */
function valuesOf(vector: Vector): NumberArray {
  const chunks = vector.data.map((data) => (data.values as Float64Array).subarray(0, data.length));
  const [first, ...more] = chunks;
  if (first === undefined) return new Float64Array();
  if (more.length === 0) return first;
  const all = new (first.constructor as Float64ArrayConstructor)(vector.length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

function validOf(vector: Vector): Uint8Array | undefined {
  if (vector.nullCount === 0) return undefined;
  const bits = new Uint8Array(Math.ceil(vector.length / 8));
  for (let row = 0; row < vector.length; row += 1) if (vector.isValid(row)) bits[row >> 3] = (bits[row >> 3] ?? 0) | (1 << (row & 7));
  return bits;
}

/** The day of a moment, counted in milliseconds, in its own time zone. */
function dayIn(zone: string | null | undefined): (moment: number) => string {
  if (!zone || zone === "UTC") return (moment) => new Date(moment).toISOString().slice(0, 10);
  const parts = new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });
  return (moment) => parts.format(moment);
}

/** The columns of a result as a table: words as dictionaries, numbers as floats, decimals as text. */
export function toArrow(columns: Columns): Table {
  return new Table(Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, vectorOf(column)])));
}

function vectorOf(column: Column): Vector {
  switch (column.type) {
    case "words": {
      const type = new Dictionary(new Utf8(), new Uint32());
      const dictionary = vectorFromArray(column.dictionary, new Utf8());
      return makeVector(makeData({ type, length: column.codes.length, data: column.codes, dictionary, ...nulls(column.valid, column.codes.length) })) as Vector;
    }
    case "numbers":
      return makeVector(makeData({ type: new Float64(), length: column.values.length, data: column.values, ...nulls(column.valid, column.values.length) })) as Vector;
    case "truths": {
      const { values } = column;
      const bits = new Uint8Array(Math.ceil(values.length / 8));
      values.forEach((value, row) => {
        if (value === 1) bits[row >> 3] = (bits[row >> 3] ?? 0) | (1 << (row & 7));
      });
      return makeVector(makeData({ type: new Bool(), length: values.length, data: bits, ...nulls(column.valid, values.length) })) as Vector;
    }
    case "decimals":
      return vectorFromArray(column.values, new Utf8()) as Vector;
  }
}

function nulls(valid: Uint8Array | undefined, rows: number): { nullBitmap?: Uint8Array; nullCount: number } {
  if (valid === undefined) return { nullCount: 0 };
  let set = 0;
  for (let row = 0; row < rows; row += 1) set += ((valid[row >> 3] ?? 0) >> (row & 7)) & 1;
  return { nullBitmap: valid, nullCount: rows - set };
}
