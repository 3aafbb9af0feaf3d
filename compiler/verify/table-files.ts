import type { Session } from '../../runtime/database/database.ts';

/** Tables by the identity that a rename leaves them, with the file that a rewrite replaces. */
export async function tableFiles(session: Session, schema: string): Promise<ReadonlyMap<string, string>> {
  const text = `select oid, relfilenode from pg_class where relkind = 'r' and relnamespace = to_regnamespace($1)`;
  const { rows } = await session.query({ text, values: [schema] });
  return new Map(rows.map(([oid, file]) => [oid ?? '', file ?? '']));
}

/** Names of tables that were written anew since. */
export async function rewrittenTables(
  session: Session,
  schema: string,
  before: ReadonlyMap<string, string>,
): Promise<readonly string[]> {
  const text = `select oid, relfilenode, relname from pg_class where relkind = 'r' and relnamespace = to_regnamespace($1)`;
  const { rows } = await session.query({ text, values: [schema] });
  return rows.flatMap(([oid, file, name]) => {
    const old = before.get(oid ?? '');
    return old === undefined || old === file ? [] : [name ?? ''];
  });
}
