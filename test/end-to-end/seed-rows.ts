import pg from 'pg';

/** Rows that the API of a spec shows and nobody can create through it. */
const UNMADE: Readonly<Record<string, string>> = {
  'test/specs/field-station': `insert into station.holidays (id, day, name) values
    ('018f4d2e-7b6a-7c31-9d50-000000000001', '2026-12-25', 'Christmas'),
    ('018f4d2e-7b6a-7c31-9d50-000000000002', '2026-01-01', 'New Year''s Day')`,
  'test/specs/awkward-names': `insert into queries (query) values ('first'), ('second')`,
};

/** Has SQL make the rows that a spec's API only shows. */
export async function seedRows(spec: string, databaseUrl: string): Promise<void> {
  const statement = UNMADE[spec];
  if (statement === undefined) return;
  const client = new pg.Client(databaseUrl);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** A new database of a server; its URL. */
export async function createDatabase(serverUrl: string, name: string): Promise<string> {
  const client = new pg.Client(serverUrl);
  await client.connect();
  try {
    await client.query(`create database ${name} template template0 encoding 'UTF8' locale 'C'`);
  } finally {
    await client.end();
  }
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}
