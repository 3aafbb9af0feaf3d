import { test } from './test.ts';
import { assertProblem, assertStatus } from './assert-answer.ts';
import { uniquesOf } from './fixture-values.ts';
import { allows, creatable, created, type JsonObject, type NoOverlapCase } from './resource-case.ts';
import { breaksCheck } from './row-checks.ts';
import { titled, type Suite } from './suite.ts';

/** Ranges that two rows may not share. */
export function testNoOverlaps(suite: Suite): void {
  const { resource, fixtures } = suite;
  if (!allows(resource, 'create') || fixtures.values.capacity(resource) < 2) return;
  for (const rule of resource.noOverlaps ?? []) {
    // Of the rows that a condition leaves out nothing is known here.
    if (rule.isPartial || !rule.keys.every((key) => creatable(resource).some((field) => field.key === key))) continue;
    test(titled('create refuses a range that overlaps', rule.name), () => overlap(suite, rule));
    if (rule.ranges.length > 1)
      test(titled('create takes a range that begins where another ends', rule.name), () => touch(suite, rule));
  }
}

/** A body that has all that the rule compares from the first row, but for the range. */
async function bodyBeside(
  { resource, fixtures }: Suite,
  rule: NoOverlapCase,
  range: NoOverlapCase['ranges'][number] | undefined,
): Promise<JsonObject> {
  const first = await fixtures.row(resource, 0);
  const body = await fixtures.newBody(resource, creatable(resource), 1);
  const per = rule.per.map((key) => [key, first.values[key] ?? null] as const);
  const [from, to] = range ?? [first.values[rule.from] ?? null, first.values[rule.to] ?? null];
  return { ...body, ...Object.fromEntries(per), [rule.from]: from, [rule.to]: to };
}

async function overlap(suite: Suite, rule: NoOverlapCase): Promise<void> {
  const { api, resource } = suite;
  const body = await bodyBeside(suite, rule, undefined);
  if (rule.per.some((key) => body[key] === null) || breaksCheck(resource, created(resource, body))) return;
  // Another rule may be broken first.
  const isAlone = uniquesOf(resource).length === 1;
  const places = isAlone ? { [`/${rule.from}`]: rule.name, [`/${rule.to}`]: rule.name } : {};
  assertProblem(await api.send('POST', resource.path, { body }), 409, places);
}

async function touch(suite: Suite, rule: NoOverlapCase): Promise<void> {
  const { api, resource } = suite;
  const body = await bodyBeside(suite, rule, rule.ranges[1]);
  const isAlone = uniquesOf(resource).length === 1;
  if (!isAlone || breaksCheck(resource, created(resource, body))) return;
  assertStatus(await api.send('POST', resource.path, { body }), 201);
}
