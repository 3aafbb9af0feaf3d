import type { Database } from '../database/database.ts';
import { DatabaseError } from '../database/errors.ts';
import { alikeLinks } from './alike-links.ts';
import { clearTables } from './clear-tables.ts';
import { firstTaken } from './far-rules.ts';
import { ROWS, uniquesOf, type FixtureValues } from './fixture-values.ts';
import { insertRow, type NewRow } from './insert-row.ts';
import {
  created,
  type FieldCase,
  type Json,
  type JsonObject,
  type PartCase,
  type ResourceCase,
} from './resource-case.ts';
import { fitToChecks } from './fit-row.ts';
import { isAsAsked, linkName } from './link-wishes.ts';
import { linked, type Brought } from './brought-parts.ts';
import { breaksCheck } from './row-checks.ts';
import { seededId } from './row-ids.ts';
import { keyOf, timesOf, type SeededRow } from './seeded-row.ts';
import { onTheWay } from './state-steps.ts';
import { Tables } from './tables.ts';
import { NoSoundRow, RuleInTheWay } from './test.ts';
import { attempts, restingStates, type MadeFor, type Way, type Wish } from './ways.ts';

/** The rows that tests have put into the tables of the app, with those that they point to and those that they bring. */
export class SeededRows extends Tables {
  readonly values: FixtureValues;
  protected readonly resources: readonly ResourceCase[];
  readonly #rows = new Map<string, SeededRow>();
  readonly #taken = new Set<string>();
  /** How rows came to be that rules over other rows had refused: they come to be in the same way the next time. */
  protected readonly ways = new Map<string, Way>();
  /** Resources of which no row was found that meets its checks. */
  readonly unmet = new Set<string>();
  /** Resources whose parts are being made. */
  readonly #bringing = new Set<string>();

  constructor(database: Database, schema: string, resources: readonly ResourceCase[], values: FixtureValues) {
    super(database, schema);
    this.resources = resources;
    this.values = values;
  }

  /** Empties every table. */
  async clear(): Promise<void> {
    this.#rows.clear();
    this.#taken.clear();
    await clearTables(this.database, this.resources, (table) => this.nameOf(table));
  }

