import type { Field } from './app.ts';
import type { ValueRules } from './literal.ts';

/** Most kinds that are remembered: those of a spec are few, while a process could see specs without end. */
const MAX_KINDS = 10_000;

/** All that samples are made of. */
export type SampledField = ValueRules & Pick<Field, 'name'>;

/** Stands for all fields that have the same samples. */
type FieldKind = Readonly<Record<never, never>>;

const kinds = new Map<string, FieldKind>();

const kindOfField = new WeakMap<SampledField, FieldKind>();

/**
 * Makes something of the values that a field takes once for all fields that take the same: a spec may have thousands of
 * fields, and has few kinds of them.
 */
export function perKind<T>(make: (field: SampledField) => T): (field: SampledField) => T {
  const known = new WeakMap<FieldKind, { readonly made: T }>();
  return (field) => {
    const kind = kindOf(field);
    const found = known.get(kind) ?? { made: make(field) };
    known.set(kind, found);
    return found.made;
  };
}

function kindOf(field: SampledField): FieldKind {
  const known = kindOfField.get(field);
  if (known !== undefined) return known;
  const kind = findKind(field);
  // What can still be changed may be of another kind by the next time.
  if (Object.isFrozen(field)) kindOfField.set(field, kind);
  return kind;
}

/** Samples of texts are made of the field's name. */
function findKind({ type, name, limits, many, enum: values, schema, reference, links }: SampledField): FieldKind {
  const word = type === 'string' || type === 'text' ? name : null;
  const key = JSON.stringify([type, word, limits, many, values, schema, reference, links]);
  const found = kinds.get(key) ?? {};
  if (kinds.size < MAX_KINDS) kinds.set(key, found);
  return found;
}
