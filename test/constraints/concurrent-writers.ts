import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database, Executor } from '../../runtime/database/database.ts';
import { DatabaseError } from '../../runtime/database/errors.ts';
import { openPostgres } from '../../runtime/database/postgres.ts';
import { retryConflicts } from '../../runtime/database/retry-conflicts.ts';
import { createChance, type Chance } from '../expression/random.ts';
import { openTestDatabase } from '../migrations/databases.ts';
import { planSpec } from '../migrations/plan-spec.ts';
import type { PostgresVersion } from '../postgres.ts';

const WRITERS = 20;
const TEAMS = 3;

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
  return inTracker(version, async (database) => {
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

async function inTracker<Result>(
  version: PostgresVersion,
  use: (database: Database) => Promise<Result>,
): Promise<Result> {
  const home = await openTestDatabase(version);
  const database = openPostgres({ url: home.url, poolSize: WRITERS });
  try {
    const spec = readFileSync(join(import.meta.dirname, 'tracker.yaml'), 'utf8');
    await database.session((session) => session.script(planSpec(spec).migration?.sql.text ?? ''));
    return await use(database);
  } finally {
    await database.close();
    await home.close();
  }
}

/** The computed columns of a team and of a label that wait for others of the same id, with a task, to be deleted. */
export async function insertAgain(version: PostgresVersion): Promise<readonly (readonly unknown[])[]> {
  return inTracker(version, async (database) => {
    const world = await createTeams(database);
    const [[team = ''], [kind = ''], [label = '']] = [world.teams, world.kinds, world.labels];
    const text =
      "insert into tasks (team_id, kind_id, due_on, label_ids) values ($1, $2, '2026-01-01', array[$3::uuid])";
    await run(database, text, team, kind, label);
    const [one, other] = [
      await whileDeleted(
        database,
        'labels',
        label,
        `insert into labels (id, name) values ($1, 'again') returning open_tasks`,
      ),
      await whileDeleted(
        database,
        'teams',
        team,
        `insert into teams (id, name) values ($1, 'again') returning points, open_tasks, latest`,
      ),
    ];
    return [
      ['teams', ...other],
      ['labels', ...one],
    ];
  });
}

/** What a statement answers that begins while a row is deleted, and ends when that is committed. */
async function whileDeleted(database: Database, table: string, id: string, text: string): Promise<readonly unknown[]> {
  const inserted = await database.transaction(async (on) => {
    await run(on, `delete from ${table} where id = $1`, id);
    const again = run(database, text, id);
    const waiting = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    while ((await run(database, waiting)).length === 0);
    // Not awaited here: it waits for this transaction.
    return { again };
  });
  return (await inserted.again)[0] ?? [];
}

interface World {
  readonly teams: readonly string[];
  readonly kinds: readonly string[];
  readonly labels: readonly string[];
}

async function createTeams(database: Database): Promise<World> {
  const ids = (count: number): readonly string[] => Array.from({ length: count }, () => randomUUID());
  const [teams, kinds, labels] = [ids(TEAMS), ids(TEAMS), ids(TEAMS)];
  for (const id of teams) await run(database, `insert into teams (id, name, "limit") values ($1, 'team', 60)`, id);
  for (const id of kinds) await run(database, `insert into kinds (id, name) values ($1, 'kind')`, id);
  for (const id of labels) await run(database, `insert into labels (id, name) values ($1, 'label')`, id);
  return { teams, kinds, labels };
}

async function run(on: Executor, text: string, ...values: readonly string[]): Promise<readonly (readonly unknown[])[]> {
  return (await on.query({ text, values })).rows;
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

/** Written by hand from what the spec says. */
const RULES: Readonly<Record<string, string>> = {
  'points differ': `select t.id from teams t where points <> (select coalesce(sum(k.weight * i.rate), 0) from tasks k join kinds i on i.id = k.kind_id where k.team_id = t.id)`,
  'openTasks differ': `select t.id from teams t where open_tasks <> (select count(*) from tasks k where k.team_id = t.id and k.status = 'todo')`,
  'latest differs': `select t.id from teams t where latest is distinct from (select max(due_on) from tasks k where k.team_id = t.id)`,
  'openSubtasks differ': `select t.id from tasks t where open_subtasks <> (select count(*) from tasks k where k.parent_id = t.id and k.status = 'todo')`,
  withinLimit: `select t.id from teams t where "limit" < (select coalesce(sum(weight), 0) from tasks k where k.team_id = t.id)`,
  oneAtATime:
    'select a.id from shifts a join shifts b on a.team_id = b.team_id and a.id <> b.id and a.starts_at < b.ends_at and b.starts_at < a.ends_at',
  'pairs differ': `(select id, unnest(label_ids) from tasks except select source_id, target_id from tasks_labels) union all (select source_id, target_id from tasks_labels except select id, unnest(label_ids) from tasks)`,
  'a label twice': `select t.id from tasks t where cardinality(label_ids) <> (select count(distinct one) from unnest(label_ids) one)`,
  'activeLabels differ': `select t.id from tasks t where active_labels <> (select count(*) from labels l where l.id = any (t.label_ids) and not l.retired)`,
  'openTasks of labels differ': `select l.id from labels l where open_tasks <> (select count(*) from tasks k where l.id = any (k.label_ids) and k.status = 'todo')`,
  soundLabels: `select t.id from tasks t join labels l on l.id = any (t.label_ids) where t.status <> 'done' and cardinality(t.label_ids) > 1 and l.retired`,
  oneLevel: 'select t.id from tasks t join tasks p on p.id = t.parent_id where p.parent_id is not null',
  sameTeam: 'select t.id from tasks t join tasks p on p.id = t.parent_id where p.team_id <> t.team_id',
  knownKind: `select t.id from tasks t join kinds k on k.id = t.kind_id where k.retired and t.status <> 'done'`,
};

async function findViolations(database: Database): Promise<readonly string[]> {
  const found: string[] = [];
  for (const [rule, text] of Object.entries(RULES)) {
    const rows = await run(database, text);
    if (rows.length > 0) found.push(`${rule}: ${rows.length}`);
  }
  return found;
}
