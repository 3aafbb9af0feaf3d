import { expect, test } from 'vitest';
import { etagOf, ifMatchVersions, isNoneMatch } from '../../../runtime/http/conditional.ts';
import { Problem } from '../../../runtime/http/problem.ts';

test.each([
  [undefined, undefined],
  ['*', undefined],
  ['"3"', ['3']],
  ['"3", "4"', ['3', '4']],
  [' "3" ,\t"4" , ', ['3', '4']],
  [',,"3"', ['3']],
  ['W/"3"', []],
  ['W/"3", "4"', ['4']],
  ['"03"', []],
  ['"x,y", "5"', ['5']],
  ['"99999999999999999999"', []],
  ['""', []],
])('If-Match %s accepts the versions %j', (header, versions) => {
  expect(ifMatchVersions(header)).toEqual(versions);
});

test.each(['3', '"3', '3"', '"3" "4"', 'w/"3"', '', ' ', ',', '"3",*', '"a"b"', `${'"1",'.repeat(60)}"1"`])(
  'If-Match %s is malformed',
  (header) => expect(() => ifMatchVersions(header)).toThrow(Problem),
);

test.each([
  [undefined, false],
  ['*', true],
  ['"3"', true],
  ['W/"3"', true],
  ['"1", "3"', true],
  ['"1"', false],
  ['3', false],
  ['"', false],
])('If-None-Match %s holds for version 3: %s', (header, holds) => {
  expect(isNoneMatch(header, etagOf('3'))).toBe(holds);
});
