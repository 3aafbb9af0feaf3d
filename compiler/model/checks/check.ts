import { pointer } from '../../diagnostics/json-pointer.ts';
import type { Reporter } from '../../diagnostics/reporter.ts';
import type { Located } from '../../diagnostics/span.ts';
import type { Spec } from '../../spec/spec.ts';
import type { App, Entity, Field } from '../app.ts';

/** What a check may look at, and where it reports to. */
export interface CheckInput {
  /** As written: tells what the author said from what was filled in. */
  readonly spec: Spec;
  readonly app: App;
  readonly document: Located;
  readonly reporter: Reporter;
}

/** Reports one kind of meaningless spec; checks do not depend on each other's order. */
export type Check = (input: CheckInput) => void;

/** A field together with its entity. */
export interface EntityField {
  readonly entity: Entity;
  readonly field: Field;
}

/** Every field of the app. */
export function allFields(app: App): readonly EntityField[] {
  return app.entities.flatMap((entity) => entity.fields.map((field) => ({ entity, field })));
}

/** Entities as the author ordered them, so that of two that clash the second is at fault. */
export function entitiesInFileOrder({ spec, app }: CheckInput): readonly Entity[] {
  const order = new Map(Object.keys(spec.entities).map((name, index) => [name, index]));
  return app.entities.toSorted((a, b) => (order.get(a.name) ?? 0) - (order.get(b.name) ?? 0));
}

/** Pointer of an entity, or of something in it. */
export function entityPointer(entity: Entity, ...below: readonly (string | number)[]): string {
  return pointer('entities', entity.name, ...below);
}

/** Pointer of a field, or of one of its attributes. */
export function fieldPointer({ entity, field }: EntityField, ...below: readonly (string | number)[]): string {
  return entityPointer(entity, 'fields', field.name, ...below);
}
