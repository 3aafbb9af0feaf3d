import { join, resolve } from 'node:path';
import { compile } from '../../compile.ts';
import { hasErrors } from '../../diagnostics/sort-diagnostics.ts';
import { fileSystem } from '../../output/disk/file-system.ts';
import type { FileSystem } from '../../output/disk/file-system.ts';
import { buildProject } from '../build-project.ts';
import type { BuildOutcome } from '../build-project.ts';
import { countProblems, refusal } from '../command-result.ts';
import type { CommandResult } from '../command-result.ts';
import { readHistory } from '../read-history.ts';
import { readSpecFile } from '../spec-file.ts';
import type { DevServer, Served } from './dev-server.ts';
import type { Ending } from './server-process.ts';
import { fingerprintOf } from './watch-files.ts';

/** One spec, compiled and served again at every change. */
export interface DevLoop {
  /** Compiles and serves, after whatever is under way; changes that come meanwhile make one more round together. */
  request(since: number, isForced?: boolean): void;
  /** When nothing is under way. */
  idle(): Promise<void>;
}

export interface DevLoopOptions {
  readonly spec: string;
  /** The output folder, as the user named it. */
  readonly folder: string;
  readonly server: DevServer;
  readonly report: (result: CommandResult) => void;
  readonly onBug: (error: unknown) => void;
}

interface Round {
  readonly since: number;
  readonly isForced: boolean;
}

/** Runs one round at a time. */
export function createDevLoop(options: DevLoopOptions): DevLoop {
  const { spec: name, folder, server, report, onBug } = options;
  const root = resolve(folder);
  let next: Round | undefined;
  let running: Promise<void> | undefined;
  /** What the server that answers was made of. */
  let served: string | undefined;
  let isWrong = false;
  const stays = (): string => (server.isUp() ? 'what was served before is still served' : 'nothing is served yet');

  async function run(): Promise<void> {
    while (next !== undefined) {
      const round = next;
      next = undefined;
      await runRound(round).then((result) => result !== undefined && report(result), onBug);
    }
    running = undefined;
  }

  async function runRound({ since, isForced }: Round): Promise<CommandResult | undefined> {
    const spec = readSpecFile(name);
    const wasWrong = isWrong;
    isWrong = true;
    if ('diagnostics' in spec) return { ...refusal(spec.diagnostics), summary: stays() };
    const outcome = await buildProject({
      spec,
      root,
      check: false,
      force: false,
      compile,
      keepMigrations: true,
      disk: UNSYNCED,
    });
    const sources = new Map([[spec.file, spec.text]]);
    const told = { diagnostics: outcome.diagnostics, sources, text: '' };
    if (hasErrors(outcome.diagnostics)) {
      return { ...told, data: {}, summary: `${countProblems(outcome.diagnostics)}; ${stays()}` };
    }
    if (outcome.written.some((path) => path.startsWith('runtime/'))) server.forgetStandby();
    const made = `${spec.text}\n${fingerprintOf(join(root, 'custom'))}`;
    const isSame = made === served && outcome.written.length === 0 && outcome.deleted.length === 0;
    if (isSame && server.isUp() && !isForced) {
      isWrong = false;
      // Scaffolded by the build itself, or saved without a change: news only after a mistake.
      return wasWrong ? { ...told, data: {}, summary: `${spec.file}: as it is served` } : undefined;
    }
    const result = await server.serve(spec, readHistory(root, folder, false).history);
    if (result.failed === undefined) served = made;
    isWrong = result.failed !== undefined;
    const milliseconds = Math.round(performance.now() - since);
    const { written, deleted } = outcome;
    return {
      ...told,
      data: { written, deleted, applied: result.applied ?? null, served: result.failed === undefined, milliseconds },
      summary: [
        ...result.notes,
        ...(result.failed === undefined ? [] : describeFailure(result.failed, stays())),
        describeRound(spec.file, outcome, result, milliseconds),
      ].join('\n'),
    };
  }

  return {
    request: (since, isForced = false) => {
      next = { since: Math.min(since, next?.since ?? since), isForced: isForced || next?.isForced === true };
      running ??= run();
    },
    idle: async () => running,
  };
}

/** Lines that a server that did not start may say. */
const MAX_LINES = 12;

function describeRound(
  file: string,
  { written, deleted }: BuildOutcome,
  { applied, failed }: Served,
  milliseconds: number,
): string {
  const changes = [
    `${written.length} written`,
    ...(deleted.length === 0 ? [] : [`${deleted.length} deleted`]),
    ...(applied === undefined ? [] : [`${applied} applied to the copy`]),
  ];
  return `${file}: ${changes.join(', ')}, ${failed === undefined ? 'served' : 'not served'} after ${milliseconds} ms`;
}

function describeFailure({ lines, code, signal }: Ending, stays: string): readonly string[] {
  const isMissing = lines.some((line) => /Cannot find package/.test(line));
  return [
    ...lines.slice(0, MAX_LINES),
    `the server did not start (${signal ?? `exit ${code}`}); ${stays}`,
    ...(isMissing ? ['run npm install in the folder of the backend, then save the spec again'] : []),
  ];
}

/** A power cut may lose what dev wrote: the next build writes it again. */
const UNSYNCED: FileSystem = { ...fileSystem, sync: () => undefined };
