import { destination, pino, stdSerializers, type DestinationStream, type Logger } from 'pino';

export type Log = Logger;

/**
 * JSON lines on stdout. What goes into a line is chosen by whoever writes it: never a body, a query
 * string, the value of a header or a connection string.
 */
export function createLog(level: string, stream: DestinationStream = destination(STDOUT)): Log {
  return pino(
    {
      level,
      base: null,
      timestamp,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: stdSerializers.err },
    },
    stream,
  );
}

let lastMoment = 0;
let lastTime = '';

/** Most lines share their millisecond with another. */
function timestamp(): string {
  const now = Date.now();
  if (now !== lastMoment) {
    lastMoment = now;
    lastTime = `,"time":"${new Date(now).toISOString()}"`;
  }
  return lastTime;
}

/**
 * Lines are written together, after 100 ms at the latest and at the end of the process: a write each costs more than
 * the line. What kills the process outright loses those.
 */
const STDOUT = { dest: 1, sync: false, minLength: 8 * 1024, periodicFlush: 100 } as const;

/** One answered request. */
export interface RequestRecord {
  readonly requestId: string;
  readonly method: string;
  /** Pattern of the route, `/leads/{id}`, never the path: that holds ids. */
  readonly route: string;
  readonly status: number;
  readonly milliseconds: number;
  /** Of W3C Trace Context, where the request is part of a trace. */
  readonly traceId?: string | undefined;
  readonly spanId?: string | undefined;
}

/** Writes the one line that every request gets. */
export function logRequest(log: Log, record: RequestRecord, level: 'info' | 'debug' = 'info'): void {
  const { requestId, method, route, status, traceId, spanId } = record;
  const milliseconds = Math.round(record.milliseconds * 100) / 100;
  log[level]({ requestId, method, route, status, milliseconds, traceId, spanId }, 'request');
}
