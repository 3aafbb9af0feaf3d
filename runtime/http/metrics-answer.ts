import { createHash, timingSafeEqual } from 'node:crypto';
import type { Metrics } from '../observability/metrics.ts';
import { Problem } from './problem.ts';

/**
 * Answers `/metrics`.
 *
 * @param token what `Authorization: Bearer` has to bring; `undefined` asks for nothing
 * @throws Problem 401 without the token
 */
export async function answerMetrics(
  metrics: Metrics,
  token: string | undefined,
  authorization: string | undefined,
): Promise<Response> {
  if (token !== undefined && !bringsToken(authorization, token)) {
    throw new Problem(401, { detail: 'The metrics need their token.', headers: { 'www-authenticate': 'Bearer' } });
  }
  const headers = { 'content-type': metrics.contentType, 'cache-control': 'no-store' };
  return new Response(await metrics.render(), { headers });
}

/** In constant time: digests have one length whatever was sent. */
function bringsToken(authorization: string | undefined, token: string): boolean {
  const sent = /^bearer +(\S+)$/i.exec(authorization ?? '')?.[1] ?? '';
  return timingSafeEqual(digest(sent), digest(token));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
