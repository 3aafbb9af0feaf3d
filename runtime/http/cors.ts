/** Lets scripts of other origins use the API: the origins listed, to the letter, and without cookies. */
export interface Cors {
  /** Adds what an answer to a request from `origin` needs. */
  readonly mark: (headers: Headers, origin: string | undefined) => void;
  /** What a preflight from `origin` is told; nothing for an origin that is not listed. */
  readonly preflight: (origin: string | undefined, methods: readonly string[]) => Readonly<Record<string, string>>;
}

/** @param origins such as `https://app.example.com`; none switches it off */
export function createCors(origins: readonly string[]): Cors | undefined {
  if (origins.length === 0) return undefined;
  const listed = new Set(origins);
  const isListed = (origin: string | undefined): origin is string => origin !== undefined && listed.has(origin);
  return {
    mark: (headers, origin) => {
      // Also where it is absent: a cache must not give one origin's answer to another.
      headers.append('vary', 'Origin');
      if (!isListed(origin)) return;
      headers.set('access-control-allow-origin', origin);
      headers.set('access-control-expose-headers', EXPOSED);
    },
    preflight: (origin, methods) =>
      isListed(origin)
        ? {
            'access-control-allow-methods': methods.join(', '),
            'access-control-allow-headers': ACCEPTED,
            'access-control-max-age': MAX_AGE,
          }
        : {},
  };
}

/** Answer headers beyond the few that scripts may read anyway. */
const EXPOSED = 'Allow, ETag, Idempotent-Replayed, Location, Retry-After, X-Request-Id';

/** Request headers that the API reads. */
const ACCEPTED = [
  'Authorization',
  'Content-Type',
  'Idempotency-Key',
  'If-Match',
  'If-None-Match',
  'Traceparent',
  'Tracestate',
  'X-Request-Id',
  'X-Tenant',
].join(', ');

/** Seconds; Chromium caps it at two hours. */
const MAX_AGE = '7200';
