import fc from 'fast-check';
import type { Plan } from '../fuzz-request.ts';
import { documentedRequests } from './documented-requests.ts';
import type { RequestFamily } from './makers.ts';

/** Requests as documented with headers that are not. */
export const oddHeaders: RequestFamily = {
  name: 'odd headers',
  weight: 3,
  plans: (operation, makers) => {
    const plans = documentedRequests.plans(operation, makers);
    const pairs = Object.entries(ODD).flatMap(([name, values]) => values.map((value) => [name, value] as const));
    return (
      plans &&
      fc.tuple(plans, fc.constantFrom(...pairs)).map(([plan, [name, value]]): Plan => ({
        ...plan,
        kind: 'an odd header',
        expectation: 'unknown',
        headers: { [name]: value },
      }))
    );
  },
};

const TAGS = [
  '',
  '*',
  '"',
  '""',
  '"1"',
  'W/"1"',
  '1',
  '"1", "2"',
  '"9223372036854775808"',
  '"-1"',
  "'1'",
  ',,,',
  '* ',
  '"\xe9"',
  '"1"x',
];
const ODD: Readonly<Record<string, readonly string[]>> = {
  'if-match': [...TAGS, Array.from({ length: 60 }, (_, index) => `"${index}"`).join(',')],
  'if-none-match': TAGS,
  'if-modified-since': ['yesterday', 'Thu, 01 Jan 1970 00:00:00 GMT'],
  'if-unmodified-since': ['Thu, 01 Jan 1970 00:00:00 GMT'],
  'idempotency-key': ['', ' ', '"', '"a', 'a'.repeat(256), 'a'.repeat(10_000), '\xe9', "' or 1=1 --", 'key, key'],
  'x-request-id': ['', 'a'.repeat(129), '"<script>', '\xe9\xe9', 'a b', '../../etc'],
  accept: ['text/xml', 'image/*;q=0', '*/*;q=nonsense', ''],
  'accept-encoding': ['gzip, br', 'identity;q=0'],
  authorization: ['', 'Bearer', 'Bearer a.b.c', 'Basic !!!', 'Bearer ' + 'a'.repeat(4_000)],
  cookie: ['a=b', '=;=;=', '__proto__=1'],
  range: ['bytes=0-1', 'bytes=9-1,-,x'],
  origin: ['null', 'https://elsewhere.example', 'nonsense'],
  'x-http-method-override': ['DELETE', 'TRACE'],
  'x-forwarded-for': ["' or 1=1 --", '999.999.999.999'],
  'x-forwarded-host': ['elsewhere.example'],
  traceparent: [
    '00-00000000000000000000000000000000-0000000000000000-00',
    '00-' + 'f'.repeat(32) + '-' + 'f'.repeat(16) + '-01',
    'x',
  ],
};
