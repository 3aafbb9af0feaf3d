import { DatabaseError } from '../../runtime/database/errors.ts';
import type { Session } from '../../runtime/database/database.ts';
import type { Column, DatabaseSchema, Table } from '../plan/database/database-schema.ts';
import { qualify, quoteIdentifiers } from '../plan/sql/sql-text.ts';
import { seedValues } from './seed-values.ts';
import { settleRows } from './settle-rows.ts';

/** Two rows, or one for each value of the longest enum: a value that goes must meet a row that has it. */
function rowsOf(schema: DatabaseSchema, { columns }: Table): number {
  const lengths = columns.map(({ type }) => schema.enums.find(({ name }) => name === type.name)?.values.length ?? 0);
  return Math.min(Math.max(2, ...lengths), MAX_ROWS);
}

const MAX_ROWS = 10;

/** Attempts at one row before a table is left without: its checks may ask for what no list here has. */
const MAX_TRIES = 40;

/**
 * Puts rows into every table, as far as rows can be made up that its checks admit. Links and triggers are off
 * meanwhile: what matters here is that rows are there.
 *
 * @returns how many rows there are now
 */
export async function seedRows(session: Session, schema: DatabaseSchema): Promise<number> {
  let count = 0;
  await session.script('set session_replication_role = replica');
  for (const table of schema.tables) {
    for (let row = 0; row < rowsOf(schema, table); row += 1) if (await seedRow(session, schema, table, row)) count += 1;
  }
  await settleRows(session, schema);
  await session.script('set session_replication_role = origin');
  return count;
}

async function seedRow(session: Session, schema: DatabaseSchema, table: Table, row: number): Promise<boolean> {
  const columns = table.columns.filter(isWritten);
  const values = columns.map((column) => seedValues(schema, table, column, row));
  const chosen = columns.map(() => 0);
  for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
    const list = values.map((options, index) => options[chosen[index] ?? 0] ?? 'default').join(', ');
    const names = quoteIdentifiers(columns.map(({ name }) => name));
    const failure = await tryInsert(
      session,
      `insert into ${qualify(schema.name, table.name)} (${names}) values (${list})`,
    );
    if (failure === undefined) return true;
    const blamed = blamedColumns(table, failure);
    const next = columns.findIndex(({ name }, index) => {
      const isLast = (chosen[index] ?? 0) + 1 >= (values[index]?.length ?? 0);
      return !isLast && (blamed.length === 0 || blamed.includes(name));
    });
    if (next < 0) return false;
    chosen[next] = (chosen[next] ?? 0) + 1;
  }
  return false;
}

function isWritten({ identity, generated }: Column): boolean {
  return generated === undefined && identity?.generation !== 'always';
}

async function tryInsert(session: Session, text: string): Promise<DatabaseError | undefined> {
  try {
    await session.query({ text, values: [] });
    return undefined;
  } catch (error) {
    if (error instanceof DatabaseError) return error;
    throw error;
  }
}

function blamedColumns(table: Table, { constraint, column }: DatabaseError): readonly string[] {
  const rule = table.constraints.find(({ name }) => name === constraint);
  if (rule !== undefined && rule.kind !== 'exclusion') return rule.columns;
  return column === undefined ? [] : [column];
}
