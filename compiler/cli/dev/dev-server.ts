import { DataDirectoryLocked } from '../../../runtime/database/directory-lock.ts';
import { readWalMark } from '../../../runtime/development/wal-mark.ts';
import type { History } from '../../plan/migration/history.ts';
import type { FrontDoor } from './front-door.ts';
import { planSession, withoutDrafts } from './plan-session.ts';
import type { NoSessionPlan, SessionPlan } from './plan-session.ts';
import { startServerProcess } from './server-process.ts';
import type { Ending, ServerProcess } from './server-process.ts';
import type { SessionFolder } from './session-folder.ts';

/** The servers of one run of dev: one that answers, one that waits for the next change. */
export interface DevServer {
  /** Starts a server on what the backend's folder now holds; the present one answers until that listens. */
  serve(spec: { readonly file: string; readonly text: string }, history: History): Promise<Served>;
  /** Whether a server answers. */
  isUp(): boolean;
  /** The runtime was written again: what waits has the old one. */
  forgetStandby(): void;
  close(): Promise<void>;
}

/** What came of it; `notes` are for the developer to read. */
export interface Served {
  readonly notes: readonly string[];
  /** The migration that was applied, if one was. */
  readonly applied?: string;
  /** Absent when a server listens. */
  readonly failed?: Ending;
}

export interface DevServerOptions {
  readonly backend: string;
  /** The developer's own data: copied, never opened. */
  readonly ownData: string;
  readonly session: SessionFolder;
  readonly door: FrontDoor;
  readonly environment: NodeJS.ProcessEnv;
  readonly tell: (line: string) => void;
  /** The server that answered has ended unasked. */
  readonly onCrash: (ending: Ending, uptime: number) => void;
}

/** A process with the data directory that it has open, or is to open. */
interface Seat {
  readonly process: ServerProcess;
  readonly data: string;
}

/** Waits with a copy of what the present server held when its log had this mark. */
interface Standby extends Seat {
  readonly mark: string | undefined;
}

interface Current extends Seat {
  readonly history: History;
}

/** Where a server's rows come from. */
type Source = 'session' | 'own' | 'empty';

/** How often to look whether the standby's copy is out of date, in milliseconds. */
const REFRESH = 1_000;

