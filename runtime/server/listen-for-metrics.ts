import { answerMetrics } from '../http/metrics-answer.ts';
import { Problem, problemResponse } from '../http/problem.ts';
import { uuidV7 } from '../http/uuid.ts';
import type { Metrics } from '../observability/metrics.ts';
import { listen, type Listening } from './listen.ts';

export interface MetricsListenerOptions {
  readonly metrics: Metrics;
  readonly token: string | undefined;
  readonly host: string;
  readonly port: number;
}

/** Serves `/metrics`, and nothing else, on a port of its own. @throws ListenError */
export async function listenForMetrics({ metrics, token, host, port }: MetricsListenerOptions): Promise<Listening> {
  const answer = async (request: Request): Promise<Response> => {
    const isAsked = new URL(request.url).pathname === '/metrics' && request.method === 'GET';
    if (!isAsked) return problemResponse(new Problem(404, { detail: 'There is nothing at this path.' }), uuidV7());
    return answerMetrics(metrics, token, request.headers.get('authorization') ?? undefined);
  };
  const fetch = (request: Request): Promise<Response> =>
    answer(request).catch((error: unknown) => {
      if (error instanceof Problem) return problemResponse(error, uuidV7());
      throw error;
    });
  return listen({ fetch, host, port, variable: 'METRICS_PORT' });
}
