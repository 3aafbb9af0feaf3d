import { enclose } from '../plan/expression/sql-writer.ts';
import type { Session } from '../../runtime/database/database.ts';
import { DatabaseError } from '../../runtime/database/errors.ts';
import type { DatabaseFunction, DatabaseSchema, Table } from '../plan/database/database-schema.ts';
import { qualify, quoteIdentifier, quoteLiteral } from '../plan/sql/sql-text.ts';
import { sqlNames } from '../plan/sql/sql-tokens.ts';
import { maintainedValues } from './maintained-values.ts';

/** Rounds of values that are computed from others: a row that goes changes what others have. */
const MAX_ROUNDS = 20;

/**
 * Gives rows that are made up the values that triggers would have kept, and leaves out those that no writer could have
 * left behind: what the rules of their own table refuse then, or its checks over other rows, and what links to no row.
 */
export async function settleRows(session: Session, schema: DatabaseSchema): Promise<void> {
  const statements = schema.tables.flatMap((table) => [...fillsOf(schema, table), ...verifiesOf(schema, table)]);
  const unlinked = schema.tables.flatMap((table) => linklessOf(schema, table));
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    let changed = 0;
    for (const statement of statements) changed += await settle(session, statement);
    for (const text of unlinked) changed += (await session.query({ text, values: [] })).rowCount;
    if (changed === 0) return;
  }
}

interface Statement {
  readonly table: string;
  /** Rows that it is for. */
  readonly where: string;
  /** What is done with each, before a condition on the row. */
  readonly text: string;
  readonly changes: boolean;
}

function fillsOf(schema: DatabaseSchema, of: Table): readonly Statement[] {
  const table = qualify(schema.name, of.name);
  return maintainedValues(schema, of).map(({ column, value }) => {
    const name = quoteIdentifier(column);
    return {
      table,
      where: `${name} is distinct from ${enclose(value)}`,
      text: `update ${table} set ${name} = ${value}`,
      changes: true,
    };
  });
}

/** Deletes of rows that link to none: foreign keys are off, so that those stay that a row which went was linked by. */
function linklessOf(schema: DatabaseSchema, { name, constraints }: Table): readonly string[] {
  return constraints.flatMap((item) => {
    if (item.kind !== 'foreignKey') return [];
    const { table, columns } = item.references;
    const pairs = item.columns.map((column, index) => [`record.${quoteIdentifier(column)}`, columns[index] ?? '']);
    const isSet = pairs.map(([own]) => `${own} is not null`);
    const same = pairs.map(([own, other = '']) => `other.${quoteIdentifier(other)} = ${own}`);
    const isThere = `exists (select 1 from ${qualify(schema.name, table)} other where ${same.join(' and ')})`;
    return [`delete from ${qualify(schema.name, name)} record where ${isSet.join(' and ')} and not ${isThere}`];
  });
}

/** Functions that raise an error for a row, by its id. */
function verifiesOf(schema: DatabaseSchema, { name, triggers }: Table): readonly Statement[] {
  const table = qualify(schema.name, name);
  const called = new Set(
    triggers.flatMap((trigger) => {
      const body = schema.functions.find((item) => item.name === trigger.function)?.body ?? [];
      return body.some((line) => line.includes('(new.id)')) ? [...sqlNames(body.join('\n'))] : [];
    }),
  );
  return schema.functions
    .filter((item) => called.has(item.name) && isVerify(item))
    .map((item) => {
      const text = `select ${qualify(schema.name, item.name)}(id) from ${table}`;
      return { table, where: 'true', text, changes: false };
    });
}

function isVerify({ parameters, returns }: DatabaseFunction): boolean {
  return parameters.startsWith('row_id ') && returns === 'void';
}

async function settle(session: Session, { table, where, text, changes }: Statement): Promise<number> {
  let changed = 0;
  for (const row of await findRows(session, table, where)) {
    const isAllowed = await tryOn(session, text, row);
    if (!isAllowed) await session.query({ text: `delete from ${table} where ${row}`, values: [] });
    if (changes || !isAllowed) changed += 1;
  }
  return changed;
}

/** Conditions, each of which one row meets. */
async function findRows(session: Session, table: string, where: string): Promise<readonly string[]> {
  const { rows } = await session.query({ text: `select ctid::text from ${table} where ${where}`, values: [] });
  return rows.map(([place]) => `ctid = ${quoteLiteral(place ?? '')}`);
}

async function tryOn(session: Session, text: string, row: string): Promise<boolean> {
  try {
    await session.query({ text: `${text} where ${row}`, values: [] });
    return true;
  } catch (error) {
    if (error instanceof DatabaseError) return false;
    throw error;
  }
}
