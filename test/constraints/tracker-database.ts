import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database, Executor } from '../../runtime/database/database.ts';
import { openPostgres } from '../../runtime/database/postgres.ts';
import { openTestDatabase } from '../migrations/databases.ts';
import { planSpec } from '../migrations/plan-spec.ts';
import type { PostgresVersion } from '../postgres.ts';

const TEAMS = 3;

/** An empty database of `tracker.yaml` with a pool of so many connections, gone afterwards. */
export async function inTracker<Result>(
  version: PostgresVersion,
  poolSize: number,
  use: (database: Database) => Promise<Result>,
): Promise<Result> {
  const home = await openTestDatabase(version);
  const database = openPostgres({ url: home.url, poolSize });
  try {
    const spec = readFileSync(join(import.meta.dirname, 'tracker.yaml'), 'utf8');
    await database.session((session) => session.script(planSpec(spec).migration?.sql.text ?? ''));
    return await use(database);
  } finally {
    await database.close();
    await home.close();
  }
}

/** Ids of the first rows. */
export interface World {
  readonly teams: readonly string[];
  readonly kinds: readonly string[];
  readonly labels: readonly string[];
}

/** Some of each that tasks link to. */
export async function createTeams(database: Database): Promise<World> {
  const ids = (count: number): readonly string[] => Array.from({ length: count }, () => randomUUID());
  const [teams, kinds, labels] = [ids(TEAMS), ids(TEAMS), ids(TEAMS)];
  for (const id of teams) await run(database, `insert into teams (id, name, "limit") values ($1, 'team', 60)`, id);
  for (const id of kinds) await run(database, `insert into kinds (id, name) values ($1, 'kind')`, id);
  for (const id of labels) await run(database, `insert into labels (id, name) values ($1, 'label')`, id);
  return { teams, kinds, labels };
}

/** The rows that a statement answers, as text. */
export async function run(
  on: Executor,
  text: string,
  ...values: readonly string[]
): Promise<readonly (readonly unknown[])[]> {
  return (await on.query({ text, values })).rows;
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

/** The rules that rows break, and how many. */
export async function findViolations(database: Database): Promise<readonly string[]> {
  const found: string[] = [];
  for (const [rule, text] of Object.entries(RULES)) {
    const rows = await run(database, text);
    if (rows.length > 0) found.push(`${rule}: ${rows.length}`);
  }
  return found;
}
