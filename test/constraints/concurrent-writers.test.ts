import { expect, test } from 'vitest';
import { describeEachPostgres, describeOldestPostgres } from '../describe-databases.ts';
import { writeTogether } from './concurrent-writers.ts';
import { insertAgain, linkMeanwhile, TASK, type LateLink } from './rows-meanwhile.ts';

const INSERT = 'insert into tasks (team_id, kind_id, label_ids, parent_id, weight)';

/** Computed columns and checks of `tracker.yaml` that read what comes. */
const LATE_LINKS: Readonly<Record<string, LateLink & { readonly refused?: string }>> = {
  'a label': {
    writes: `${INSERT} values ($2, $3, array[$1], null, 7)`,
    comes: `insert into labels (id, name) values ($1, 'late')`,
  },
  'a second label': {
    writes: `update tasks set label_ids = array[$4, $1], weight = 7 where id = '${TASK}'`,
    comes: `insert into labels (id, name) values ($1, 'late')`,
  },
  'a label that a check refuses': {
    writes: `${INSERT} values ($2, $3, array[$1, $4], null, 7)`,
    comes: `insert into labels (id, name, retired) values ($1, 'late', true)`,
    refused: 'tasks_sound_labels_check',
  },
  'a team': {
    writes: `${INSERT} values ($1, $3, '{}', null, 7)`,
    comes: `insert into teams (id, name) values ($1, 'late')`,
  },
  'a team that is too small': {
    writes: `update tasks set team_id = $1, weight = 7 where id = '${TASK}'`,
    comes: `insert into teams (id, name, "limit") values ($1, 'late', 6)`,
    refused: 'teams_within_limit_check',
  },
  'a kind': {
    writes: `update tasks set kind_id = $1, weight = 7 where id = '${TASK}'`,
    comes: `insert into kinds (id, name, rate) values ($1, 'late', 5)`,
  },
};

describeEachPostgres((version) => {
  test('twenty writers leave no rule broken and no computed column behind', async () => {
    const { committed, violations, refused } = await writeTogether(version, 2, 'everything');
    expect(violations).toEqual([]);
    expect(committed).toBeGreaterThan(20);
    expect(Object.keys(refused).length).toBeGreaterThan(0);
  });

  test('twenty writers of the children of one parent wait for each other, and never in a circle', async () => {
    const { committed, violations, deadlocks } = await writeTogether(version, 2, 'children of one parent');
    expect(violations).toEqual([]);
    expect(deadlocks).toBe(0);
    expect(committed).toBeGreaterThan(20);
  });

  test('a row that takes the id of one that is being deleted has none of its rows', async () => {
    expect(await insertAgain(version)).toEqual([
      ['teams', '0', '0', null],
      ['labels', '0'],
    ]);
  });
});

describeOldestPostgres((version) => {
  test.each(Object.entries(LATE_LINKS))('%s comes while a row is written that links to it', async (_, late) => {
    expect(await linkMeanwhile(version, late)).toEqual({ refused: late.refused, violations: [], isAsAnswered: true });
  });
});
