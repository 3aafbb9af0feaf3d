import type { Catalogue, CatalogueKind, CatalogueObject } from './catalogue.ts';

/** One object that is not as it should be. */
export interface CatalogueDifference {
  readonly kind: CatalogueKind;
  /** `leads.score`, and `leads` for a table. */
  readonly name: string;
  /** `missing`: it is not there; `added`: it should not be; `changed`: it is there and differs. */
  readonly change: 'missing' | 'added' | 'changed';
  /** What differs, where it is there and should be. */
  readonly attributes: readonly AttributeDifference[];
}

export interface AttributeDifference {
  readonly name: string;
  /** `undefined` where there should be none. */
  readonly wanted: string | undefined;
  readonly found: string | undefined;
}

/**
 * How a database differs from what it should be, in the order of kind and name. `all` looks at everything in the
 * schema, `owned` only at the objects that it should hold and at all that is part of its tables: whatever else lives
 * in the schema belongs to someone else.
 */
export function compareCatalogues(
  wanted: Catalogue,
  found: Catalogue,
  scope: 'all' | 'owned' = 'all',
): readonly CatalogueDifference[] {
  const sameServer = wanted.server === found.server;
  const [before, after] = [index(wanted), index(found)];
  const tables = new Set(wanted.objects.flatMap(({ kind, name }) => (kind === 'table' ? [name] : [])));
  const isOwn = ({ table = '' }: CatalogueObject): boolean => scope === 'all' || tables.has(table);
  const lost = new Set([...tables].filter((name) => !after.has(`table ${name}`)));
  const missing = wanted.objects.filter((object) => !after.has(keyOf(object)) && !lost.has(object.table ?? ''));
  const added = found.objects.filter((object) => !before.has(keyOf(object)) && isOwn(object));
  const fresh = new Set(added.flatMap(({ kind, name }) => (kind === 'table' ? [name] : [])));
  return [
    ...missing.map((object) => difference(object, 'missing')),
    ...added.filter((object) => !fresh.has(object.table ?? '')).map((object) => difference(object, 'added')),
    ...wanted.objects.flatMap((object) => {
      const other = after.get(keyOf(object));
      const attributes = other === undefined ? [] : compareAttributes(object, other, sameServer);
      return attributes.length === 0 ? [] : [difference(object, 'changed', attributes)];
    }),
  ].toSorted(byKindAndName);
}

function compareAttributes(
  wanted: CatalogueObject,
  found: CatalogueObject,
  sameServer: boolean,
): readonly AttributeDifference[] {
  const names = new Set([...Object.keys(wanted.attributes), ...Object.keys(found.attributes)]);
  return [...names].toSorted().flatMap((name) => {
    const [left, right] = [wanted.attributes[name], found.attributes[name]];
    return isSame(left, right, sameServer) ? [] : [{ name, wanted: left, found: right }];
  });
}

/** Postgres' majors differ in how they print one expression: in parentheses, in where a column's table is named, in spaces. */
function isSame(left: string | undefined, right: string | undefined, sameServer: boolean): boolean {
  if (left === right) return true;
  return !sameServer && left !== undefined && right !== undefined && loosely(left) === loosely(right);
}

function loosely(expression: string): string {
  return expression.replace(/\b[a-z_][a-z0-9_]*\.(?=[a-z_"])|[\s()]/g, '');
}

function index({ objects }: Catalogue): ReadonlyMap<string, CatalogueObject> {
  return new Map(objects.map((object) => [keyOf(object), object]));
}

function keyOf({ kind, name }: CatalogueObject): string {
  return `${kind} ${name}`;
}

function difference(
  { kind, name }: CatalogueObject,
  change: CatalogueDifference['change'],
  attributes: readonly AttributeDifference[] = [],
): CatalogueDifference {
  return { kind, name, change, attributes };
}

function byKindAndName(a: CatalogueDifference, b: CatalogueDifference): number {
  const [left, right] = [keyOf({ ...a, attributes: {} }), keyOf({ ...b, attributes: {} })];
  return left < right ? -1 : left > right ? 1 : 0;
}
