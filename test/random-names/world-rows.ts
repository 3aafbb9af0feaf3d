import type { Database, Text } from '../../runtime/database/database.ts';
import { columnOf, tableOf, type World, type WorldEntity, type WorldField } from './world.ts';

/** Puts two rows into every table, and one among the deleted. */
export async function seedWorld(database: Database, { entities }: World): Promise<void> {
  const run = (text: string): Promise<unknown> => database.query({ text, values: [] });
  for (const entity of entities) {
    const fields = entity.fields.filter(({ kind }) => kind !== 'link');
    const names = ['version', ...fields.map(columnOf)];
    for (const row of [0, 1, 2]) {
      const values = ['7', ...fields.map((field) => valueOf(field, row))];
      await run(
        `insert into ${quoted(tableOf(entity))} (${names.map(quoted).join(', ')}) values (${values.join(', ')})`,
      );
    }
  }
  for (const entity of entities) {
    for (const field of entity.fields.filter(({ kind }) => kind === 'link')) {
      const target = entities.find(({ key }) => key === field.target);
      const rows = `select id, row_number() over (order by id) as place from`;
      const [own, other] = [quoted(tableOf(entity)), quoted(target === undefined ? '' : tableOf(target))];
      await run(
        `update ${own} t set ${quoted(columnOf(field))} = o.id from (${rows} ${own}) s join (${rows} ${other}) o using (place) where s.id = t.id`,
      );
    }
  }
  for (const entity of entities.filter(({ softDelete }) => softDelete)) {
    await run(`delete from ${quoted(tableOf(entity))} where id = (select id from ${quoted(tableOf(entity))} limit 1)`);
  }
}

function valueOf({ key, kind, values }: WorldField, row: number): string {
  if (kind === 'integer') return String(row + 10 * Number(key.replaceAll(/\D/g, '')));
  if (kind === 'enum') return row < values.length ? `'${values[row]?.name}'` : 'null';
  return `'${key} of row ${row}'`;
}

function quoted(name: string): string {
  return `"${name}"`;
}

/** Every value there is, by the keys of what it belongs to. */
export async function readWorld(database: Database, { entities }: World): Promise<Readonly<Record<string, unknown>>> {
  const found: Record<string, unknown> = {};
  for (const entity of entities) {
    found[entity.key] = await readRows(database, entity, tableOf(entity));
    if (entity.softDelete)
      found[`${entity.key} deleted`] = await readRows(database, entity, `${tableOf(entity)}_deleted`);
  }
  return found;
}

async function readRows(database: Database, { fields }: WorldEntity, table: string): Promise<readonly string[]> {
  const names = ['id', ...fields.map(columnOf)].map((name) => `${quoted(name)}::text`);
  const text = `select ${names.join(', ')} from ${quoted(table)} order by id`;
  const { rows } = await database.query({ text, values: [] });
  return rows.map(([id, ...values]) => {
    const said = values.map((value, index) => `${fields[index]?.key}=${keyOf(fields[index], value ?? null)}`);
    return [id, ...said.toSorted()].join(' ');
  });
}

function keyOf(field: WorldField | undefined, value: Text): Text {
  if (field?.kind !== 'enum' || value === null) return value;
  return field.values.find(({ name }) => name === value)?.key ?? `no value ${value}`;
}
