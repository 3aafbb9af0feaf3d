import { Problem } from './problem.ts';

/**
 * Reads a body of at most `limit` bytes. `check` is called before the first byte is read, with
 * whether there are none.
 *
 * @throws Problem 413 as soon as the body is known to be larger; the rest is not read
 */
export async function readBytes(
  request: Request,
  limit: number,
  check: (isEmpty: boolean) => void,
): Promise<Uint8Array> {
  const declared = request.headers.get('content-length');
  const isChunked = request.headers.has('transfer-encoding');
  check(!isChunked && (declared === null || declared === '0'));
  if (declared !== null && Number(declared) > limit) throw tooLarge(limit);
  if (!isChunked) return new Uint8Array(await request.arrayBuffer());
  return readChunks(request, limit);
}

async function readChunks(request: Request, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size > limit) throw tooLarge(limit);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

function tooLarge(limit: number): Problem {
  return new Problem(413, { detail: `The body may have at most ${limit} bytes.` });
}
