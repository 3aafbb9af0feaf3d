import { expect, test } from 'vitest';
import { canonicalJson } from '../../compiler/plan/migration/canonical-json.ts';
import {
  historyFromFiles,
  NO_HISTORY,
  type History,
  type MigrationOnDisk,
} from '../../compiler/plan/migration/history.ts';
import { migrationName } from '../../compiler/plan/migration/migration-name.ts';
import { readRecord, recordJson } from '../../compiler/plan/migration/migration-record.ts';
import { readHistory } from '../../compiler/plan/migration/read-history.ts';
import type { Operation } from '../../compiler/plan/migration/operations.ts';
import { HISTORY_CODES } from './history-codes.ts';
import { planSpec, planSpecs, sealed, spec } from './plan-spec.ts';

const ONE = spec({ Lead: 'fields:\n  name: { type: string }' });
const TWO = spec({ Lead: 'fields:\n  name: { type: string }\n  notes: { type: text, optional: true }' });
const THREE = spec({
  Lead: 'fields:\n  name: { type: string }\n  notes: { type: text, optional: true }\n  score: { type: integer, default: 0 }',
});
const OTHER = spec({ Lead: 'fields:\n  name: { type: string }\n  score: { type: integer, default: 0 }' });

test('the same spec and history give the same bytes, with or without the draft on disk', () => {
  const first = planSpec(ONE);
  const { migration } = first;
  const draft = { id: migration?.id ?? '', sql: migration?.sql.text, json: migration?.json.text, sealed: false };
  expect(planSpec(ONE)).toEqual(first);
  expect(planSpec(ONE, { migrations: [draft] })).toEqual(first);
});

test('a draft is replaced, a sealed migration continued', () => {
  const { history } = planSpecs(ONE);
  const draft = sealed(NO_HISTORY, planSpec(TWO, history)).migrations[0];
  if (draft === undefined) throw new Error('nothing was planned');
  const next = planSpec(THREE, { migrations: [...history.migrations, { ...draft, sealed: false }] });
  expect(next.migrations).toHaveLength(2);
  expect(next.migration?.sql.text).toContain('add column score');
  expect(next.migration?.sql.text).toContain('add column notes');
  const continued = planSpec(THREE, { migrations: [...history.migrations, { ...draft, sealed: true }] });
  expect(continued.migrations).toHaveLength(3);
  expect(continued.migration?.sql.text).not.toContain('add column notes');
});

test('nothing is planned where nothing changed', () => {
  const { history, plan } = planSpecs(ONE, TWO);
  const again = planSpec(TWO, history);
  expect(again.migration).toBeUndefined();
  expect(again.diagnostics).toEqual([]);
  expect(again.snapshot).toEqual(plan.snapshot);
});

test('names are made of depth, first operations and content', () => {
  const { history } = planSpecs(ONE, TWO);
  expect(history.migrations.map(({ id }) => id.replace(/_[0-9a-f]{8}$/, ''))).toEqual([
    '0001_create_leads',
    '0002_add_leads_notes',
  ]);
});

test('files are grouped by migration; a seal beside them seals', () => {
  const files = new Map([
    ['0001_a_11111111.sql', 's'],
    ['0001_a_11111111.json', 'j'],
    ['0001_a_11111111.seal', ''],
    ['0002_b_22222222.sql', 't'],
    ['snapshot.json', '{}'],
    ['README.md', ''],
  ]);
  const history = historyFromFiles(files, (id) => id.startsWith('0002'));
  expect(history.migrations).toEqual([
    { id: '0001_a_11111111', sql: 's', json: 'j', sealed: true },
    { id: '0002_b_22222222', sql: 't', json: undefined, sealed: true },
  ]);
  expect(historyFromFiles(files).migrations[1]?.sealed).toBe(false);
});

const { history: good } = planSpecs(ONE, TWO);
const branch = sealed(planSpecs(ONE).history, planSpec(OTHER, planSpecs(ONE).history)).migrations[1];

/** The good history with its last migration changed. */
function withLast(edit: (last: MigrationOnDisk) => MigrationOnDisk): History {
  return { migrations: good.migrations.map((item, index) => (index === 1 ? edit(item) : item)) };
}

/** A migration whose name and hashes fit, so that only the fold can tell. */
function forged(operations: readonly Operation[], change: { readonly to?: string } = {}): History {
  return withLast((last) => {
    const read = readRecord(last.json ?? '');
    if (read.kind !== 'record') throw new Error('unreadable');
    const record = { ...read.record, ...change, operations };
    const id = migrationName(record);
    return { ...last, id, json: recordJson({ ...record, id }) };
  });
}

const cases: readonly (readonly [string, (typeof HISTORY_CODES)[number], History])[] = [
  ['a missing .json', 'SC4101', withLast((last) => ({ ...last, json: undefined }))],
  ['a missing .sql', 'SC4101', withLast((last) => ({ ...last, sql: undefined }))],
  [
    'a newer format',
    'SC4102',
    withLast((last) => ({ ...last, json: last.json?.replace('"format": 1', '"format": 2') })),
  ],
  ['no JSON', 'SC4103', withLast((last) => ({ ...last, json: '{' }))],
  ['JSON of something else', 'SC4103', withLast((last) => ({ ...last, json: '{"format": 1}' }))],
  [
    'an unknown operation',
    'SC4103',
    withLast((last) => ({ ...last, json: last.json?.replace('"addColumn"', '"hack"') })),
  ],
  ['an edited .sql', 'SC4104', withLast((last) => ({ ...last, sql: `${last.sql} ` }))],
  ['an edited operation', 'SC4104', withLast((last) => ({ ...last, json: last.json?.replace('"text"', '"citext"') }))],
  ['a renamed file', 'SC4104', withLast((last) => ({ ...last, id: last.id.replace('0002', '0003') }))],
  ['operations that do not fit', 'SC4104', forged([{ kind: 'dropTable', name: 'nothing' }])],
  ['operations of another shape', 'SC4104', forged([{ kind: 'dropColumn', table: 'leads', name: 'name' }])],
  ['a parent that is gone', 'SC4105', { migrations: good.migrations.slice(1) }],
  ['two heads', 'SC4106', { migrations: [...good.migrations, ...(branch === undefined ? [] : [branch])] }],
];

test.each(cases)('%s is refused: %s', (_, code, history) => {
  const plan = planSpec(TWO, history);
  expect(plan.diagnostics.map((one) => one.code)).toEqual([code]);
  expect(plan.diagnostics[0]?.file).toMatch(/^migrations\/000\d_/);
  expect(plan.migration).toBeUndefined();
});

test('line ends of a checkout do not count', () => {
  const windows = withLast((last) => ({ ...last, sql: last.sql?.replaceAll('\n', '\r\n') }));
  expect(planSpec(TWO, windows).diagnostics).toEqual([]);
});

test('the order of files does not count', () => {
  const turned = { migrations: good.migrations.toReversed() };
  expect(canonicalJson(readHistory(turned, 'public'))).toBe(canonicalJson(readHistory(good, 'public')));
});

test('every code of the history has a case', () => {
  expect(new Set(cases.map(([, code]) => code))).toEqual(new Set(HISTORY_CODES));
});
