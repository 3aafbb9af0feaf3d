import type { GeneratorValue } from 'fast-check';
import type { EntityDraft, FieldDraft, SpecDraft } from './spec-draft.ts';

/** Draws a value from an arbitrary. */
export type Draw = GeneratorValue;

/** One thing that a spec may say. */
export interface Construct<Place> {
  readonly name: string;
  /** In how many of a hundred places it is tried. */
  readonly share: number;
  /** Changes the draft in place; what the compiler then refuses is taken back. */
  readonly add: (place: Place) => void;
}

/** What a construct may look at and change. */
export interface AppPlace {
  readonly draw: Draw;
  readonly spec: SpecDraft;
}

export interface EntityPlace extends AppPlace {
  readonly entityName: string;
  readonly entity: EntityDraft;
}

/** A field by itself. */
export interface FieldPlace {
  readonly draw: Draw;
  readonly field: FieldDraft;
}
