import { DatabaseError } from '../database/errors.ts';
import { alikeLinks } from './alike-links.ts';
import { emptyLinks } from './empty-links.ts';
import { firstTaken, rehearse } from './far-rules.ts';
import { ROWS, uniquesOf } from './fixture-values.ts';
import { creatable, created, type FieldCase, type JsonObject, type ResourceCase } from './resource-case.ts';
import { fitToChecks, fitToFrozen } from './fit-row.ts';
import { breaksCheck, isFrozen } from './row-checks.ts';
import { freshId, withOwnId } from './row-ids.ts';
import { keyOf, timesOf, wholeRow, type SeededChild, type SeededRow } from './seeded-row.ts';
import { CannotTell } from './test.ts';
import { linked, type Brought } from './brought-parts.ts';
import { linkName } from './link-wishes.ts';
import { SeededRows } from './seeded-rows.ts';
import { attempts } from './ways.ts';

/** Puts rows, and the rows they point to, into the tables of the app. */
export class Fixtures extends SeededRows {
  /** As many different rows as the rules allow, three at most. */
  async rows(resource: ResourceCase): Promise<readonly SeededRow[]> {
    for (let index = 0; index < Math.min(ROWS, this.values.capacity(resource)); index++)
      await this.row(resource, index);
    // What is computed may look at these rows from anywhere.
    for (const other of this.resources) await this.refresh(other);
    return this.seeded(resource);
  }

  /** Values for a body with these fields, some `set`; the rows it points to exist, and none of them is the row of the index. */
  async body(
    resource: ResourceCase,
    fields: readonly FieldCase[],
    index: number,
    set: JsonObject = {},
  ): Promise<JsonObject> {
    return (await this.#bodyOf(resource, fields, index, set)).body;
  }

  /** As `body`, for a create: where rules ask for parts it brings them. */
  async newBody(
    resource: ResourceCase,
    fields: readonly FieldCase[],
    index: number,
    set: JsonObject = {},
  ): Promise<JsonObject> {
    this.#reserveDefaults(resource, [...fields.map(({ key }) => key), ...Object.keys(set)]);
    const { body, parts } = await this.#bodyOf(resource, fields, index, set);
    const isWhole = fields.length === creatable(resource).length && Object.keys(set).length === 0;
    if (isWhole && breaksCheck(resource, created(resource, body))) this.unmet.add(resource.name);
    const lists = Object.groupBy(parts, ({ part }) => part.key);
    return {
      ...withOwnId(resource, body),
      ...Object.fromEntries(Object.entries(lists).map(([key, list = []]) => [key, list.map(bodyOf)])),
    };
  }

  /** Keeps the rows free that have what a new row has by default where a unique rule reads nothing that its body has. */
  #reserveDefaults(resource: ResourceCase, given: readonly string[]): void {
    for (const keys of uniquesOf(resource)) {
      const fields = resource.fields.filter(({ key }) => keys.includes(key));
      if (fields.some((field) => given.includes(field.key) || field.default === undefined)) continue;
      for (let index = 0; index < Math.min(ROWS, this.values.capacity(resource)); index++)
        if (fields.every((field) => this.values.value(resource, field, index) === field.default))
          this.reserve(resource, index);
    }
  }

