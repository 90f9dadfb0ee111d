/** The documents that have a JSON Schema. */
export type SchemaName = "plan" | "method" | "scheme" | "cascade" | "roll_up";

const TEXTS: Record<string, string> = {
  // The schemas, written in by `cargo xtask npm`.
};

/** The names of the documents that have a JSON Schema. */
export const SCHEMAS: readonly SchemaName[] = Object.keys(TEXTS) as SchemaName[];

/** The JSON Schema (draft 2020-12) of a document; `null` where there is none of the name. */
export function schema(name: SchemaName): Record<string, unknown> | null {
  const text = Object.hasOwn(TEXTS, name) ? TEXTS[name] : undefined;
  return text === undefined ? null : (JSON.parse(text) as Record<string, unknown>);
}
