import pg from 'pg';

/** Rows that the API of test/specs/field-station shows and nobody can create through it. */
export async function seedHolidays(databaseUrl: string): Promise<void> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  try {
    await client.query(`insert into station.holidays (id, day, name) values
      ('018f4d2e-7b6a-7c31-9d50-000000000001', '2026-12-25', 'Christmas'),
      ('018f4d2e-7b6a-7c31-9d50-000000000002', '2026-01-01', 'New Year''s Day')`);
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
