import fc from 'fast-check';
import { APP_CONSTRUCTS } from './app-constructs.ts';
import type { Draw } from './construct.ts';
import { drawEntity } from './draw-entity.ts';
import { ENTITY_CONSTRUCTS } from './entity-constructs.ts';
import { ENTITY_NAMES } from './names.ts';
import { pickSome } from './pick.ts';
import { entityOf, printSpec } from './spec-draft.ts';
import { SpecMaker } from './spec-maker.ts';

/**
 * Valid specs made at random. To add a construct of the language:
 *
 * - a key of the app, of an entity or of a field: a row in `APP_CONSTRUCTS`, `ENTITY_CONSTRUCTS` or
 *   `FIELD_CONSTRUCTS`, whose `add` changes the draft that it is given. It need not be right each time: the
 *   compiler is asked, and what that refuses is taken back. A row may build on what those before it have added;
 * - a field type: a declaration with its limits in `test/model/field-arbitrary.ts`, or, when it needs other
 *   entities as a link does, a row in `ENTITY_CONSTRUCTS`.
 *
 * A key of the schema that no random spec has, and a row that is never kept, fail `random-specs.test.ts`.
 */
export interface RandomSpec {
  readonly text: string;
  /** Names of the constructs that it has. */
  readonly constructs: ReadonlySet<string>;
}

/** The same specs for the same seed. */
export function randomSpecs(seed: number, count: number): readonly RandomSpec[] {
  return fc.sample(fc.gen(), { seed, numRuns: count }).map(drawSpec);
}

function drawSpec(draw: Draw): RandomSpec {
  const constructs = new Set<string>();
  const entities = pickSome(draw, ENTITY_NAMES, 5).map((name) => [name, drawEntity(draw, constructs)] as const);
  const maker = new SpecMaker(draw, Object.fromEntries(entities), constructs);
  for (const construct of ENTITY_CONSTRUCTS) {
    for (const [entityName] of entities)
      maker.try(construct, (spec) => ({ draw, spec, entityName, entity: entityOf(spec, entityName) }));
  }
  for (const construct of APP_CONSTRUCTS) maker.try(construct, (spec) => ({ draw, spec }));
  return { text: printSpec(maker.spec), constructs };
}
