import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Document } from '../tour/document.ts';
import { tour, type TourReport } from '../tour/tour.ts';
import { noiseOf, startBackend, type Environment } from './compiled-backend.ts';

/** The compiled OpenAPI document of a backend. */
export function readOpenApi(folder: string): Document {
  return JSON.parse(readFileSync(join(folder, 'app/docs/openapi.json'), 'utf8')) as Document;
}

/** Boots a backend, walks through it, stops it; what it wrote to stderr beside its address is a failure too. */
export async function tourBackend(folder: string, environment: Environment = {}): Promise<TourReport> {
  const backend = await startBackend(folder, environment);
  try {
    const report = await tour(backend.url, await fetchDocument(backend.url));
    const outcome = await backend.stop();
    const [{ code }, noise] = [outcome, noiseOf(outcome)];
    return {
      seen: report.seen,
      failures: [
        ...report.failures,
        ...(code === 0 ? [] : [`SIGTERM ended it with ${code}`]),
        ...(noise === '' ? [] : [`it logged: ${noise.slice(0, 2000)}`]),
      ],
    };
  } finally {
    await backend.stop('SIGKILL');
  }
}

async function fetchDocument(url: string): Promise<Document> {
  const response = await fetch(new URL('/openapi.json', url));
  return (await response.json()) as Document;
}