/** Holds the servers of one run. */
export function createDevServer(options: DevServerOptions): DevServer {
  const { backend, ownData, session, door, environment, tell, onCrash } = options;
  const alive = new Set<ServerProcess>();
  let current: Current | undefined;
  let standby: Standby | undefined;
  let isUp = false;
  let isServing = false;
  let lastMark = '';
  const refresh = setInterval(() => void refreshStandby(), REFRESH);

  function start(data: string): ServerProcess {
    const server = startServerProcess({ backend, data, environment, tell });
    alive.add(server);
    void server.ended.then(() => alive.delete(server));
    return server;
  }

  async function serve(spec: { readonly file: string; readonly text: string }, disk: History): Promise<Served> {
    isServing = true;
    try {
      const notes: string[] = [];
      for (const [source, plan] of ways(spec, disk)) {
        if ('refused' in plan) {
          notes.push(...(source === 'session' ? [`${plan.refused}\n${FROM_OWN}`] : []));
          continue;
        }
        const seat = await takeSeat(source, notes);
        if (seat === undefined) continue;
        const outcome = await seat.process.go(seat.data, session.writeMigrations(plan.history));
        if ('port' in outcome) {
          replaceCurrent({ ...seat, history: plan.history }, outcome.port);
          return { notes, ...(plan.added !== undefined && { applied: plan.added }) };
        }
        session.discard(seat.data);
        if (outcome.failed.code !== MIGRATION_EXIT || source === 'empty') return { notes, failed: outcome.failed };
        notes.push(...outcome.failed.lines, source === 'session' ? FROM_OWN : FROM_EMPTY);
      }
      throw new Error('there is always a way from an empty database');
    } finally {
      isServing = false;
    }
  }

  /** From what keeps most rows to what always works. */
  function* ways(
    spec: { readonly file: string; readonly text: string },
    disk: History,
  ): Generator<readonly [Source, SessionPlan | NoSessionPlan]> {
    const bases = [
      ...(current === undefined ? [] : [['session', current.history] as const]),
      ['own', disk] as const,
      ['empty', withoutDrafts(disk)] as const,
    ];
    for (const [source, history] of bases) yield [source, planSession(spec, history)];
  }

  /** A process that waits, and the data for it; undefined where the data cannot be had. */
  async function takeSeat(source: Source, notes: string[]): Promise<Seat | undefined> {
    const waiting = standby;
    standby = undefined;
    if (waiting !== undefined && !(await waiting.process.ready)) session.discard(waiting.data);
    else if (waiting !== undefined && source === 'session' && isFresh(waiting)) return waiting;
    const data = session.newData();
    if (!(await provideData(source, data, notes))) return undefined;
    if (waiting === undefined || !(await waiting.process.ready)) return { process: await startReady(data), data };
    return { process: waiting.process, data };
  }

  async function startReady(data: string): Promise<ServerProcess> {
    const server = start(data);
    // One that has ended is told of by its ending, when it is asked to serve.
    await server.ready;
    return server;
  }

  async function provideData(source: Source, data: string, notes: string[]): Promise<boolean> {
    if (source === 'empty') return true;
    try {
      if (source === 'own') await session.copyData(ownData, data);
      else if (current !== undefined && (await current.process.copy(data)) === undefined) {
        session.discard(data);
        await session.copyData(current.data, data);
      }
      return true;
    } catch (error) {
      if (!(error instanceof DataDirectoryLocked) || current === undefined) throw error;
      notes.push(error.message);
      return false;
    }
  }

  function isFresh({ mark }: Standby): boolean {
    return current !== undefined && mark !== undefined && markOf(current.data) === mark;
  }

  function replaceCurrent(next: Current, port: number): void {
    const old = current;
    const since = performance.now();
    current = next;
    isUp = true;
    door.open(port);
    if (old !== undefined) void old.process.stop().then(() => session.discard(old.data));
    void next.process.ended.then((ending) => {
      if (current !== next) return;
      isUp = false;
      onCrash(ending, performance.now() - since);
    });
    setTimeout(() => void prepareStandby(), SETTLE).unref();
  }

  /** Copies the present data into a process that waits. */
  async function prepareStandby(): Promise<void> {
    if (current === undefined || standby !== undefined || isServing) return;
    const data = session.newData();
    const of = current;
    const mark = await of.process.copy(data);
    if (mark === undefined || isServing || current !== of) return session.discard(data);
    lastMark = mark;
    standby = { process: start(data), data, mark };
  }

  /** Once rows were written and no more are, the copy is made again. */
  async function refreshStandby(): Promise<void> {
    if (current === undefined || standby === undefined || isServing) return;
    const mark = markOf(current.data);
    const isQuiet = mark === lastMark;
    lastMark = mark;
    if (!isQuiet || mark === standby.mark) return;
    forgetStandby();
    await prepareStandby();
  }

  function forgetStandby(): void {
    const old = standby;
    standby = undefined;
    if (old === undefined) return;
    old.process.kill();
    void old.process.ended.then(() => session.discard(old.data));
  }

  return {
    serve,
    isUp: () => isUp,
    forgetStandby,
    close: async () => {
      clearInterval(refresh);
      const last = current;
      current = undefined;
      isServing = true;
      const stopping = last?.process.stop();
      for (const server of alive) if (server !== last?.process) server.kill();
      await stopping;
      await Promise.all([...alive].map(({ ended }) => ended));
    },
  };
}

/** Of the compiled programs, when a migration cannot be applied. */
const MIGRATION_EXIT = 4;

const FROM_OWN = 'no migration takes the rows of this run along: beginning again with those of .data/';
const FROM_EMPTY = 'the rows of .data/ do not fit the spec: beginning again with none';

/** The first requests come before the preparation of the next change, in milliseconds. */
const SETTLE = 100;

function markOf(data: string): string {
  try {
    return readWalMark(data);
  } catch {
    return '';
  }
}
