import fc from 'fast-check';
import type { Plan } from '../fuzz-request.ts';
import { basePlan, type RequestFamily } from './makers.ts';

/** Documents that RFC 8259 does not admit, of the kinds that JSON test suites have. */
const MALFORMED = [
  '',
  ' ',
  '{',
  '}',
  '{"a":1,}',
  '{"a":1,,"b":2}',
  '{"a"}',
  '{"a":}',
  '{a:1}',
  "{'a':1}",
  '{"a":1}}',
  '{"a":1} {"b":2}',
  '{"a":01}',
  '{"a":+1}',
  '{"a":.5}',
  '{"a":1.}',
  '{"a":1e}',
  '{"a":0x1F}',
  '{"a":NaN}',
  '{"a":Infinity}',
  '{"a":tru}',
  '{"a":undefined}',
  '{"a":"\t"}',
  '{"a":"\n"}',
  '{"a":"\\x00"}',
  '{"a":"\\u12"}',
  '{"a":"',
  '{"a":"\\',
  '{"a":1 /* comment */}',
  '{"a":1 // comment\n}',
  '\ufeff{"a":1}x',
  '[1,]',
  '[',
  '[1 2]',
  '"',
  '<a/>',
  'a=1&b=2',
  '[['.repeat(20_000),
  '{"a":'.repeat(5_000),
] as const;

/** Bodies that are no JSON, or not sent as JSON. */
export const malformedJson: RequestFamily = {
  name: 'malformed JSON',
  weight: 2,
  plans: (operation, makers) => {
    if (operation.body === undefined) return undefined;
    const base = basePlan(operation, makers);
    return fc.oneof(
      fc.tuple(base, fc.constantFrom(...MALFORMED)).map(([plan, text]): Plan => ({
        ...plan,
        kind: 'malformed JSON',
        expectation: 'refused',
        body: { kind: 'text', text },
      })),
      fc.tuple(base, fc.constantFrom(...OTHER_TYPES)).map(([plan, type]): Plan => ({
        ...plan,
        kind: 'another content type',
        expectation: 'refused',
        headers: { 'content-type': type },
      })),
      fc.tuple(base, fc.constantFrom('gzip', 'br', 'deflate, gzip', 'x-unknown')).map(([plan, encoding]): Plan => ({
        ...plan,
        kind: 'a compressed body',
        expectation: 'refused',
        headers: { 'content-encoding': encoding },
      })),
    );
  },
};

const OTHER_TYPES = [
  '',
  'text/plain',
  'text/json',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/xml',
  'application/json; charset=utf-16',
  'application/jsonp',
  'application',
  '*/*',
  'application/json, text/plain',
];
