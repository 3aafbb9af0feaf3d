/** A browser that is shown an answer of the API runs nothing, frames nothing and tells nobody. */
const HEADERS: readonly (readonly [name: string, value: string])[] = [
  ['x-content-type-options', 'nosniff'],
  ['x-frame-options', 'DENY'],
  ['referrer-policy', 'no-referrer'],
  ['cross-origin-resource-policy', 'same-origin'],
];

const NO_CONTENT = "default-src 'none'; frame-ancestors 'none'";

/** A year. Browsers heed it over TLS alone (RFC 6797), which production is behind. */
const TRANSPORT = 'max-age=31536000';

/** Sets the headers that every answer has; a page brings a policy for its content of its own. */
export function setSecurityHeaders(headers: Headers, production: boolean): void {
  for (const [name, value] of HEADERS) headers.set(name, value);
  if (!headers.has('content-security-policy')) headers.set('content-security-policy', NO_CONTENT);
  if (production) headers.set('strict-transport-security', TRANSPORT);
}
