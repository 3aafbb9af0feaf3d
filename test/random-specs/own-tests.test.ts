import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { printOwnTests } from './own-tests.ts';

const SPEC = readFileSync('test/random-specs/found/circle-and-cut-off.yaml', 'utf8');
let printed = '';

beforeAll(async () => {
  printed = await printOwnTests(SPEC, 'search finds rows|bulk (create|delete)|create stores|delete takes|filter by');
}, 120_000);

test('compiled tests pass in a circle of references, and search where a rule looks at other rows', () => {
  expect(printed).toMatch(/^ +ok \d+ - bulk create makes all rows/m);
  expect(printed).toMatch(/^ +ok \d+ - search finds rows by: note/m);
  expect(printed).toMatch(/^ +ok \d+ - search finds rows by: summary/m);
  expect(printed).not.toMatch(/^ *not ok/m);
});

test('they print one line about those that no row of a test could meet, and nothing of formats', () => {
  expect(printed).toMatch(/^# skipped \d+ tests? that could not tell: .*\b\d+ for the rule busyVoyage/m);
  expect(printed).not.toContain('unknown format');
});

test('none of them skips for a comparison with a row that a reference leads to', () => {
  expect(printed).not.toContain('cutOffBeforeSailing');
});

test('rows come with the parts that rules ask for, and other tests than those of the rule itself skip nothing', async () => {
  const spec = readFileSync('test/random-specs/found/needs-parts.yaml', 'utf8');
  const own = await printOwnTests(
    spec,
    'create stores|Order create brings|list filters by|expand|delete takes|create with a key',
  );
  expect(own).toMatch(/^ +ok \d+ - list filters by: status$/m);
  expect(own).toMatch(/^ +ok \d+ - create brings its parts: lines$/m);
  expect(own).toMatch(/^ +ok \d+ - get and list expand: items$/m);
  expect(own).not.toMatch(/^ *not ok/m);
  expect(own).not.toContain('# SKIP');
}, 120_000);

test('bodies that cannot differ skip one test, and no row has what a new one has by default', async () => {
  const spec = readFileSync('test/random-specs/found/single-bodies.yaml', 'utf8');
  const own = await printOwnTests(spec, 'the key of another body|bulk create with ids|body 2');
  expect(own).toMatch(/^ +ok \d+ - create refuses the key of another body # SKIP all bodies of Ticket/m);
  expect(own).toMatch(/^ +ok \d+ - bulk create with ids is done once$/m);
  expect(own).toMatch(/^# skipped 2 tests that could not tell: 2 for a second body$/m);
  expect(own).not.toMatch(/^ *not ok/m);
}, 120_000);

test('rows of tests meet what checks ask of moments, states, links, numbers, texts and lists, and lie on both sides of frozen', async () => {
  const spec = readFileSync('test/random-specs/found/own-checks.yaml', 'utf8');
  const own = await printOwnTests(
    spec,
    'create stores|create with a key|update changes|refuses a frozen|overlaps|Item list answers 25 rows|Packet |Owner delete',
  );
  expect(own).not.toMatch(/^ *not ok/m);
  expect(own).toMatch(/^ +ok \d+ - update refuses a frozen row$/m);
  expect(own).toMatch(/^ +ok \d+ - delete refuses a frozen row$/m);
  expect(own).toMatch(/^ +ok \d+ - list filters by: state$/m);
  expect(own).toMatch(/^ +ok \d+ - update refuses an id of no row: firstId$/m);
  expect(own).toMatch(/^ +ok \d+ - delete meets restrict: Bill.ownerId$/m);
  // Nothing can be less than another value and more.
  expect(own).toMatch(/^# skipped (\d+) tests that could not tell: \1 for rows of Never that meet its checks$/m);
}, 120_000);
