import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { proveOnEmbedded } from '../../compiler/verify/prove-on-embedded.ts';
import { openTestDatabase, type TestDatabase } from '../migrations/databases.ts';
import { planSpec, planSpecs } from '../migrations/plan-spec.ts';

const SPEC = readFileSync('test/constraints/behind-links.yaml', 'utf8');
const [TEAM, OTHER, LABEL] = ['1', '2', '3'].map((end) => `018f4d2e-7b6a-7c31-9d50-00000000000${end}`);

let home: TestDatabase;
const query = async (text: string): Promise<readonly (readonly (string | null)[])[]> =>
  (await home.database.query({ text, values: [] })).rows;

beforeAll(async () => {
  home = await openTestDatabase(undefined);
  await home.database.session((session) => session.script(planSpec(SPEC).migration?.sql.text ?? ''));
  await query(`insert into labels (id, weight) values ('${LABEL}', 4)`);
  await query(
    `insert into teams (id, numbers, label_ids) values ('${TEAM}', '{1,2}', '{${LABEL}}'), ('${OTHER}', '{1}', '{}')`,
  );
  await query(`insert into tasks (team_id, label_id) values ('${TEAM}', '${LABEL}'), ('${OTHER}', null)`);
});
afterAll(() => home.close());

const tasks = (...columns: readonly string[]) => query(`select ${columns.join(', ')} from tasks order by team_id`);

test('lists, links and constants are read, and followed', async () => {
  expect(await tasks('weight', 'label_count', 'is_led', 'is_dated', 'kind')).toEqual([
    ['4', '1', 'f', 'f', 'task'],
    ['0', '0', 'f', 'f', 'task'],
  ]);
  await query('update labels set weight = 6');
  await query(`update teams set lead_id = '${LABEL}', day = '2026-01-01' where id = '${OTHER}'`);
  expect(await tasks('weight', 'label_count', 'is_led', 'is_dated')).toEqual([
    ['6', '1', 'f', 'f'],
    ['0', '0', 't', 't'],
  ]);
});

test('conditions over other rows are followed, and touch the rows of no other', async () => {
  const before = await tasks('version');
  await query(`update teams set is_on = false where id = '${TEAM}'`);
  expect(await tasks('is_live', 'is_both')).toEqual([
    ['f', 'f'],
    ['t', 'f'],
  ]);
  await query(`update tasks set is_ready = true`);
  await query(`update teams set is_on = true where id = '${TEAM}'`);
  expect(await tasks('is_live', 'is_both')).toEqual([
    ['t', 't'],
    ['t', 't'],
  ]);
  const changes = (await tasks('version')).map(([version], index) => Number(version) - Number(before[index]?.[0]));
  expect(changes).toEqual([3, 1]);
});

test.each([
  ['tasks_label_of_team_check', `update tasks set label_id = '${LABEL}' where team_id = '${OTHER}'`],
  ['tasks_number_of_team_check', `update teams set numbers = '{2}' where id = '${TEAM}'`],
  ['tasks_heavy_labels_check', 'update labels set weight = 0'],
  ['tasks_lead_is_label_check', `update teams set lead_id = '${LABEL}' where id = '${TEAM}'`],
])('%s is held, whichever row is written', async (constraint, text) => {
  await expect(query(text)).rejects.toThrow(constraint);
});

test('a condition that becomes another is filled as proven', async () => {
  const { plan } = planSpecs(
    SPEC,
    SPEC.replace('record.isReady || record.team.isOn', 'record.isReady == record.team.isOn'),
  );
  expect(plan.migration && (await proveOnEmbedded(plan.migration.claim))).toEqual([]);
});
