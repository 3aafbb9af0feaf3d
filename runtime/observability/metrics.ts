import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { ConnectionCount } from '../database/database.ts';

/** One answered request, as it is counted. */
export interface RequestMeasure {
  readonly method: string;
  /** Pattern of the route, never the path. */
  readonly route: string;
  readonly status: number;
  readonly milliseconds: number;
}

/** What the process tells of itself, in the Prometheus text format. */
export interface Metrics {
  readonly contentType: string;
  readonly countRequest: (measure: RequestMeasure) => void;
  /** Asked for the present connections at each reading. */
  readonly watchConnections: (count: () => readonly ConnectionCount[]) => void;
  readonly render: () => Promise<string>;
}

/**
 * Metrics of one server: requests, connections, and prom-client's own of the process (memory, CPU,
 * event loop, garbage collection). No label holds what a caller chose.
 */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return {
    contentType: registry.contentType,
    countRequest: requestCounter(registry),
    watchConnections: (count) => watchConnections(registry, count),
    render: () => registry.metrics(),
  };
}

/** Upper bounds in seconds: from a point read to the longest wait for a statement. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

function requestCounter(registry: Registry): (measure: RequestMeasure) => void {
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the arrival of a request to its answer, by method, route pattern and class of status.',
    labelNames: ['method', 'route', 'status'],
    buckets: BUCKETS,
    registers: [registry],
  });
  const answers = new Counter({
    name: 'http_requests_total',
    help: 'Answered requests, by method, route pattern and status.',
    labelNames: ['method', 'route', 'status'],
    registers: [registry],
  });
  // Looking a series up by its labels costs more than counting: each is looked up once.
  const series = new Map<
    string,
    { readonly duration: Histogram.Internal<string>; readonly answer: Counter.Internal }
  >();
  return ({ method, route, status, milliseconds }) => {
    const key = `${method} ${status} ${route}`;
    const known = series.get(key) ?? seriesOf(method, route, status);
    series.set(key, known);
    known.duration.observe(milliseconds / 1000);
    known.answer.inc();
  };

  function seriesOf(method: string, route: string, status: number) {
    const known = METHODS.has(method) ? method : 'other';
    return {
      duration: durations.labels({ method: known, route, status: `${Math.floor(status / 100)}xx` }),
      answer: answers.labels({ method: known, route, status }),
    };
  }
}

/** Node.js takes some thirty more; a caller chooses among them. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

function watchConnections(registry: Registry, count: () => readonly ConnectionCount[]): void {
  new Gauge({
    name: 'database_connections',
    help: 'Connections to the database by what they do, and what waits for one.',
    labelNames: ['kind', 'state'],
    registers: [registry],
    collect() {
      for (const { kind, state, count: value } of count()) this.set({ kind, state }, value);
    },
  });
}
