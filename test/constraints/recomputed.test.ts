import { expect, test } from 'vitest';
import { analyze } from '../../compiler/analyze.ts';
import { isRecomputed } from '../../compiler/plan/database/effects.ts';

/** Names of the entities whose writes lead back to them, of a spec with these fields. */
function recomputedIn(entities: Readonly<Record<string, readonly string[]>>): readonly string[] {
  const texts = Object.entries(entities).map(
    ([name, fields]) =>
      `  ${name}:\n    fields:\n${fields.map((field) => `      ${field}\n`).join('')}    access: {}\n`,
  );
  const { app, diagnostics } = analyze(
    `supercompile: 1\nname: circles\nauth: { provider: none }\nentities:\n${texts.join('')}`,
    'app.yaml',
  );
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return app?.entities.filter((entity) => isRecomputed(app, entity)).map(({ name }) => name) ?? [];
}

const TEAM = 'team: { type: reference, to: Team, inverse: members, onDelete: cascade }';
const POINTS = 'points: { type: integer }';
const TOTAL = 'total: { type: integer, computed: "record.members.sum(m, m.points)" }';

test('what is computed from rows that are computed from this one leads back, and nothing else does', () => {
  expect(recomputedIn({ Team: [TOTAL], Member: [TEAM, POINTS] })).toEqual([]);
  expect(
    recomputedIn({ Team: [POINTS], Member: [TEAM, 'all: { type: integer, computed: "record.team.points" }'] }),
  ).toEqual([]);
  const rest = 'rest: { type: integer, computed: "record.team.total - record.points" }';
  expect(recomputedIn({ Team: [TOTAL], Member: [TEAM, POINTS, rest] })).toEqual(['Member']);
});

test('a column that no write of the row changes ends the way', () => {
  const size = 'size: { type: integer }';
  const own = 'share: { type: integer, computed: "record.team.size * 2" }';
  expect(recomputedIn({ Team: [size, TOTAL], Member: [TEAM, POINTS, own] })).toEqual([]);
});

test('a column that Postgres makes of a computed one leads on', () => {
  const twice = 'twice: { type: integer, computed: "record.total * 2" }';
  const all = 'all: { type: integer, computed: "record.team.twice" }';
  expect(recomputedIn({ Team: [TOTAL, twice], Member: [TEAM, POINTS, all] })).toEqual(['Member']);
});

test('so does the time of the last change, which any computed column changes', () => {
  const seen = 'seen: { type: datetime, computed: "record.team.updatedAt" }';
  expect(recomputedIn({ Team: [TOTAL], Member: [TEAM, POINTS, seen] })).toEqual(['Member']);
});

test('rows of one kind that are computed from each other lead back', () => {
  const parent = 'parent: { type: reference, to: Task, optional: true, inverse: parts }';
  const parts = 'size: { type: integer, computed: "size(record.parts)" }';
  expect(recomputedIn({ Task: [parent, parts] })).toEqual(['Task']);
  expect(recomputedIn({ Task: [parent] })).toEqual([]);
});

test('what a row that goes takes with it does not', () => {
  const count = 'count: { type: integer, computed: "size(record.members)" }';
  const kind = 'kind: { type: reference, to: Kind, inverse: teams }';
  const members = 'members: { type: bigint, computed: "record.teams.sum(t, t.count)" }';
  expect(recomputedIn({ Kind: [members], Team: [kind, count], Member: [TEAM] })).toEqual([]);
});
