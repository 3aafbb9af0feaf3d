import type { Literal } from '../app.ts';
import { allFields, type Check, type CheckInput, type EntityField, fieldPointer } from './check.ts';
import { type Culprit, findCulprits, type Use } from './dangling-names.ts';
import { type Declarations, reportDangling } from './report-dangling.ts';

/** The unknown values that an enum's default, example and transitions name, and who is to blame for each. */
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
  const declared = at.field.enum?.values;
  if (declared === undefined) return undefined;
  const uses = listUses(input, at);
  const known = new Set(declared);
  if (uses.every(({ name }) => known.has(name))) return undefined;
  const place = (name: string): Omit<Use, 'name'> => ({ pointer: fieldPointer(at, 'values', declared.indexOf(name)) });
  const culprits = findCulprits({ declared, uses, isDeclarable: isValue, isMeant: () => false });
  return {
    declarations: { what: `a value of "${at.field.name}"`, pointer: fieldPointer(at, 'values'), uses, place },
    culprits,
  };
}

function listUses({ spec }: CheckInput, at: EntityField): readonly Use[] {
  const written = spec.entities[at.entity.name]?.fields[at.field.name];
  const literals = (['default', 'example'] as const).flatMap((attribute) =>
    literalUses(written?.[attribute], fieldPointer(at, attribute)),
  );
  const transitions = Object.entries(written?.transitions ?? {}).flatMap(([from, targets]) => [
    { name: from, pointer: fieldPointer(at, 'transitions', from), at: 'key' as const },
    ...targets.map((name, index) => ({ name, pointer: fieldPointer(at, 'transitions', from, index) })),
  ]);
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
