import fc from 'fast-check';
import { parse } from 'yaml';
import { analyze } from '../../compiler/analyze.ts';
import { NO_HISTORY, type History } from '../../compiler/plan/migration/history.ts';
import type { MigrationPlan } from '../../compiler/plan/migration/plan-migration.ts';
import { planSpec, sealed } from '../migrations/plan-spec.ts';
import type { Draw } from '../random-specs/construct.ts';
import { randomSpecs } from '../random-specs/draw-spec.ts';
import { happens, pick } from '../random-specs/pick.ts';
import { printSpec, type EntityDraft, type SpecDraft } from '../random-specs/spec-draft.ts';
import { EDITS } from './edits.ts';

/** One build of a spec that changes all the time. */
export interface Step {
  readonly text: string;
  readonly plan: MigrationPlan;
  /** All before it, sealed. */
  readonly history: History;
  readonly edits: readonly string[];
}

/** A first build and so many that each migrate what was before; the same for the same seed. */
export function evolve(seed: number, count: number): readonly Step[] {
  const [first, ...donors] = randomSpecs(seed, 4).map(({ text }) => text);
  const [draw] = fc.sample(fc.gen(), { seed, numRuns: 1 });
  if (draw === undefined || first === undefined) throw new TypeError('nothing was drawn');
  const steps: Step[] = [{ text: first, plan: planSpec(first), history: NO_HISTORY, edits: ['the first'] }];
  for (let attempt = 0; steps.length <= count && attempt < count * MAX_TRIES; attempt += 1) {
    const last = steps.at(-1);
    const step = last && nextStep(draw, last, readDraft(pick(draw, donors)));
    if (step !== undefined) steps.push(step);
  }
  return steps;
}

/** An edit may well be refused: what is computed cannot be guessed, and no cast is made up. */
const MAX_TRIES = 8;

function nextStep(draw: Draw, last: Step, donor: SpecDraft): Step | undefined {
  const edits: string[] = [];
  let spec = readDraft(last.text);
  delete spec.more['migration'];
  for (const edit of EDITS) {
    if (!happens(draw, Math.ceil(edit.share / 4))) continue;
    const next = structuredClone(spec);
    const names = Object.keys(next.entities);
    if (names.length === 0) break;
    const entityName = pick(draw, names);
    const entity: EntityDraft | undefined = next.entities[entityName];
    if (entity === undefined || Object.keys(entity.fields).length === 0) continue;
    edit.add({ draw, spec: next, donor, entityName, entity });
    if (analyze(printSpec(next), 'app.yaml').app === undefined) continue;
    spec = next;
    edits.push(edit.name);
  }
  const history = sealed(last.history, last.plan);
  return edits.length === 0 ? undefined : allow(spec, history, edits);
}

/** Writes the lines that the refusals ask for, until none is left or they say that there is none. */
function allow(spec: Draft, history: History, edits: readonly string[]): Step | undefined {
  const lines = new Set<string>();
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const more = lines.size === 0 ? spec.more : { ...spec.more, migration: { allow: [...lines] } };
    const text = printSpec({ ...spec, more });
    if (analyze(text, 'app.yaml').app === undefined) return undefined;
    const plan = planSpec(text, history);
    const errors = plan.diagnostics.filter(({ severity }) => severity === 'error');
    if (errors.length === 0) return plan.migration === undefined ? undefined : { text, plan, history, edits };
    const asked = errors.flatMap(({ message }) => /allow: \[(.+?)\] \}/.exec(message)?.[1] ?? []);
    if (asked.every((line) => lines.has(line))) return undefined;
    for (const line of asked) lines.add(line);
  }
  return undefined;
}

const MAX_ROUNDS = 5;

interface Draft extends SpecDraft {
  readonly entities: Record<string, EntityDraft>;
}

function readDraft(text: string): Draft {
  const { supercompile: _, entities, ...more } = parse(text);
  const drafts = Object.entries<Record<string, never>>(entities).map(([name, { fields, access = {}, ...rest }]) => [
    name,
    { fields, access, more: rest },
  ]);
  return { entities: Object.fromEntries(drafts), more };
}
