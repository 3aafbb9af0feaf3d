import { proveMigration } from '../../compiler/verify/prove-migration.ts';
import type { Database } from '../../runtime/database/database.ts';
import { migrateDown } from '../../runtime/migrations/migrate-down.ts';
import { migrate } from '../../runtime/migrations/migrate.ts';
import type { History } from '../../compiler/plan/migration/history.ts';
import { migrationsOf, planSpec, planSpecs, sealed } from '../migrations/plan-spec.ts';
import { worldSpec } from './world-spec.ts';
import { readWorld, seedWorld } from './world-rows.ts';
import type { World } from './world.ts';

/** What is wrong with the migrations from one world to the next: every row must be there under its new name, and come back where there is a way. */
export async function judgeNames(worlds: readonly World[], database: Database): Promise<readonly string[]> {
  const [first, ...others] = worlds;
  if (first === undefined) return [];
  let { history } = planSpecs(worldSpec(first));
  for (const [index, world] of others.entries()) {
    const before = worlds[index] ?? first;
    const { findings, next } = await attempt(() => judgeStep({ before, world, history }, database), history);
    if (findings.length > 0)
      return findings.map((finding) => `${worldSpec(before)}\n---\n${worldSpec(world)}\n${finding}`);
    history = next;
  }
  return [];
}

interface NamesStep {
  readonly before: World;
  readonly world: World;
  readonly history: History;
}

interface JudgedStep {
  readonly findings: readonly string[];
  readonly next: History;
}

async function judgeStep({ before, world, history }: NamesStep, database: Database): Promise<JudgedStep> {
  const text = worldSpec(world);
  const plan = planSpec(text, history);
  const said = plan.diagnostics.map(({ message }) => message);
  const next = sealed(history, plan);
  if (said.length > 0 || plan.migration === undefined) return { findings: said, next };
  const { claim } = plan.migration;
  const proof = await database.session((session) => proveMigration(claim, session));
  const again = planSpec(text, next).migration === undefined ? [] : ['it is planned again'];
  await database.session((session) => session.script('drop schema public cascade; create schema public'));
  await migrate(database, migrationsOf(history));
  await seedWorld(database, before);
  const kept = await readWorld(database, onlyKeys(before, world));
  await migrate(database, migrationsOf(next));
  const moved = difference(kept, await readWorld(database, onlyKeys(world, before)));
  const isBack = proof.length + again.length + moved.length === 0 && plan.migration.down !== undefined;
  if (!isBack) return { findings: [...proof, ...again, ...moved], next };
  await migrateDown(database, migrationsOf(next));
  return { findings: difference(kept, await readWorld(database, before)), next };
}

/** A statement that fails is a finding too, to be told with the specs. */
async function attempt(judge: () => Promise<JudgedStep>, history: History): Promise<JudgedStep> {
  try {
    return await judge();
  } catch (error) {
    return { findings: [String(error)], next: history };
  }
}

/** The entities of one world that the other has too. */
function onlyKeys(world: World, other: World): World {
  const keys = new Set(other.entities.map(({ key }) => key));
  return { ...world, entities: world.entities.filter(({ key }) => keys.has(key)) };
}

function difference(expected: unknown, found: unknown): readonly string[] {
  const [a, b] = [expected, found].map((item) => JSON.stringify(item, undefined, 1));
  return a === b ? [] : [`${a}\nbecame\n${b}`];
}
