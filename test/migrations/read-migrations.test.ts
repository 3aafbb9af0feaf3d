import { mkdirSync, mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MigrationRefused } from '../../runtime/migrations/errors.ts';
import { readMigrations } from '../../runtime/migrations/read-migrations.ts';
import { planSpecs } from './plan-spec.ts';
import { ONE, TWO } from './two-specs.ts';

const { migrations, history } = planSpecs(ONE, TWO);
const [first, second] = history.migrations;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'migrations-'));
  for (const { id, sql = '', json = '', down } of history.migrations) {
    if (down !== undefined) writeFileSync(join(folder, `${id}.down.sql`), down);
    writeFileSync(join(folder, `${id}.sql`), sql);
    writeFileSync(join(folder, `${id}.json`), json);
  }
  writeFileSync(join(folder, 'snapshot.json'), '{}');
});
afterEach(() => rmSync(folder, { recursive: true }));

function refusal(): string {
  try {
    readMigrations(folder);
    return 'accepted';
  } catch (error) {
    if (!(error instanceof MigrationRefused)) throw error;
    return `${error.reason} ${error.id}`;
  }
}

test('the pairs of a folder are read in the order of the chain', () => {
  expect(readMigrations(folder)).toEqual(migrations);
});

test('a checkout with other line ends reads the same', () => {
  writeFileSync(join(folder, `${second?.id}.sql`), (second?.sql ?? '').replaceAll('\n', '\r\n'));
  expect(readMigrations(folder)).toEqual(migrations);
});

test('an edited, missing, damaged or foreign file is refused by its name', () => {
  const json = join(folder, `${second?.id}.json`);
  const sql = join(folder, `${second?.id}.sql`);
  writeFileSync(sql, `${second?.sql}-- more\n`);
  expect(refusal()).toBe(`edited ${second?.id}`);
  writeFileSync(sql, second?.sql ?? '');
  writeFileSync(json, '{');
  expect(refusal()).toBe(`damaged ${second?.id}`);
  writeFileSync(json, first?.json ?? '');
  expect(refusal()).toBe(`damaged ${second?.id}`);
  writeFileSync(json, (second?.json ?? '').replace('"format": 1', '"format": 9'));
  expect(refusal()).toBe(`damaged ${second?.id}`);
  rmSync(json);
  expect(refusal()).toBe(`damaged ${second?.id}`);
  mkdirSync(json);
  expect(refusal()).toBe(`damaged ${second?.id}`);
  rmdirSync(json);
  writeFileSync(json, second?.json ?? '');
  const down = join(folder, `${second?.id}.down.sql`);
  writeFileSync(down, `${second?.down}-- more\n`);
  expect(refusal()).toBe(`edited ${second?.id}`);
  rmSync(down);
  expect(refusal()).toBe('accepted');
  rmSync(join(folder, `${first?.id}.json`));
  rmSync(join(folder, `${first?.id}.sql`));
  expect(refusal()).toBe(`broken-chain ${second?.id}`);
});
