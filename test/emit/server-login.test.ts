import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emitServerLoginSql } from '../../compiler/emit/documents/server-login-sql.ts';
import { IDEMPOTENCY_TABLE } from '../../compiler/plan/database/idempotency-table.ts';
import { LEDGER_TABLE, serverRole } from '../../compiler/plan/server-login.ts';
import { serverPrivileges } from '../../compiler/plan/server-privileges.ts';
import { testPostgres } from '../test-postgres.ts';
import { emitInput } from './emit-fixture.ts';
import { createEntity, createField, createGrant, fixtureApp } from './fixture-app.ts';

/** Names that must be quoted wherever they stand. */
const app = {
  ...fixtureApp,
  name: 'login-test',
  database: { schema: 'user' },
  entities: [
    ...fixtureApp.entities,
    createEntity('Zone', [createField('name', 'text')], { table: 'order', grants: [createGrant('in', ['create'])] }),
  ],
};
const sql = emitServerLoginSql(emitInput(app))[0]!.text;
const DATABASE = 'server_login_test';

async function connect(database: string): Promise<Client> {
  const url = new URL((await testPostgres()).url);
  url.pathname = `/${database}`;
  const client = new Client({ connectionString: url.href });
  await client.connect();
  return client;
}

let admin: Client;
let owner: Client;

beforeAll(async () => {
  admin = await connect('postgres');
  await admin.query(`create database ${DATABASE}`);
  owner = await connect(DATABASE);
  const tables = [LEDGER_TABLE, IDEMPOTENCY_TABLE, ...serverPrivileges(app).map(({ table }) => table), 'hiddens'];
  await owner.query('create schema "user"');
  for (const table of tables) await owner.query(`create table "user"."${table}" (id integer)`);
});

afterAll(async () => {
  await owner?.end();
  await admin?.query(`drop database if exists ${DATABASE} with (force)`);
  await admin?.query(`drop role if exists ${serverRole(app)}`);
  await admin?.end();
});

async function attempt(statement: string): Promise<string> {
  await owner.query(`set role ${serverRole(app)}`);
  try {
    await owner.query(statement);
    return 'done';
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^permission denied .*$/, 'denied') : 'failed';
  } finally {
    await owner.query('reset role');
  }
}

test('the script can be run again and gives the server its rows and nothing more', async () => {
  await owner.query(sql);
  await owner.query(sql);
  expect(
    await attempt(
      'insert into "user".leads values (1); update "user".leads set id = 2; select * from "user".leads; delete from "user".leads',
    ),
  ).toBe('done');
  expect(await attempt('insert into "user"."order" values (1) returning id')).toBe('done');
  expect(await attempt(`select * from "user".${LEDGER_TABLE}`)).toBe('done');
  expect(await attempt('delete from "user"."order"')).toBe('denied');
  expect(await attempt('delete from "user".accounts')).toBe('denied');
  expect(await attempt('insert into "user".lead_creates values (1)')).toBe('denied');
  expect(await attempt('select * from "user".hiddens')).toBe('denied');
  expect(await attempt(`delete from "user".${LEDGER_TABLE}`)).toBe('denied');
  expect(await attempt('truncate "user".leads')).toBe('denied');
  expect(await attempt('create table "user".mine (id integer)')).toBe('denied');
});

test('a right that a later spec no longer grants is taken away', async () => {
  await owner.query(`grant delete on "user".accounts to ${serverRole(app)}`);
  expect(await attempt('delete from "user".accounts')).toBe('done');
  await owner.query(sql);
  expect(await attempt('delete from "user".accounts')).toBe('denied');
});
