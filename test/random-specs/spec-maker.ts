import { analyze } from '../../compiler/analyze.ts';
import type { Construct, Draw } from './construct.ts';
import { happens } from './pick.ts';
import { printSpec, type SpecDraft } from './spec-draft.ts';

/** Grows a spec by what the compiler takes. */
export class SpecMaker {
  readonly #draw: Draw;
  readonly #constructs: Set<string>;
  #spec: SpecDraft;

  /** `constructs` gets the names of those that were kept. */
  constructor(draw: Draw, entities: SpecDraft['entities'], constructs: Set<string>) {
    this.#draw = draw;
    this.#spec = specOf(entities);
    this.#constructs = constructs;
  }

  get spec(): SpecDraft {
    return this.#spec;
  }

  /** Adds a construct in as many of a hundred cases as it says, where that keeps the spec valid. */
  try<Place>({ name, share, add }: Construct<Place>, placeIn: (spec: SpecDraft) => Place): void {
    if (!happens(this.#draw, share)) return;
    const spec = structuredClone(this.#spec);
    add(placeIn(spec));
    const text = printSpec(spec);
    if (text === printSpec(this.#spec) || !compiles(text)) return;
    this.#spec = spec;
    this.#constructs.add(name);
  }
}

/** Whether the compiler takes a spec of these entities. */
export function isValid(entities: SpecDraft['entities']): boolean {
  return compiles(printSpec(specOf(entities)));
}

function specOf(entities: SpecDraft['entities']): SpecDraft {
  return { entities, more: { name: 'random-app', auth: { provider: 'none' } } };
}

function compiles(text: string): boolean {
  return analyze(text, 'app.yaml').app !== undefined;
}
