import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildBackend, noiseOf, startBackend } from '../end-to-end/compiled-backend.ts';
import type { OpenSetUp } from '../end-to-end/set-ups.ts';
import { readOpenApi } from '../end-to-end/tour-backend.ts';
import { operationsOf } from '../tour/document.ts';
import { fuzz, type FuzzOptions, type FuzzReport } from './fuzz.ts';
import { INSPECTOR_ROUTES, openWitness } from './witness.ts';

/** Compiles a spec, with the route that lets a witness see into an embedded database. */
export async function buildInspected(spec: string, folder: string): Promise<void> {
  await buildBackend(spec, folder);
  writeFileSync(join(folder, 'custom/routes.ts'), INSPECTOR_ROUTES);
}

export type FuzzSettings = Pick<FuzzOptions, 'seed' | 'requests' | 'families' | 'shrinks'>;

/** Boots a backend, fuzzes it, stops it; whatever else is wrong with the run is a failure too. */
export async function fuzzBackend(folder: string, setUp: OpenSetUp, settings: FuzzSettings): Promise<FuzzReport> {
  const backend = await startBackend(folder, setUp.environment);
  const inspector = await setUp.inspect(backend.url);
  try {
    const document = readOpenApi(folder);
    const witness = await openWitness(inspector);
    const report = await fuzz({ base: backend.url, document, witness, ...settings });
    const reached = new Set([...report.answers.keys()].map((key) => key.split(' ')[0]));
    const missed = operationsOf(document).filter(({ id }) => !reached.has(id));
    const share = report.accepted / report.requests;
    const outcome = await backend.stop();
    const [{ code }, noise] = [outcome, noiseOf(outcome)];
    return {
      ...report,
      failures: [
        ...report.failures,
        ...missed.map(({ id }) => `${id} was never reached`),
        ...(share < LEAST_ACCEPTED ? [`only ${Math.round(share * 100)} % of the requests were answered 2xx`] : []),
        ...(code === 0 ? [] : [`SIGTERM ended it with ${code}`]),
        ...(noise === '' ? [] : [`it logged: ${noise.slice(0, 2000)}`]),
      ],
    };
  } finally {
    await inspector.close();
    await backend.stop('SIGKILL');
  }
}

/** A fuzzer whose requests are all refused at the door has tried nothing. */
const LEAST_ACCEPTED = 0.2;
