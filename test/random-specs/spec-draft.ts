/** A value of a spec, as JSON has it. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };

/** A field while it is made: its type and attributes by key. */
export interface FieldDraft {
  [attribute: string]: Value;
  type: string;
}

/** An entity while it is made: what constructs add stands beside the fields and grants. */
export interface EntityDraft {
  readonly fields: Record<string, FieldDraft>;
  readonly access: Record<string, Value>;
  readonly more: Record<string, Value>;
}

/** A spec while it is made; constructs change it in place. */
export interface SpecDraft {
  readonly entities: Readonly<Record<string, EntityDraft>>;
  /** Keys of the app beside its entities. */
  readonly more: Record<string, Value>;
}

export function entityOf({ entities }: Pick<SpecDraft, 'entities'>, name: string): EntityDraft {
  const entity = entities[name];
  if (entity === undefined) throw new TypeError(`no entity ${name}`);
  return entity;
}

export function fieldOf({ fields }: EntityDraft, name: string): FieldDraft {
  const field = fields[name];
  if (field === undefined) throw new TypeError(`no field ${name}`);
  return field;
}

/** The draft as the text of an `app.yaml`. */
export function printSpec({ entities, more }: SpecDraft): string {
  const printed = Object.entries(entities).map(([name, entity]) => {
    const { fields, access, more: others } = entity;
    // A part has the access of what it is part of.
    return [name, { fields, ...(others['partOf'] === undefined && { access }), ...others }] as const;
  });
  return `${printMap({ supercompile: 1, ...more, entities: Object.fromEntries(printed) }, '')}\n`;
}

function printMap(map: Readonly<Record<string, Value>>, indent: string): string {
  return Object.entries(map)
    .map(([key, value]) => `${indent}${printKey(key)}:${printValue(key, value, indent)}`)
    .join('\n');
}

function printValue(key: string, value: Value, indent: string): string {
  // Patterns stand in single quotes; any value of JSON is one of YAML.
  if (key === 'pattern' && typeof value === 'string') return ` '${value.replaceAll("'", "''")}'`;
  if (!isMap(value) || LITERALS.has(key) || Object.keys(value).length === 0) return ` ${JSON.stringify(value)}`;
  return `\n${printMap(value, `${indent}  `)}`;
}

/** Keys whose value is the author's own, whatever its form. */
const LITERALS = new Set(['default', 'example']);

function printKey(key: string): string {
  return /^[A-Za-z_]\w*$/.test(key) ? key : JSON.stringify(key);
}

function isMap(value: Value): value is { readonly [key: string]: Value } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
