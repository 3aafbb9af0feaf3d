import { join, resolve } from 'node:path';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { createDiagnostic } from '../../diagnostics/reporter.ts';
import { unlocated } from '../../diagnostics/span.ts';
import { refusal } from '../command-result.ts';
import type { CommandResult } from '../command-result.ts';
import { explainRunnerError } from '../explain-runner-error.ts';
import { readSpecFile } from '../spec-file.ts';
import { createDevLoop } from './dev-loop.ts';
import { createDevServer } from './dev-server.ts';
import type { Ending } from './server-process.ts';
import { openFrontDoor } from './front-door.ts';
import type { FrontDoor } from './front-door.ts';
import { openSessionFolder } from './session-folder.ts';
import { watchFiles } from './watch-files.ts';

export interface DevRequest {
  readonly spec: string;
  /** The output folder, as the user named it. */
  readonly folder: string;
  readonly host: string;
  /** Undefined: 3000, or the next one above that is free. */
  readonly port: number | undefined;
  readonly report: (result: CommandResult) => void;
  readonly tell: (line: string) => void;
}

const DEFAULT_PORT = 3000;
const SPARE_PORTS = 20;

const SILENT = 'No server is running; the terminal of supercompile dev says why.';

/** A server that lived shorter than this is not started again by itself, in milliseconds. */
const STABLE = 2_000;

/** Serves a spec until a signal ends it; a result means that it could not begin, or could not go on. */
export async function runDev(request: DevRequest): Promise<CommandResult | undefined> {
  const { spec, folder, host, port, report, tell } = request;
  const first = readSpecFile(spec);
  if ('diagnostics' in first) return refusal(first.diagnostics);
  const door = await openDoor(host, port);
  if ('diagnostic' in door) return refusal([door.diagnostic]);
  const session = openSessionFolder();
  const removeSession = (): void => session.remove();
  process.once('exit', removeSession);
  const root = resolve(folder);
  const ending = Promise.withResolvers<unknown>();
  const server = createDevServer({
    backend: root,
    ownData: join(root, '.data'),
    session,
    door,
    environment: childEnvironment(join(session.path, 'compile-cache')),
    tell,
    onCrash: (crash, uptime) => {
      if (uptime >= STABLE) door.hold();
      else door.shut(SILENT);
      for (const line of crash.lines) tell(line);
      tell(describeCrash(crash, uptime));
      if (uptime >= STABLE) loop.request(performance.now(), true);
    },
  });
  const tellRound = (result: CommandResult): void => {
    report(result);
    if (!server.isUp()) door.shut(SILENT);
  };
  const loop = createDevLoop({ spec, folder, server, report: tellRound, onBug: ending.reject });
  const watch = watchFiles({ spec, custom: join(root, 'custom') }, (since) => loop.request(since));
  const stopListening = onSignals(() => ending.resolve(undefined));
  tell(`${door.url} serves ${spec}; Ctrl+C ends it`);
  loop.request(performance.now());
  try {
    await ending.promise;
    return undefined;
  } catch (error) {
    return refusal(explainRunnerError(error, folder));
  } finally {
    watch.close();
    door.close();
    await server.close();
    stopListening();
    process.off('exit', removeSession);
    session.remove();
  }
}

async function openDoor(
  host: string,
  port: number | undefined,
): Promise<FrontDoor | { readonly diagnostic: Diagnostic }> {
  try {
    return await openFrontDoor({ host, port: port ?? DEFAULT_PORT, spare: port === undefined ? SPARE_PORTS : 0 });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const reason = REASONS[code];
    if (reason === undefined) throw error;
    const problem = `port ${port ?? DEFAULT_PORT} of ${host} ${reason}`;
    return { diagnostic: createDiagnostic(unlocated('dev'), 'address-unusable', '', { reason: problem }) };
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is in use; name another one with --port',
  EACCES: 'needs more rights than you have; name one from 1024 with --port',
  EADDRNOTAVAIL: 'is no address of this machine; mend HOST',
  ENOTFOUND: 'is no address of this machine; mend HOST',
};

/** Nothing of the shell's may lead a server that is being tried out to a database that matters. */
function childEnvironment(compileCache: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    LOG_LEVEL: process.env['LOG_LEVEL'] || 'warn',
    APP_ENV: 'development',
    HOST: '127.0.0.1',
    PORT: '0',
    METRICS_PORT: '',
    DATABASE_URL: '',
    MIGRATION_DATABASE_URL: '',
    SHUTDOWN_TIMEOUT: '2000',
    NODE_COMPILE_CACHE: compileCache,
  };
}

function describeCrash({ code, signal }: Ending, uptime: number): string {
  const how = signal === null ? `exit ${code}` : signal;
  return uptime >= STABLE
    ? `the server ended (${how}) and is started again`
    : `the server ended (${how}) as soon as it served; it is started again at the next change`;
}

/** A second signal ends this process at once; its servers see that their channel is gone. */
function onSignals(stop: () => void): () => void {
  let isStopping = false;
  const listen = (): void => {
    if (isStopping) process.exit(130);
    isStopping = true;
    stop();
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, listen);
  return () => {
    for (const signal of signals) process.off(signal, listen);
  };
}
