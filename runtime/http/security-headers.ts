import type { HeaderRecord } from './request-state.ts';

/** A browser that is shown an answer of the API runs nothing, frames nothing and tells nobody. */
const HEADERS: HeaderRecord = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};

/** A year. Browsers heed it over TLS alone (RFC 6797), which production is behind. */
const TRANSPORT: HeaderRecord = { 'strict-transport-security': 'max-age=31536000' };

/** The headers that every answer has; a page brings a policy for its content of its own. */
export function securityHeaders(production: boolean): HeaderRecord {
  return production ? { ...HEADERS, ...TRANSPORT } : HEADERS;
}
