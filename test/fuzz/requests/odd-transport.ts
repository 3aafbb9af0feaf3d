import fc from 'fast-check';
import type { Plan } from '../fuzz-request.ts';
import { basePlan, type RequestFamily } from './makers.ts';

/** Requests that HTTP itself has trouble with; what answers is the server, before it knows the operation. */
export const oddTransport: RequestFamily = {
  name: 'odd transport',
  weight: 1,
  plans: (operation, makers) =>
    fc.tuple(basePlan(operation, makers), fc.constantFrom(...HEADERS)).map(([plan, [name, value]]): Plan => ({
      ...plan,
      kind: 'an odd header of HTTP',
      expectation: 'unknown',
      headers: { [name]: value },
      target: '{target}',
    })),
};

const HEADERS = [
  ['x-large', 'a'.repeat(8_000)],
  ['x-large', 'a'.repeat(20_000)],
  ['expect', '100-continue'],
  ['expect', 'nonsense'],
  ['host', 'elsewhere.example'],
  ['host', 'a b'],
  ['host', '[::1'],
  ['host', 'a'.repeat(300)],
  ['te', 'trailers'],
  ['upgrade', 'h2c'],
  ['via', '1.1 a, 1.1 b'],
  ['__proto__', '1'],
] as const;