  /** The row of an index, made when there is none yet, with the rows that it points to. */
  async row(
    resource: ResourceCase,
    index: number,
    overrides: JsonObject = {},
    { by, wish = 'parts' }: MadeFor = {},
  ): Promise<SeededRow> {
    const key = keyOf(resource, index);
    const known = this.#rows.get(key);
    if (known !== undefined) return known;
    this.#taken.add(key);
    const set = { ...this.#endsOfCycles(resource, index), ...overrides };
    const own = { id: this.idOf(resource, index), ...timesOf(index) };
    const values = { ...own, ...(await this.valuesOf(resource, resource.fields, index, set)), ...set };
    const open = resource.fields.filter((field) => !Object.hasOwn(set, field.key));
    const fitted = fitToChecks(resource, values, open, index, by);
    if (breaksCheck(resource, fitted)) {
      if (Object.keys(overrides).length === 0) this.unmet.add(resource.name);
      throw new NoSoundRow(resource.name);
    }
    return firstTaken(
      resource,
      attempts(resource, fitted, open, wish, alikeLinks(this, resource, fitted, open), this.ways.get(key)),
      async (one) => {
        const parts = await this.partsOf(resource, index, one.way);
        const inserted = await this.insert({ resource, index, id: own.id, values: one.values }, parts).catch(
          (error: unknown) => this.#adopt(resource, index, one.values, overrides, error),
        );
        const [row, ...brought] = inserted;
        this.ways.set(key, one.way);
        this.#rows.set(key, row);
        for (const [place, part] of parts.entries()) {
          const made = brought[place];
          if (made !== undefined) this.#rows.set(keyOf(part.resource, made.index), made);
        }
        return row;
      },
    );
  }

  /** Rows that point to others change what is computed there. */
  protected async refresh(resource: ResourceCase): Promise<void> {
    if (!resource.fields.some(({ computed }) => computed)) return;
    for (const row of this.seeded(resource))
      this.#rows.set(keyOf(resource, row.index), await this.current(resource, row));
  }

  /** The row as it is by now: rows that were made since may have changed what is computed in it. */
  async current(resource: ResourceCase, row: SeededRow): Promise<SeededRow> {
    const values = { ...row.values, ...(await this.computed(resource, row.id)) };
    return { ...row, values, ...(await this.timesOf(resource, row.id)) };
  }

  /** Every row of the resource there is. */
  seeded(resource: ResourceCase): readonly SeededRow[] {
    return [...this.#rows].filter(([key]) => key.startsWith(`${resource.name} `)).map(([, row]) => row);
  }

  /** Whether no row and no body has the values of the index. */
  isFree(resource: ResourceCase, index: number): boolean {
    return !this.#taken.has(keyOf(resource, index));
  }

  /** Whether some rows of the resource came with others. */
  hasBrought(resource: ResourceCase): boolean {
    return this.seeded(resource).some(({ index }) => index >= PARTS);
  }

  /** Keeps an index free, so that no reference leads to its row unless a test says so. */
  reserve(resource: ResourceCase, index: number): void {
    this.#taken.add(keyOf(resource, index));
  }

  /** The first row begins what is a cycle of references: it points to nothing there. */
  #endsOfCycles(resource: ResourceCase, index: number): JsonObject {
    const links =
      index > 0 ? [] : resource.fields.filter((field) => field.optional && this.values.isCyclic(resource, field));
    return Object.fromEntries(links.map(({ key }) => [key, null]));
  }

  protected async valuesOf(
    resource: ResourceCase,
    fields: readonly FieldCase[],
    index: number,
    known: JsonObject,
  ): Promise<JsonObject> {
    const entries: [string, Json][] = [];
    for (const field of fields) {
      if (Object.hasOwn(known, field.key)) continue;
      entries.push([field.key, await this.#valueOf(resource, field, index)]);
    }
    return Object.fromEntries(entries);
  }

  async #valueOf(resource: ResourceCase, field: FieldCase, index: number): Promise<Json> {
    if (field.to !== undefined) return this.#targetId(resource, field, index);
    if (field.links !== undefined) return this.#targetIds(resource, field, index);
    return this.values.value(resource, field, index);
  }

  /** Ids for a list: of rows that are there, and of new ones where those do not lead back. */
  async #targetIds(resource: ResourceCase, field: FieldCase, index: number): Promise<readonly string[]> {
    if (field.links === undefined) return [];
    const target = this.values.resource(field.links);
    const canMake = !this.values.isCyclic(resource, field) && this.values.isSeedable(target);
    const ids: string[] = [];
    for (const wished of this.values.targets(resource, field, index)) {
      if (this.#rows.has(keyOf(target, wished)) || (canMake && this.isFree(target, wished)))
        ids.push((await this.row(target, wished, {}, { by: linkName(resource, field) })).id);
    }
    return ids;
  }

  /** The id of a row to point to: the wished one, or the next whose index is free; null where there is none. */
  async #targetId(resource: ResourceCase, field: FieldCase, index: number): Promise<string | null> {
    const wished = this.values.target(resource, field, index);
    if (wished === undefined || field.to === undefined) return null;
    const target = this.values.resource(field.to);
    const capacity = Math.min(this.values.capacity(target), wished + ROWS);
    const places = Array.from({ length: capacity }, (_, step) => (wished + step) % capacity);
    const withheld = this.#linkedAlone(resource, field);
    const others = places.filter((other) => !withheld.includes(this.#rows.get(keyOf(target, other))?.id ?? null));
    const known = others.filter((other) => this.#rows.has(keyOf(target, other)));
    const isCyclic = this.values.isCyclic(resource, field);
    // Rows that lead to ever later ones would have no end.
    const isKnown = index >= ROWS && field.optional === true && isCyclic;
    const free = isKnown ? [] : others.filter((other) => this.isFree(target, other));
    const first =
      target === resource ? known : others.slice(0, 1).filter((other) => known.includes(other) || free.includes(other));
    const all = [...first, ...known, ...free];
    const by = linkName(resource, field);
    const chosen =
      all.find((other) => isAsAsked(target, by, this.#rows.get(keyOf(target, other)), !isCyclic)) ?? all[0];
    const madeFor = { by, wish: this.#wishOf(resource, target) };
    if (chosen !== undefined) return (await this.row(target, chosen, {}, madeFor)).id;
    if (field.optional) return null;
    throw new TypeError(`no row of ${target.name} is left for ${resource.name}.${field.key}`);
  }

  /** The ids that no other row may link to by a field, since a row that is there does. */
  #linkedAlone(resource: ResourceCase, { key }: FieldCase): readonly Json[] {
    if (!uniquesOf(resource).some((keys) => keys.length === 1 && keys[0] === key)) return [];
    return this.seeded(resource).flatMap(({ values }) => values[key] ?? []);
  }

  /** What a row brings with it; the rows that those point to exist. */
  protected async partsOf(resource: ResourceCase, index: number, { lists, count }: Way): Promise<readonly Brought[]> {
    if (lists.length === 0) return [];
    // Parts that need parts of their own kind would never end.
    if (this.#bringing.has(resource.name)) throw new RuleInTheWay('of its parts');
    this.#bringing.add(resource.name);
    try {
      const parts: Brought[] = [];
      for (const part of lists)
        for (let step = 0; step < count; step += 1) parts.push(await this.#part(part, index + step));
      return parts;
    } finally {
      this.#bringing.delete(resource.name);
    }
  }

  async #part(part: PartCase, index: number): Promise<Brought> {
    const resource = this.values.resource(part.resource);
    const fields = resource.fields.filter(({ key }) => key !== part.link);
    const states = restingStates(resource, fields);
    const values = { ...(await this.valuesOf(resource, fields, index, states)), ...states };
    const open = fields.filter(({ key }) => !Object.hasOwn(states, key));
    return { part, resource, values: fitToChecks(resource, values, open, index) };
  }

  /** Puts a row and its parts into their tables, in one transaction. */
  protected async insert(
    row: NewRow & { readonly index: number },
    parts: readonly Brought[],
  ): Promise<readonly [SeededRow, ...SeededRow[]]> {
    const rows = parts.map((part) => {
      const index = this.#freeIndex(part.resource);
      return { ...linked(part, row.id), index, id: this.idOf(part.resource, index) };
    });
    // A row that cannot get to its state is none.
    await this.database.transaction(async (on) => {
      const [first = row.values, ...later] = onTheWay(row.resource, row.values, row.index);
      for (const one of [{ ...row, values: first }, ...rows]) await insertRow(on, this.nameOf(one.resource.table), one);
      for (const [place, next] of later.entries()) await this.change(on, row, later[place - 1] ?? first, next);
    });
    const made: SeededRow[] = [];
    for (const one of rows) made.push(await this.#seededRow(one));
    return [await this.#seededRow(row), ...made];
  }

  /** Parts of a kind that uniques keep apart are better made one by one, so that none has what another is to have. */
  #wishOf(resource: ResourceCase, target: ResourceCase): Wish {
    const isPart = (target.parts ?? []).some((part) => part.resource === resource.name);
    return isPart && uniquesOf(resource).length > 0 ? 'rest' : 'parts';
  }

  /**
   * The part that came with another row and has what is unique of this one: from now on it is the row of the index.
   *
   * @throws RuleInTheWay when uniques leave no room beside such parts; `error` where there are none
   */
  #adopt(
    resource: ResourceCase,
    index: number,
    values: JsonObject,
    overrides: JsonObject,
    error: unknown,
  ): readonly [SeededRow] {
    const brought = this.seeded(resource).filter((row) => row.index >= PARTS);
    if (!(error instanceof DatabaseError) || error.kind !== 'unique' || brought.length === 0) throw error;
    const found = brought.find(
      (row) =>
        isAlike(row, Object.keys(overrides), overrides) &&
        uniquesOf(resource).some((keys) => isAlike(row, keys, values)),
    );
    if (found === undefined) throw new RuleInTheWay(`${resource.name} of uniques`);
    this.#rows.delete(keyOf(resource, found.index));
    return [{ ...found, index }];
  }

  async #seededRow({ resource, index, id, values }: NewRow & { readonly index: number }): Promise<SeededRow> {
    const made = { ...created(resource, values), ...(await this.made(resource, id, values)) };
    return { id, index, values: made, ...(await this.timesOf(resource, id)) };
  }

  /** Of parts that nothing asks for by their index. */
  #freeIndex(resource: ResourceCase): number {
    let index = PARTS;
    while (!this.isFree(resource, index)) index += 1;
    this.reserve(resource, index);
    return index;
  }

  /** The same in every run, and ascending with the index. */
  protected idOf(resource: ResourceCase, index: number): string {
    const place = this.resources.findIndex(({ name }) => name === resource.name);
    return seededId(resource, place, index);
  }
}

function isAlike(row: SeededRow, keys: readonly string[], other: JsonObject): boolean {
  return keys.every((key) => JSON.stringify(row.values[key]) === JSON.stringify(other[key]));
}

/** The least index of a part that came with another row. */
const PARTS = 100;
