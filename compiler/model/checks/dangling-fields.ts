import type { App, Entity } from '../app.ts';
import { type CheckInput, entityPointer } from './check.ts';
import { type Culprit, findCulprits } from './dangling-names.ts';
import type { Declarations } from './report-dangling.ts';
import { SYSTEM_FIELDS, SYSTEM_TIMES } from './system-fields.ts';

/** The unknown fields that an entity's lists name, and who is to blame for each. */
export interface DanglingFields {
  readonly declarations: Declarations;
  readonly culprits: ReadonlyMap<string, Culprit>;
}

/** Names of fields below a path of an entity. */
interface NamingList {
  readonly path: readonly string[];
  readonly names: readonly string[];
  /** Whether `createdAt` and `updatedAt` may stand here. */
  readonly systemTimes: boolean;
  readonly single?: true;
}

/** Looks at all lists of an entity together; undefined where every name is a field. */
export function findDanglingFields(
  { app, document }: CheckInput,
  entity: Entity,
  lists: readonly NamingList[],
): DanglingFields | undefined {
  const declared = new Set(entity.fields.map((field) => field.name));
  // Paths over references have a check of their own.
  const former = new Set(entity.fields.flatMap(({ was }) => was ?? []));
  // Nor is a name blamed on a declaration that says itself how it was called.
  const isKnown = (list: NamingList, name: string): boolean =>
    declared.has(name) || former.has(name) || name.includes('.') || (list.systemTimes && SYSTEM_TIMES.includes(name));
  if (lists.every((list) => list.names.every((name) => isKnown(list, name)))) return undefined;
  const fieldPointer = (name: string): string => entityPointer(entity, 'fields', name);
  const uses = lists
    .flatMap(({ path, names, single }) =>
      names.map((name, index) => ({ name, pointer: entityPointer(entity, ...path, ...(single ? [] : [index])) })),
    )
    .filter(({ name }) => !name.includes('.') && (declared.has(name) || !former.has(name)))
    .filter(({ name }) => declared.has(name) || !document.isBroken(fieldPointer(name)));
  const keys = new Set(entity.fields.map((field) => field.key));
  const culprits = findCulprits({
    declared: [...declared],
    uses,
    isDeclarable: (name) => NAME.test(name) && !SYSTEM_FIELDS.includes(name) && !keys.has(name),
    isMeant: (name, near) => isLinkName(app, entity, name, near),
  });
  return {
    declarations: {
      what: `a field of "${entity.name}"`,
      pointer: entityPointer(entity, 'fields'),
      uses,
      place: (name) => ({ pointer: fieldPointer(name), at: 'key' }),
    },
    culprits,
  };
}

const NAME = /^[a-z][A-Za-z0-9]*$/;

/** Whether the name is the one that a link has by habit: that of the near link's target, or of an entity that nothing links to. */
function isLinkName(app: App, entity: Entity, name: string, near: string | undefined): boolean {
  const isNamed = (target: string): boolean => target.toLowerCase() === name.toLowerCase();
  if (near !== undefined) {
    const target = entity.fields.find((field) => field.name === near)?.reference?.entity;
    return target !== undefined && isNamed(target);
  }
  const isLinked = entity.fields.some(({ reference }) => reference !== undefined && isNamed(reference.entity));
  return !isLinked && app.entities.some((other) => isNamed(other.name));
}
