import type { Database, Executor, Text } from '../database/database.ts';
import { decodeValue, encodeValue, instantText } from './encode-value.ts';
import type { NewRow } from './insert-row.ts';
import type { FieldCase, Json, JsonObject, ResourceCase } from './resource-case.ts';
import type { SeededRow } from './seeded-row.ts';

/** The tables of the app, read and written by SQL, past the code under test. */
export class Tables {
  readonly database: Database;
  readonly #schema: string;

  constructor(database: Database, schema: string) {
    this.database = database;
    this.#schema = schema;
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
    const { rows } = await this.#run(`select ${columns} from ${this.nameOf(resource.table)} where id = $1`, [id]);
    return Object.fromEntries(fields.map((field, index) => [field.key, decodeValue(field, rows[0]?.[index] ?? null)]));
  }

  async count({ table }: ResourceCase): Promise<number> {
    return Number((await this.#run(`select count(*) from ${this.nameOf(table)}`)).rows[0]?.[0]);
  }

  /** Keys of the fields whose column does not hold what is expected; `undefined` when there is no such row. */
  async differences(resource: ResourceCase, id: string, expected: JsonObject): Promise<readonly string[] | undefined> {
    const fields = resource.fields.filter(({ key, computed }) => !computed && Object.hasOwn(expected, key));
    const tests = fields.map(({ column }, index) => `"${column}" is not distinct from $${index + 2}`);
    const values = fields.map((field) => encodeValue(field, expected[field.key] ?? null));
    const text = `select ${['true', ...tests].join(', ')} from ${this.nameOf(resource.table)} where id = $1`;
    const row = (await this.#run(text, [id, ...values])).rows[0];
    return row && fields.filter((_, index) => row[index + 1] !== 't').map(({ key }) => key);
  }

  /** Changes one column by SQL, as somebody with a database client would. */
  async setColumn(
    { table }: ResourceCase,
    id: string,
    field: FieldCase,
    value: Json,
    on: Executor = this.database,
  ): Promise<void> {
    const text = `update ${this.nameOf(table)} set "${field.column}" = $1 where id = $2`;
    await on.query({ text, values: [encodeValue(field, value), id] });
  }

  /** Changes by SQL, at once, all in which a row is to differ from what it is. */
  protected async change(
    on: Executor,
    { resource: { table, fields }, id }: Pick<NewRow, 'resource' | 'id'>,
    from: JsonObject,
    to: JsonObject,
  ): Promise<void> {
    const changed = fields.filter(
      ({ key, computed }) => !computed && JSON.stringify(from[key]) !== JSON.stringify(to[key]),
    );
    const cells = changed.map(({ column }, place) => `"${column}" = $${place + 2}`);
    const values = changed.map((field) => encodeValue(field, to[field.key] ?? null));
    const text = `update ${this.nameOf(table)} set ${cells.join(', ')} where id = $1`;
    await on.query({ text, values: [id, ...values] });
  }

  /** Deletes a row by SQL. */
  async remove({ table }: ResourceCase, id: string): Promise<void> {
    await this.#run(`delete from ${this.nameOf(table)} where id = $1`, [id]);
  }

  /** When a row was made and changed, and its version. */
  async timesOf({ table }: ResourceCase, id: string): Promise<Pick<SeededRow, 'createdAt' | 'updatedAt' | 'version'>> {
    const { rows } = await this.#run(
      `select created_at, updated_at, version from ${this.nameOf(table)} where id = $1`,
      [id],
    );
    const [createdAt, updatedAt, version] = rows[0] ?? [];
    return { createdAt: instantText(createdAt), updatedAt: instantText(updatedAt), version: version ?? '' };
  }

  /** The ETag of a row after so many changes; where they may lead back to it, it has more of them behind it. */
  async etagAfter(
    resource: ResourceCase,
    { id, version }: Pick<SeededRow, 'id' | 'version'>,
    changes: number,
  ): Promise<string> {
    const least = Number(version) + changes;
    const present = resource.recomputed ? Number((await this.timesOf(resource, id)).version) : least;
    return `"${Math.max(least, present)}"`;
  }

  /** As SQL has it. */
  nameOf(table: string): string {
    return `"${this.#schema}"."${table}"`;
  }

  #run(text: string, values: readonly Text[] = []) {
    return this.database.query({ text, values });
  }
}
