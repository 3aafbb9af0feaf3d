import fc, { type Arbitrary } from 'fast-check';
import { list, resolve, type Operation } from '../../tour/document.ts';
import type { Plan } from '../fuzz-request.ts';
import { admittedQuery } from './documented-requests.ts';
import { basePlan, type Makers, type RequestFamily } from './makers.ts';
import { NAUGHTY_TEXTS } from './naughty-texts.ts';

type Pair = readonly [name: string, value: string];

/** Queries that the document refuses: unknown names, values of another type, sorts and cursors that are made up. */
export const refusedQueries: RequestFamily = {
  name: 'refused queries',
  weight: 3,
  plans: (operation, makers) => {
    const wrong = refusedPairs(operation, makers);
    return fc
      .tuple(basePlan(operation, makers), admittedQuery(operation, makers), wrong)
      .map(([plan, query, pair]): Plan => ({
        ...plan,
        kind: 'a refused query',
        expectation: 'refused',
        query: [...query.filter(([name]) => name !== pair[0]), pair],
      }));
  },
};

function refusedPairs({ parameters }: Operation, { document }: Makers): Arbitrary<Pair> {
  const named = parameters
    .filter((parameter) => parameter.in === 'query')
    .flatMap(({ name, schema }): readonly Pair[] => {
      const items = resolve(document, schema['items']);
      const own = NUMERIC.includes(String([schema['type']].flat()[0])) ? NO_NUMBERS : [];
      const special = SPECIAL.get(name) ?? [];
      const strict = [schema, items].some((one) => one['format'] !== undefined || list(one['enum']).length > 0);
      return [...own, ...special, ...(strict ? NO_FORMAT : [])].map((value) => [name, value] as const);
    });
  const unknown = UNKNOWN_NAMES.map((name) => [name, '1'] as const);
  return fc.constantFrom(...named, ...unknown);
}

const NUMERIC = ['integer', 'number', 'boolean'];
const NO_NUMBERS = [
  '',
  'ten',
  '0x10',
  '1e999',
  ' 1',
  '1 ',
  '+1',
  '٣',
  '1_000',
  'NaN',
  '-',
  '1,2',
  '9223372036854775808.5x',
];
const NO_FORMAT = ['no such value', '\ufeff', "' or 1=1 --", '%', '{}', '1;2', 'null\n'];
const SPECIAL: ReadonlyMap<string, readonly string[]> = new Map([
  ['limit', ['0', '-1', '1.0', '01', '1e1', '99999999999999999999']],
  [
    'sort',
    ['', ',', '-', '--createdAt', 'createdAt desc', 'id;drop', '__proto__', 'constructor', 'createdAt,createdAt'],
  ],
  [
    'cursor',
    [
      '',
      'A',
      'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
      'W10',
      '!!!!',
      'Zm9yZ2VkIGN1cnNvciB3aXRob3V0IGEga2V5IG9mIGFueSBraW5k',
      'a'.repeat(4_097),
    ],
  ],
]);
const UNKNOWN_NAMES = [
  'unknown',
  '__proto__',
  'constructor',
  'limit[]',
  'limit[eq][eq]',
  'sort[0]',
  '[in]',
  'id[like]',
  ' ',
  'LIMIT',
];

/** Queries with text that is odd and perhaps fine, names that come twice, and percent-encodings that encode nothing. */
export const oddQueries: RequestFamily = {
  name: 'odd queries',
  weight: 2,
  plans: (operation, makers) => {
    const names = operation.parameters.filter(({ in: place }) => place === 'query').map(({ name }) => name);
    const base = basePlan(operation, makers);
    const raw = fc
      .tuple(base, fc.constantFrom(...RAW_TARGETS))
      .map(([plan, target]): Plan => ({ ...plan, kind: 'an odd target', expectation: 'unknown', target }));
    if (names.length === 0) return raw;
    const pair = fc.tuple(fc.constantFrom(...names), fc.constantFrom(...NAUGHTY_TEXTS));
    return fc.oneof(
      raw,
      fc
        .tuple(base, fc.array(pair, { minLength: 1, maxLength: 3 }))
        .map(([plan, query]): Plan => ({ ...plan, kind: 'an odd query', expectation: 'unknown', query })),
    );
  },
};

const RAW_TARGETS = [
  '{target}?%',
  '{target}?limit=%zz',
  '{target}?limit=1&limit=2',
  '{target}?limit',
  '{target}?&&&',
  '{target}?limit=%00',
  '{target}?%00=1',
  '{target}?limit=%ff',
  '{target}?limit=%ED%A0%80',
  '{target}?cursor=%F0%9F%92%A9',
  '{target}?a=b#limit=1',
  '{target}?' + 'a=1&'.repeat(500),
  '{target}?a=' + 'b'.repeat(9_000),
  '{target}?a=' + 'b'.repeat(20_000),
  '{target}?sort=' + 'createdAt,'.repeat(400),
  '/{target}',
  '{target}/',
  '/.{target}',
  '/x/..{target}',
  '/%2e%2e{target}',
  '{target};a=b',
  '{target}%20',
  '{target}%2f',
  'http://elsewhere.example{target}',
  '\xe9{target}',
] as const;
