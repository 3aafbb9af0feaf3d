import type { Database } from '../database/database.ts';
import { appSecret } from '../environment/app-secret.ts';
import type { Environment, environmentVariables } from '../environment/environment-variables.ts';
import { readEnvironment } from '../environment/read-environment.ts';
import { httpSettings } from '../http/http-settings.ts';
import { createLog, type Log } from '../observability/log.ts';
import { createMetrics, type Metrics } from '../observability/metrics.ts';
import { observeDatabase } from '../observability/observe-database.ts';
import { findTracing } from '../observability/tracing.ts';
import { backendFolder } from './backend-folder.ts';
import { createBackend, type BackendDefinition } from './create-backend.ts';
import { listen, type Listening } from './listen.ts';
import { listenForMetrics } from './listen-for-metrics.ts';
import { onSignal } from './on-signal.ts';
import { openServerDatabase } from './open-database.ts';
import { prepareDatabase } from './prepare-database.ts';
import { migrationsToApply } from './rehearsal.ts';
import { runProgram } from './run-program.ts';
import { stopServer } from './stop-server.ts';

/** A compiled backend as its entry point hands it over. */
export interface ServerDefinition<Schema> extends BackendDefinition<Schema> {
  readonly environment: typeof environmentVariables;
  /** The backend's folder. */
  readonly backend: URL;
}

/**
 * Runs the server until it is told to stop: the environment is checked, the database is
 * prepared, then it listens.
 */
export async function startServer<Schema>(definition: ServerDefinition<Schema>): Promise<void> {
  await runProgram(async () => {
    const environment: Environment = readEnvironment(definition.environment, process.env);
    const folder = backendFolder(definition.backend, environment.DATA_DIR);
    const secret = appSecret(environment, folder.data);
    const log = createLog(environment.LOG_LEVEL);
    const metrics = createMetrics();
    const database = await openObserved(environment, folder.data, log, metrics);
    try {
      await prepareDatabase(database, environment, migrationsToApply(folder.migrations), log);
      let isClosing = false;
      const app = createBackend(definition, {
        database,
        secret,
        log,
        metrics,
        openapi: folder.readOpenapi(),
        settings: httpSettings(environment),
        isClosing: () => isClosing,
      });
      await serveMetrics(environment, metrics);
      const listening = await listen({ fetch: app.fetch, host: environment.HOST, port: environment.PORT });
      process.stderr.write(`listening on ${listening.url}\n`);
      onSignal((signal) => {
        isClosing = true;
        log.info({ signal }, 'stopping');
        void stop(listening, database, log, environment.SHUTDOWN_TIMEOUT);
      });
    } catch (error) {
      await database.close();
      throw error;
    }
  });
}

async function openObserved(
  environment: Environment,
  dataDirectory: string,
  log: Log,
  metrics: Metrics,
): Promise<Database> {
  const database = await openServerDatabase(environment, dataDirectory);
  metrics.watchConnections(() => database.connections?.() ?? []);
  return observeDatabase(database, { log, slowQuery: environment.SLOW_QUERY_MS, tracing: findTracing() });
}

/** Answers until the process ends, while it stops too. */
async function serveMetrics(environment: Environment, metrics: Metrics): Promise<void> {
  const { HOST: host, METRICS_PORT: port, METRICS_TOKEN: token } = environment;
  if (port === undefined) return;
  const { url } = await listenForMetrics({ metrics, token, host, port });
  process.stderr.write(`metrics on ${url}/metrics\n`);
}

/** Ends the process: 0 when every request in flight was answered. */
async function stop({ server }: Listening, database: Database, log: Log, timeout: number): Promise<void> {
  const finished = await stopServer(server, timeout);
  const giveUp = setTimeout(() => process.exit(1), CLOSE_TIMEOUT);
  await database.close().catch((error: unknown) => log.error({ error }, 'the database did not close'));
  clearTimeout(giveUp);
  log.info({ finished }, 'stopped');
  process.exit(finished ? 0 : 1);
}

/** For statements that requests which were cut off have left behind. */
const CLOSE_TIMEOUT = 2_000;
