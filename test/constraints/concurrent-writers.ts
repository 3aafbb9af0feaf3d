import { randomUUID } from 'node:crypto';
import type { Executor } from '../../runtime/database/database.ts';
import { DatabaseError } from '../../runtime/database/errors.ts';
import { retryConflicts } from '../../runtime/database/retry-conflicts.ts';
import { createChance, type Chance } from '../expression/random.ts';
import type { PostgresVersion } from '../postgres.ts';
import { createTeams, findViolations, inTracker, run, type World } from './tracker-database.ts';

const WRITERS = 20;

/** What twenty writers did, and what is wrong afterwards. */
export interface WritersReport {
  readonly committed: number;
  /** Transactions that a check, a frozen row or an overlap refused, by constraint. */
  readonly refused: Readonly<Record<string, number>>;
  /** Transactions that Postgres ended because they waited for each other. */
  readonly deadlocks: number;
  /** How many changes stayed undone: the server tries single changes again, transactions it does not. */
  readonly lost: number;
  /** Rows that hold what they may not, and computed columns that differ from a recount. */
  readonly violations: readonly string[];
}

/** What the writers do: single changes of the rows below one parent, or of all rows, or transactions of up to two. */
export type Writing = 'children of one parent' | 'everything' | 'transactions';

/** Lets twenty connections change the same few rows for a while, then counts anew. */
export async function writeTogether(
  version: PostgresVersion,
  seconds: number,
  writing: Writing,
): Promise<WritersReport> {
  return inTracker(version, WRITERS, async (database) => {
    const all = await createTeams(database);
    const isOne = writing === 'children of one parent';
    const world = isOne ? { ...all, teams: all.teams.slice(0, 1) } : all;
    const changes = isOne ? OF_CHILDREN : CHANGES;
    const until = Date.now() + seconds * 1000;
    const counts = { committed: 0, deadlocks: 0, lost: 0, refused: new Map<string, number>() };
    await Promise.all(
      Array.from({ length: WRITERS }, async (_, writer) => {
        const chance = createChance(writer + 1);
        while (Date.now() < until) {
          try {
            const alone = (): Promise<unknown> =>
              chance
                .pick(changes)(database, chance, world)
                .catch((error: unknown) => {
                  if (error instanceof DatabaseError && error.kind === 'serialization') counts.deadlocks += 1;
                  throw error;
                });
            if (writing === 'transactions') await database.transaction((on) => changeSomething(on, chance, world));
            else await retryConflicts(alone);
            counts.committed += 1;
          } catch (error) {
            if (!(error instanceof DatabaseError)) throw error;
            if (error.kind === 'serialization') counts.lost += 1;
            else if (error.constraint === undefined) throw error;
            else counts.refused.set(error.constraint, (counts.refused.get(error.constraint) ?? 0) + 1);
          }
        }
      }),
    );
    return {
      committed: counts.committed,
      deadlocks: counts.deadlocks,
      lost: counts.lost,
      refused: Object.fromEntries([...counts.refused].toSorted()),
      violations: await findViolations(database),
    };
  });
}

const CHANGES: readonly ((on: Executor, chance: Chance, world: World) => Promise<unknown>)[] = [
  addTask,
  addTask,
  addTask,
  async (on, chance) => {
    const [task] = await anyTask(on, chance);
    return run(on, 'update tasks set weight = $2 where id = $1', task, String(chance.integer(12)));
  },
  async (on, chance) => {
    const [task] = await anyTask(on, chance);
    return run(
      on,
      "update tasks set status = case when status = 'todo' then 'done' else 'todo' end::task_status where id = $1",
      task,
    );
  },
  async (on, chance, { teams }) => {
    const [task] = await anyTask(on, chance);
    return run(on, 'update tasks set team_id = $2 where id = $1', task, chance.pick(teams));
  },
  deleteTask,
  addShift,
  async (on, chance) => {
    const [task] = await anyTask(on, chance);
    const [parent] = await anyTask(on, chance);
    return run(on, 'update tasks set parent_id = $2 where id = $1 and id <> $2', task, parent);
  },
  (on, chance, { kinds }) =>
    run(on, 'update kinds set rate = $2 where id = $1', chance.pick(kinds), String(chance.integer(5))),
  (on, chance, { kinds }) => run(on, 'update kinds set retired = not retired where id = $1', chance.pick(kinds)),
  (on, chance, { teams }) =>
    run(on, 'update teams set "limit" = $2 where id = $1', chance.pick(teams), String(20 + chance.integer(80))),
  setLabels,
  setLabels,
  addLabel,
  (on, chance, { labels }) => run(on, 'update labels set retired = not retired where id = $1', chance.pick(labels)),
  async (on, chance, { labels }) => {
    const [task] = await anyTask(on, chance);
    return run(on, 'delete from tasks_labels where source_id = $1 and target_id = $2', task, chance.pick(labels));
  },
  (on, chance, { labels }) => run(on, 'delete from labels where id = $1', chance.pick(labels)),
  (on, chance, { labels }) =>
    run(on, `insert into labels (id, name) values ($1, 'label') on conflict (id) do nothing`, chance.pick(labels)),
];

/** Changes of one statement, beside the look for a row to change. */
const OF_CHILDREN = CHANGES.slice(0, 5).concat([deleteTask]);

async function changeSomething(on: Executor, chance: Chance, world: World): Promise<void> {
  const changes = chance.happens(0.3) ? 2 : 1;
  for (let count = 0; count < changes; count += 1) await chance.pick(CHANGES)(on, chance, world);
}

async function addTask(on: Executor, chance: Chance, { teams, kinds }: World): Promise<unknown> {
  const text = 'insert into tasks (id, team_id, kind_id, weight, due_on) values ($1, $2, $3, $4, $5)';
  const due = `2026-01-${String(1 + chance.integer(28)).padStart(2, '0')}`;
  return run(on, text, randomUUID(), chance.pick(teams), chance.pick(kinds), String(chance.integer(10)), due);
}

async function setLabels(on: Executor, chance: Chance, { labels }: World): Promise<unknown> {
  const [task] = await anyTask(on, chance);
  const ids = labels.filter(() => chance.happens(0.5)).join();
  return run(on, 'update tasks set label_ids = $2 where id = $1', task, `{${ids}}`);
}

/** By hand, past the list. */
async function addLabel(on: Executor, chance: Chance, { labels }: World): Promise<unknown> {
  const [task] = await anyTask(on, chance);
  const text = 'insert into tasks_labels (source_id, target_id) values ($1, $2) on conflict do nothing';
  return run(on, text, task, chance.pick(labels));
}

async function deleteTask(on: Executor, chance: Chance): Promise<unknown> {
  return run(on, 'delete from tasks where id = $1', (await anyTask(on, chance))[0]);
}

async function addShift(on: Executor, chance: Chance, { teams }: World): Promise<unknown> {
  const from = chance.integer(5000);
  const text = 'insert into shifts (team_id, starts_at, ends_at) values ($1, $2, $3)';
  return run(on, text, chance.pick(teams), String(from), String(from + 1 + chance.integer(20)));
}

async function anyTask(on: Executor, chance: Chance): Promise<readonly [string]> {
  const rows = await run(on, 'select id from tasks order by id');
  return [String(rows.length === 0 ? randomUUID() : chance.pick(rows)[0])];
}
