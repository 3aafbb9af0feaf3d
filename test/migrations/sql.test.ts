import fc from 'fast-check';
import { parse, scan } from 'libpg-query';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dollarQuote, quoteIdentifier, quoteLiteral } from '../../compiler/plan/sql/sql-text.ts';
import type { Database } from '../../runtime/database/database.ts';
import { openPglite } from '../../runtime/database/pglite.ts';
import { parseSteps, StepError } from '../../runtime/migrations/parse-steps.ts';
import { ADDITIONS } from './additions.ts';
import { planSpecs, spec } from './plan-spec.ts';
import { anyStorableText } from '../any-text.ts';
import { RESERVED, WIDE } from './specs.ts';

let database: Database;
beforeAll(async () => {
  database = await openPglite();
});
afterAll(() => database.close());

const TEXT = anyStorableText(12);
const NASTY = fc.constantFrom(
  "'",
  '"',
  '\\',
  '$$',
  '$body$',
  '\n-- step 2 notx\n',
  "E'",
  '\u2028',
  'select',
  '--',
  '/*',
  'é',
  '🙂',
);
const ANY = fc.array(fc.oneof(TEXT, NASTY), { maxLength: 5 }).map((parts) => parts.join(''));

async function value(expression: string): Promise<string | null | undefined> {
  const { rows } = await database.query({ text: `select ${expression}`, values: [] });
  return rows[0]?.[0];
}

test('any text survives as a literal, on one line', async () => {
  await fc.assert(
    fc.asyncProperty(ANY, async (text) => {
      const literal = quoteLiteral(text);
      expect(literal).not.toMatch(/[\n\r]/);
      expect(await value(literal)).toBe(text);
    }),
    { numRuns: 200 },
  );
});

test('any lines survive dollar quotes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(ANY), async (lines) => {
      expect(await value(dollarQuote(lines))).toBe(`\n${lines.join('\n')}\n`);
    }),
    { numRuns: 200 },
  );
});

test('identifiers are quoted as Postgres itself does', async () => {
  const { rows } = await database.query({
    text: "select word, quote_ident(word) from pg_get_keywords() union all select w, quote_ident(w) from unnest(array['leads', 'Leads', 'a b', 'a\"b', '1a', '_a', 'é', 'a1']) w",
    values: [],
  });
  expect(rows.length).toBeGreaterThan(400);
  const differing = rows.filter(([word, quoted]) => quoteIdentifier(word ?? '') !== quoted).map(([word]) => word);
  // Reserved in 15 to 17 or in 18 alone: quoting more is never wrong.
  expect(differing.every((word) => quoteIdentifier(word ?? '') === `"${word}"`)).toBe(true);
  expect(differing.length).toBeLessThan(10);
});

const PLANS = [WIDE, RESERVED, ...Object.values(ADDITIONS).map(({ before }) => spec(before))].map((text) =>
  planSpecs(text),
);
const CHANGES = Object.values(ADDITIONS).map(({ before, after }) => planSpecs(spec(before), spec(after)));

test('every migration parses as Postgres reads it, and every step is found', async () => {
  for (const { migrations } of [...PLANS, ...CHANGES]) {
    for (const { sql } of migrations) {
      await parse(sql);
      const steps = parseSteps(sql);
      expect(steps).toHaveLength(sql.match(/^-- step /gm)?.length ?? 0);
      for (const step of steps.filter(({ transaction }) => !transaction)) {
        expect((await parse(step.sql)).stmts).toHaveLength(1);
      }
    }
  }
});

test('every object is named with its schema', async () => {
  const { migrations } = planSpecs(WIDE.replace('entities:', 'database: { schema: crm }\nentities:'));
  const { tokens } = await scan(migrations[0]?.sql ?? '');
  expect(tokens.length).toBeGreaterThan(100);
  for (const line of (migrations[0]?.sql ?? '').split('\n')) {
    for (const [, name] of line.matchAll(
      /\b(?:create type|create table|create function|references|execute function|alter table| on (?=\w+ \()|on (?=\w+\.))\s*([\w.]+)/g,
    )) {
      expect(name).toMatch(/^crm\./);
    }
  }
});

test('markers that this runner does not know are refused', () => {
  expect(() => parseSteps('-- step 1 faster\nselect 1;')).toThrow(StepError);
  expect(() => parseSteps('-- step 2\nselect 1;')).toThrow(StepError);
  expect(() => parseSteps('select 1;\n-- step 1\n')).toThrow(StepError);
  expect(() => parseSteps('-- nothing\n')).toThrow(StepError);
  expect(
    parseSteps('-- head\n\n-- step 1 notx lock_timeout=10min retry=drop-invalid-index:a."b c"\n\nselect 1;\n'),
  ).toEqual([
    {
      number: 1,
      transaction: false,
      lockTimeout: '10min',
      invalidIndex: 'a."b c"',
      batch: undefined,
      sql: 'select 1;',
    },
  ]);
  expect(() => parseSteps('-- step 1 batched=0\nselect 1;')).toThrow(StepError);
  expect(() => parseSteps('-- step 1 notx batched=5\nselect 1;')).toThrow(StepError);
  expect(parseSteps('-- step 1 batched=5000 lock_timeout=3s\nselect 1;')).toMatchObject([
    { number: 1, transaction: true, lockTimeout: '3s', batch: 5000 },
  ]);
});
