import { describe, expect, test } from 'vitest';
import { parsePattern } from '../../compiler/model/pattern/parse-pattern.ts';
import { patternGrowth } from '../../compiler/model/pattern/pattern-hazards.ts';
import { patternSamples } from '../../compiler/model/pattern/pattern-samples.ts';
import { cpuTime } from '../cpu-time.ts';

function growth(source: string): string {
  return patternGrowth(parsePattern(source).node);
}

function made(source: string, longest = 100): readonly string[] {
  const regex = new RegExp(source, 'u');
  return patternSamples(source, longest, 3, (text) => text.length <= longest && regex.test(text));
}

/** Milliseconds of the slowest of a few failing matches. */
function failingTime(source: string, unit: string, length: number): number {
  const regex = new RegExp(source, 'u');
  const started = cpuTime();
  regex.test(`${unit.repeat(length)}\n`);
  return cpuTime() - started;
}

describe('the growth of a pattern', () => {
  test.each([
    '^[a-z0-9]+(?:-[a-z0-9]+)*$',
    '^\\d{1,3}(\\.\\d{3})*$',
    '^(\\w{2,20} )*\\w{2,20}$',
    '^(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}$',
    '^[A-Z][a-z]+( [A-Z][a-z]+)*$',
    '^(?:[A-Z]{2}\\d{2})(?: ?[A-Z0-9]{4}){2,7}$',
    '^[\\p{L} .-]+$',
    '^.{1000}$',
    '^(a{3})+$',
    '^(ab|ac)*$',
  ])('%s is linear', (source) => {
    expect(growth(source)).toBe('linear');
  });

  test.each([
    '^(a|a)*$',
    '^(a+)+$',
    '(a*)*b',
    '(x+x+)+y',
    '^([a-z]{1,3})+$',
    '^(a|ab|b)*$',
    '^(\\w|\\d)+$',
    '(?=(a+)+b)c',
    '^(.{1,300},){1,300}$',
  ])('%s is exponential', (source) => {
    expect(growth(source)).toBe('exponential');
  });

  test.each(['\\s+$', '^\\s*\\s*$', '^.*foo.*bar$', '^(\\d+)(\\d+)x$'])('%s is polynomial', (source) => {
    expect(growth(source)).toBe('polynomial');
  });

  test('a pattern that is called exponential does stall, and one that is called linear does not', () => {
    expect(failingTime('^(a|a)*$', 'a', 19)).toBeGreaterThan(5 * failingTime('^(a|a)*$', 'a', 10));
    expect(failingTime('^[a-z0-9]+(?:-[a-z0-9]+)*$', 'a-', 20_000)).toBeLessThan(500);
  });

  test('a pattern too large to be analysed is called unknown', () => {
    expect(growth(`^(?:${'[a-z]{9}'.repeat(60)})$`)).toBe('unknown');
  });
});

describe('parsing a pattern', () => {
  test.each([
    ['(?<!a)b', 'a lookbehind; check it otherwise'],
    ['(?<=a)b', 'a lookbehind; check it otherwise'],
    ['(?<year>\\d{4})', 'a named group; write "(...)"'],
    ['(.)\\1', 'a back reference; write what is meant twice'],
    ['(?i:a)', 'inline flags; write both cases, as in "[aA]"'],
  ])('%s is not portable', (source, construct) => {
    expect(parsePattern(source).unportable).toEqual([construct]);
  });

  test.each(['^(?=.*[A-Z])(?!.*--).+$', '^\\p{Lu}\\u{1F600}$', '[\\]\\-a-z]', '^(?:a|b){2,}?$'])(
    '%s is portable',
    (source) => {
      expect(parsePattern(source).unportable).toEqual([]);
    },
  );
});

describe('samples of a pattern', () => {
  test.each([
    ['^[a-z]+$', ['abc', 'bcd', 'cde']],
    ['^[A-Z]{3}-\\d{4}$', ['ABC-4567', 'BCD-5678', 'CDE-6789']],
    ['^(?:red|green|blue)$', ['red', 'green', 'blue']],
    ['^\\u{1F600}[^\\s\\d]?$', ['😀c', '😀d', '😀e']],
    ['^[\\]\\-]$', ['-']],
    ['^\\x41\\u0042\\cJ\\t\\/$', ['AB\n\t/']],
    ['^\\uD83D\\uDE00$', ['😀']],
    ['^[\\w-]+?\\.$', ['abc.', 'bcd.', 'cde.']],
    ['^[^a-z]{3}$', ['ABC', 'BCD', 'CDE']],
    ['^\\p{L}\\P{L}$', undefined],
    ['^(?=.*[A-Z])(?=.*\\d)(?=.*[!@#$]).{8,}$', undefined],
  ])('%s', (source, expected) => {
    const found = made(source);
    if (expected !== undefined) expect(found).toEqual(expected);
    expect(found.length).toBeGreaterThan(0);
    for (const text of found) expect(text).toMatch(new RegExp(source, 'u'));
  });

  test('none is made where none fits, in short time', () => {
    const started = cpuTime();
    expect(made('^.{1000}$')).toEqual([]);
    expect(made('^(?:(?:[a-z]{500}){500}){500}$')).toEqual([]);
    expect(cpuTime() - started).toBeLessThan(2000);
  });
});
