import type { FieldSpec } from '../../spec/spec.ts';
import type { Field, Literal } from '../app.ts';
import { allFields, type Check, type CheckInput, type EntityField, fieldPointer } from './check.ts';
import { type Culprit, findCulprits, type Use } from './dangling-names.ts';
import { type Declarations, reportDangling } from './report-dangling.ts';

/** The unknown values that an enum's default, example, initial and transitions name, and who is to blame for each. */
export interface DanglingValues {
  readonly declarations: Declarations;
  readonly culprits: ReadonlyMap<string, Culprit>;
}

/** Values that several places agree on are missing from the list, or misspelt in it. */
export const checkDanglingValues: Check = (input) => {
  for (const at of allFields(input.app)) {
    if (input.reporter.isFull()) return;
    const dangling = findDanglingValues(input, at);
    if (dangling !== undefined)
      reportDangling(input.document, input.reporter, dangling.declarations, dangling.culprits);
  }
};

/** Looks at everything that names a value of the field; undefined where all are declared, or it is no enum. */
export function findDanglingValues(input: CheckInput, at: EntityField): DanglingValues | undefined {
  const { field } = at;
  if (field.enum === undefined) return undefined;
  if (!memo.has(field)) memo.set(field, compareValues(input, at, field.enum.values));
  return memo.get(field);
}

/** Three checks ask for each field, whose frozen data never changes. */
const memo = new WeakMap<Field, DanglingValues | undefined>();

function compareValues(input: CheckInput, at: EntityField, declared: readonly string[]): DanglingValues | undefined {
  const written = input.spec.entities[at.entity.name]?.fields[at.field.name];
  const known = new Set(declared);
  if (written === undefined || namedValues(written).every((name) => known.has(name))) return undefined;
  const uses = listUses(written, at);
  const place = (name: string): Omit<Use, 'name'> => ({ pointer: fieldPointer(at, 'values', declared.indexOf(name)) });
  const culprits = findCulprits({ declared, uses, isDeclarable: isValue, isMeant: () => false });
  return {
    declarations: { what: `a value of "${at.field.name}"`, pointer: fieldPointer(at, 'values'), uses, place },
    culprits,
  };
}

function namedValues({ default: fallback, example, initial, transitions = {} }: FieldSpec): readonly string[] {
  const literals = [fallback, example, initial].flatMap((literal) => literalUses(literal, ''));
  return [...literals.map(({ name }) => name), ...Object.keys(transitions), ...Object.values(transitions).flat()];
}

function listUses(written: FieldSpec, at: EntityField): readonly Use[] {
  const literals = (['default', 'example', 'initial'] as const).flatMap((attribute) =>
    literalUses(written[attribute], fieldPointer(at, attribute)),
  );
  const transitions = Object.entries(written.transitions ?? {}).flatMap(([from, targets]) => {
    const pointer = fieldPointer(at, 'transitions', from);
    return [
      { name: from, pointer, at: 'key' as const },
      ...targets.map((name, index) => ({ name, pointer: `${pointer}/${index}` })),
    ];
  });
  return [...literals, ...transitions];
}

function literalUses(literal: Literal | undefined, pointer: string): readonly Use[] {
  if (typeof literal === 'string') return [{ name: literal, pointer }];
  if (!Array.isArray(literal)) return [];
  const items: readonly Literal[] = literal;
  return items.flatMap((item, index) =>
    typeof item === 'string' ? [{ name: item, pointer: `${pointer}/${index}` }] : [],
  );
}

/** What the schema lets an enum value be; a literal may be any text. */
function isValue(name: string): boolean {
  return name.length <= 63 && /^[A-Za-z0-9_+-]([A-Za-z0-9_ .:/+-]*[A-Za-z0-9_+-])?$/.test(name);
}