  async #bodyOf(
    resource: ResourceCase,
    fields: readonly FieldCase[],
    index: number,
    set: JsonObject,
  ): Promise<{ readonly body: JsonObject; readonly parts: readonly Brought[] }> {
    this.reserve(resource, index);
    const values = await this.valuesOf(resource, fields, index, set);
    const started = Object.entries(resource.transitions).filter(([key]) => Object.hasOwn(values, key));
    const states = Object.fromEntries(
      started.map(([key, { initial }]) => [key, initial[index % initial.length] ?? null]),
    );
    const body = { ...values, ...states, ...set };
    const open = fields.filter(({ key }) => !Object.hasOwn(states, key) && !Object.hasOwn(set, key));
    const wished = fitToChecks(resource, created(resource, body), open, index);
    const pick = (row: JsonObject): JsonObject =>
      Object.fromEntries(Object.keys(body).map((key) => [key, row[key] ?? null]));
    if (resource.farRules === undefined) return { body: pick(wished), parts: [] };
    const key = `${keyOf(resource, index)} ${fields.map((field) => field.key).join()}`;
    return firstTaken(
      resource,
      attempts(resource, wished, open, 'parts', alikeLinks(this, resource, wished, open), this.ways.get(key)),
      async (one) => {
        const parts = await this.partsOf(resource, index, one.way);
        const id = freshId(resource);
        const rows = parts.map((part) => ({ ...linked(part, id), id: freshId(part.resource) }));
        const row = { resource, id, values: one.values };
        await rehearse(this.database, (table) => this.nameOf(table), row, rows, this.hasBrought(resource));
        this.ways.set(key, one.way);
        return { body: pick(one.values), parts };
      },
    );
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
    const others = await this.valuesOf(
      child,
      child.fields.filter((other) => other !== field && (other.to ?? other.links) !== undefined),
      index,
      nulls,
    );
    const top = await this.row(parent, parentIndex, emptyLinks(parent), { by: linkName(child, field) });
    const own = { ...nulls, [field.key]: field.links === undefined ? top.id : [top.id] };
    const alike = alikeLinks(
      this,
      child,
      { ...others, ...own },
      child.fields.filter(({ key }) => !Object.hasOwn(own, key)),
    );
    const ways = [
      { ...others, ...alike },
      { ...others, ...emptyLinks(child) },
    ];
    const row = await this.#firstRow(
      child,
      index,
      ways.map((links) => ({ ...links, ...own })),
    );
    return { ...row, parentId: top.id };
  }

  /** The row of an index with the first of these links that rules over other rows let it have. */
  async #firstRow(resource: ResourceCase, index: number, ways: readonly JsonObject[]): Promise<SeededRow> {
    const [first = {}, ...rest] = ways;
    return this.row(resource, index, first).catch((error: unknown) => {
      if (resource.farRules === undefined || rest.length === 0) throw error;
      return this.#firstRow(resource, index, rest);
    });
  }

  /**
   * A row that may be neither changed nor deleted.
   *
   * @throws CannotTell where none is found
   */
  async frozenRow(resource: ResourceCase): Promise<SeededRow> {
    const values = { ...timesOf(0), ...(await this.valuesOf(resource, resource.fields, 0, {})) };
    const fitted = fitToFrozen(resource, values, resource.fields, 0);
    const keys = resource.fields.filter(({ computed, to, links }) => !computed && (to ?? links) === undefined);
    const overrides = Object.fromEntries(keys.map(({ key }) => [key, fitted[key] ?? null]));
    const row = await this.row(resource, 0, overrides).catch((error: unknown) => {
      // On its way to a state, a row may be frozen too soon.
      if (error instanceof DatabaseError) return undefined;
      throw error;
    });
    if (row !== undefined && isFrozen(resource, wholeRow(row))) return row;
    throw new CannotTell(`frozen rows of ${resource.name}`, `no row of ${resource.name} that is frozen was found`);
  }

  /** Another row of the same values. */
  async copy(resource: ResourceCase, row: SeededRow): Promise<SeededRow> {
    const id = this.idOf(resource, COPY);
    const [copied] = await this.insert({ resource, index: COPY, id, values: row.values }, []);
    return copied;
  }
}

function bodyOf({ part, resource, values }: Brought): JsonObject {
  const keys = creatable(resource).flatMap(({ key }) => (key === part.link ? [] : [key]));
  return withOwnId(resource, Object.fromEntries(keys.map((key) => [key, values[key] ?? null])));
}

/** An index that no other row has. */
const COPY = 999;
