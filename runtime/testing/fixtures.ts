import type { Database, Executor, Text } from '../database/database.ts';
import { clearTables } from './clear-tables.ts';
import { decodeValue, encodeValue, instantText } from './encode-value.ts';
import { emptyLinks } from './empty-links.ts';
import { timesOf, type SeededChild, type SeededRow } from './seeded-row.ts';
import { ROWS, type FixtureValues } from './fixture-values.ts';
import { firstTaken, takenBody } from './far-rules.ts';
import { fitToChecks, variants } from './row-checks.ts';
import { startOf, stepsOf } from './state-steps.ts';
import { created, type FieldCase, type Json, type JsonObject, type ResourceCase } from './resource-case.ts';

/** Puts rows, and the rows they point to, into the tables of the app. */
export class Fixtures {
  readonly values: FixtureValues;
  readonly #database: Database;
  readonly #schema: string;
  readonly #resources: readonly ResourceCase[];
  readonly #rows = new Map<string, SeededRow>();
  readonly #taken = new Set<string>();

  constructor(database: Database, schema: string, resources: readonly ResourceCase[], values: FixtureValues) {
    this.#database = database;
    this.#schema = schema;
    this.#resources = resources;
    this.values = values;
  }

  /** Empties every table. */
  async clear(): Promise<void> {
    this.#rows.clear();
    this.#taken.clear();
    await clearTables(this.#database, this.#resources, (table) => this.#name(table));
  }

  /** The row of an index, made when there is none yet, with the rows that it points to. */
  async row(resource: ResourceCase, index: number, overrides: JsonObject = {}): Promise<SeededRow> {
    const key = keyOf(resource, index);
    const known = this.#rows.get(key);
    if (known !== undefined) return known;
    this.#taken.add(key);
    const set = { ...this.#endsOfCycles(resource, index), ...overrides };
    const own = { id: this.#idOf(resource, index), ...timesOf(index) };
    const values = { ...own, ...(await this.#valuesOf(resource, resource.fields, index, set)), ...set };
    const open = resource.fields.filter((field) => !Object.hasOwn(set, field.key));
    const fitted = fitToChecks(resource, values, open, index);
    const row = await firstTaken(resource, variants(resource, fitted, open), (one) =>
      this.#insert(resource, index, one),
    );
    this.#rows.set(key, row);
    return row;
  }

  /** As many different rows as the rules allow, three at most. */
  async rows(resource: ResourceCase): Promise<readonly SeededRow[]> {
    for (let index = 0; index < Math.min(ROWS, this.values.capacity(resource)); index++)
      await this.row(resource, index);
    // What is computed may look at these rows from anywhere.
    for (const other of this.#resources) await this.#refresh(other);
    return this.seeded(resource);
  }

  /** What the database has made of a row. */
  async computed(resource: ResourceCase, id: string): Promise<JsonObject> {
    return this.#made(
      resource,
      id,
      resource.fields.filter((field) => field.computed),
    );
  }

  /** What the database has made of a row that was created with a body: what is computed, and what that left out. */
  async made(resource: ResourceCase, id: string, body: JsonObject): Promise<JsonObject> {
    const isMade = ({ key, computed, preset }: FieldCase): boolean =>
      computed === true || (preset !== undefined && !Object.hasOwn(body, key));
    return this.#made(resource, id, resource.fields.filter(isMade));
  }

  async #made(resource: ResourceCase, id: string, fields: readonly FieldCase[]): Promise<JsonObject> {
    if (fields.length === 0) return {};
    const columns = fields.map(({ column }) => `"${column}"`).join(', ');
    const { rows } = await this.#run(`select ${columns} from ${this.#name(resource.table)} where id = $1`, [id]);
    return Object.fromEntries(fields.map((field, index) => [field.key, decodeValue(field, rows[0]?.[index] ?? null)]));
  }

  /** Rows that point to others change what is computed there. */
  async #refresh(resource: ResourceCase): Promise<void> {
    if (!resource.fields.some(({ computed }) => computed)) return;
    for (const row of this.seeded(resource)) {
      const values = { ...row.values, ...(await this.computed(resource, row.id)) };
      this.#rows.set(keyOf(resource, row.index), { ...row, values, ...(await this.#timesOf(resource, row.id)) });
    }
  }

  /** Every row of the resource there is. */
  seeded(resource: ResourceCase): readonly SeededRow[] {
    return [...this.#rows].filter(([key]) => key.startsWith(`${resource.name} `)).map(([, row]) => row);
  }

  /** Values for a body with these fields, some `set`; the rows it points to exist, and none of them is the row of the index. */
  async body(
    resource: ResourceCase,
    fields: readonly FieldCase[],
    index: number,
    set: JsonObject = {},
  ): Promise<JsonObject> {
    this.#taken.add(keyOf(resource, index));
    const values = await this.#valuesOf(resource, fields, index, set);
    const started = Object.entries(resource.transitions).filter(([key]) => Object.hasOwn(values, key));
    const states = Object.fromEntries(
      started.map(([key, { initial }]) => [key, initial[index % initial.length] ?? null]),
    );
    const body = { ...values, ...states, ...set };
    const open = fields.filter(({ key }) => !Object.hasOwn(states, key) && !Object.hasOwn(set, key));
    const wished = fitToChecks(resource, created(resource, body), open, index);
    const fitted = await takenBody(this.#database, this.#name(resource.table), resource, wished, open);
    return Object.fromEntries(Object.keys(body).map((key) => [key, fitted[key] ?? null]));
  }

  /** A row whose `field` points to the row of `parentIndex`, and that points to it in no other way. */
  async childOf(
    parent: ResourceCase,
    parentIndex: number,
    child: ResourceCase,
    field: FieldCase,
    index: number,
  ): Promise<SeededChild> {
    this.reserve(parent, parentIndex);
    this.reserve(child, index);
    const nulls = emptyLinks(child, parent.name, field);
    const others = await this.#valuesOf(
      child,
      child.fields.filter((other) => other !== field && other.to !== undefined),
      index,
      nulls,
    );
    const top = await this.row(parent, parentIndex, emptyLinks(parent));
    const value = field.links === undefined ? top.id : [top.id];
    const row = await this.row(child, index, { ...others, ...nulls, [field.key]: value });
    return { ...row, parentId: top.id };
  }

  /** Whether no row and no body has the values of the index. */
  isFree(resource: ResourceCase, index: number): boolean {
    return !this.#taken.has(keyOf(resource, index));
  }

  /** Keeps an index free, so that no reference leads to its row unless a test says so. */
  reserve(resource: ResourceCase, index: number): void {
    this.#taken.add(keyOf(resource, index));
  }

  async count({ table }: ResourceCase): Promise<number> {
    return Number((await this.#run(`select count(*) from ${this.#name(table)}`)).rows[0]?.[0]);
  }

  /** Keys of the fields whose column does not hold what is expected; `undefined` when there is no such row. */
  async differences(resource: ResourceCase, id: string, expected: JsonObject): Promise<readonly string[] | undefined> {
    const fields = resource.fields.filter(({ key, computed }) => !computed && Object.hasOwn(expected, key));
    const tests = fields.map(({ column }, index) => `"${column}" is not distinct from $${index + 2}`);
    const values = fields.map((field) => encodeValue(field, expected[field.key] ?? null));
    const text = `select ${['true', ...tests].join(', ')} from ${this.#name(resource.table)} where id = $1`;
    const row = (await this.#run(text, [id, ...values])).rows[0];
    return row && fields.filter((_, index) => row[index + 1] !== 't').map(({ key }) => key);
  }

  /** Changes one column by SQL, as somebody with a database client would. */
  async setColumn(
    { table }: ResourceCase,
    id: string,
    field: FieldCase,
    value: Json,
    on: Executor = this.#database,
  ): Promise<void> {
    const text = `update ${this.#name(table)} set "${field.column}" = $1 where id = $2`;
    await on.query({ text, values: [encodeValue(field, value), id] });
  }

  /** Deletes a row by SQL. */
  async remove({ table }: ResourceCase, id: string): Promise<void> {
    await this.#run(`delete from ${this.#name(table)} where id = $1`, [id]);
  }

  /** Another row of the same values. */
  async copy(resource: ResourceCase, row: SeededRow): Promise<SeededRow> {
    return this.#insert(resource, COPY, row.values);
  }

  /** The first row begins what is a cycle of references: it points to nothing there. */
  #endsOfCycles(resource: ResourceCase, index: number): JsonObject {
    const links =
      index > 0 ? [] : resource.fields.filter((field) => field.optional && this.values.isCyclic(resource, field));
    return Object.fromEntries(links.map(({ key }) => [key, null]));
  }

  async #valuesOf(
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
      const key = keyOf(target, wished);
      if (this.#rows.has(key) || (canMake && !this.#taken.has(key))) ids.push((await this.row(target, wished)).id);
    }
    return ids;
  }

  /** The id of a row to point to: the wished one, or the next whose index is free; null where there is none. */
  async #targetId(resource: ResourceCase, field: FieldCase, index: number): Promise<string | null> {
    const wished = this.values.target(resource, field, index);
    if (wished === undefined || field.to === undefined) return null;
    const target = this.values.resource(field.to);
    const capacity = Math.min(this.values.capacity(target), wished + ROWS);
    const others = Array.from({ length: capacity }, (_, step) => (wished + step) % capacity);
    const known = others.filter((other) => this.#rows.has(keyOf(target, other)));
    const free = others.filter((other) => !this.#taken.has(keyOf(target, other)));
    const first =
      target === resource ? known : others.slice(0, 1).filter((other) => known.includes(other) || free.includes(other));
    const [chosen] = [...first, ...known, ...free];
    if (chosen !== undefined) return (await this.row(target, chosen)).id;
    if (field.optional) return null;
    throw new TypeError(`no row of ${target.name} is left for ${resource.name}.${field.key}`);
  }

  async #insert(resource: ResourceCase, index: number, values: JsonObject): Promise<SeededRow> {
    const id = this.#idOf(resource, index);
    const { createdAt, updatedAt } = timesOf(index);
    const fields = resource.fields.filter(({ computed }) => !computed);
    const columns = ['id', 'created_at', 'updated_at', ...fields.map(({ column }) => column)];
    const texts = fields.map((field) => encodeValue(field, startOf(resource, field, values[field.key] ?? null)));
    const holes = columns.map((_, position) => `$${position + 1}`);
    const names = columns.map((column) => `"${column}"`);
    const text = `insert into ${this.#name(resource.table)} (${names.join(', ')}) values (${holes.join(', ')})`;
    // A row that cannot get to its state is none.
    await this.#database.transaction(async (on) => {
      await on.query({ text, values: [id, createdAt, updatedAt, ...texts] });
      for (const [field, state] of stepsOf(resource, values)) await this.setColumn(resource, id, field, state, on);
    });
    const made = { ...created(resource, values), ...(await this.computed(resource, id)) };
    return { id, index, values: made, ...(await this.#timesOf(resource, id)) };
  }

  async #timesOf({ table }: ResourceCase, id: string): Promise<Pick<SeededRow, 'createdAt' | 'updatedAt' | 'version'>> {
    const { rows } = await this.#run(`select created_at, updated_at, version from ${this.#name(table)} where id = $1`, [
      id,
    ]);
    const [createdAt, updatedAt, version] = rows[0] ?? [];
    return { createdAt: instantText(createdAt), updatedAt: instantText(updatedAt), version: version ?? '' };
  }

  /** The same in every run, and ascending with the index. */
  #idOf(resource: ResourceCase, index: number): string {
    const place = this.#resources.findIndex(({ name }) => name === resource.name);
    return `018f0000-${hex(place, 4)}-7000-8000-${hex(index, 12)}`;
  }

  #name(table: string): string {
    return `"${this.#schema}"."${table}"`;
  }

  #run(text: string, values: readonly Text[] = []) {
    return this.#database.query({ text, values });
  }
}

/** An index that no other row has. */
const COPY = 999;

function hex(value: number, length: number): string {
  return value.toString(16).padStart(length, '0');
}

function keyOf({ name }: ResourceCase, index: number): string {
  return `${name} ${index}`;
}
