import { randomUUID } from 'node:crypto';
import type { Database } from '../../runtime/database/database.ts';
import { DatabaseError } from '../../runtime/database/errors.ts';
import { retryConflicts } from '../../runtime/database/retry-conflicts.ts';
import type { PostgresVersion } from '../postgres.ts';
import { createTeams, findViolations, inTracker, run } from './tracker-database.ts';

const CONNECTIONS = 5;

/** The computed columns of a team and of a label that wait for others of the same id, with a task, to be deleted. */
export async function insertAgain(version: PostgresVersion): Promise<readonly (readonly unknown[])[]> {
  return inTracker(version, CONNECTIONS, async (database) => {
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
    await untilOneWaits(database);
    // Not awaited here: it waits for this transaction.
    return { again };
  });
  return (await inserted.again)[0] ?? [];
}

async function untilOneWaits(database: Database): Promise<void> {
  const waiting = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  while ((await run(database, waiting)).length === 0);
}

/** A task that links to what is not there yet, and what comes; $1 is the missing id, $2 to $4 a team, kind and label. */
export interface LateLink {
  readonly writes: string;
  readonly comes: string;
}

/** Of two tasks that are there before. */
export const TASK = '5f0c1f6e-0000-4000-8000-000000000001';

/** What came of it. */
export interface LinkOutcome {
  /** The constraint that refused the write. */
  readonly refused: string | undefined;
  /** Rules that are broken afterwards. */
  readonly violations: readonly string[];
  /** Whether the written row is what its statement answered. */
  readonly isAsAnswered: boolean;
}

/** Holds a task of weight 7 between its triggers while a row comes that it links to. */
export async function linkMeanwhile(version: PostgresVersion, { writes, comes }: LateLink): Promise<LinkOutcome> {
  return inTracker(version, CONNECTIONS, async (database) => {
    const world = await createTeams(database);
    const ids = [world.teams[0] ?? '', world.kinds[0] ?? '', world.labels[0] ?? ''];
    await run(database, 'insert into tasks (id, team_id, kind_id) values ($1, $2, $3)', TASK, ...ids.slice(0, 2));
    const hold = `create function hold() returns trigger language plpgsql as
      'begin perform pg_advisory_xact_lock(1); return new; end'`;
    await run(database, hold);
    const when = `create trigger zz_hold before insert or update on tasks for each row when (new.weight = 7) execute function hold()`;
    await run(database, when);
    const missing = randomUUID();
    const columns = 'id, active_labels, version';
    const write = `${named(writes)} returning ${columns}`;
    const { written } = await database.transaction(async (on) => {
      await run(on, 'select pg_advisory_xact_lock(1)');
      const answered = retryConflicts(() => run(database, write, missing, ...ids));
      const settled = answered.then(
        ([row = []]) => ({ row, refused: undefined }),
        (error: unknown) => ({ row: [], refused: error instanceof DatabaseError ? error.constraint : String(error) }),
      );
      await untilOneWaits(database);
      await run(database, named(comes), missing, ...ids);
      return { written: settled };
    });
    const { row, refused } = await written;
    const rows = await run(database, `select ${columns} from tasks`);
    const isAsAnswered = refused !== undefined || rows.some((one) => one.join() === row.join());
    return { refused, violations: await findViolations(database), isAsAnswered };
  });
}

/** Gives a type to all parameters, also those that the statement does not use. */
function named(text: string): string {
  return `with given as (select $1::uuid, $2::uuid, $3::uuid, $4::uuid) ${text}`;
}
