import type { Answer } from '../../tour/answer.ts';
import { createBody } from '../../tour/world.ts';
import type { Check } from '../check.ts';
import type { FuzzRequest } from '../fuzz-request.ts';
import { ask, collectionOf, type FuzzWorld } from '../fuzz-world.ts';

/** A request with a key is done once: again it is answered as before, another body is refused, and a refusal leaves the key free. */
export const idempotentReplay: Check = {
  name: 'idempotent_replay',
  judge: async ({ operation, request, answer }, world) => {
    const collection = collectionOf(world, operation);
    const isKeyed = operation.method === 'post' && request.headers['idempotency-key'] !== undefined;
    if (!isKeyed || !request.isOwnTarget || collection === undefined || isReplay(answer)) return [];
    if (answer.status !== 201) return answer.status === 409 ? askAgain(world, request, answer) : [];
    // Rows that the other body points to are made before the witness looks.
    const other = JSON.stringify(await createBody(world, collection, { all: true }));
    const before = await world.witness.read();
    const problems = [...(await askAgain(world, request, answer)), ...(await askOther(world, request, other))];
    world.stored.text = await world.witness.read();
    return before === world.stored.text
      ? problems
      : [...problems, 'a second request with the key changed what is stored'];
  },
};

async function askAgain(world: FuzzWorld, request: FuzzRequest, first: Answer): Promise<readonly string[]> {
  const again = await ask(world, request.method, request.target, request.headers, request.body);
  if (again.status !== first.status) return [`${first.status} was followed by ${again.status} to the same request`];
  if (first.status !== 201) return [];
  const isSame =
    again.raw === first.raw && HEADERS.every((name) => again.headers.get(name) === first.headers.get(name));
  return isSame && isReplay(again) ? [] : [`the replay is another answer: ${again.raw.slice(0, 300)}`];
}

async function askOther(world: FuzzWorld, request: FuzzRequest, body: string): Promise<readonly string[]> {
  const { status, headers } = await ask(world, request.method, request.target, request.headers, body);
  // By chance it may be the same body.
  return status === 422 || headers.has(REPLAYED) ? [] : [`another body with the key was answered ${status}`];
}

const REPLAYED = 'idempotent-replayed';
const HEADERS = ['etag', 'location', 'content-type'];

function isReplay({ headers }: Answer): boolean {
  return headers.has(REPLAYED);
}
