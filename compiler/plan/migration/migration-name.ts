import { hashValue } from './canonical-json.ts';
import type { Operation, OperationOf } from './operations.ts';

/** What a migration's name is made from: no clock, no chance, no user. */
export interface MigrationIdentity {
  readonly format: number;
  readonly parent: string | undefined;
  /** Hash of the schema before. */
  readonly from: string;
  readonly operations: readonly Operation[];
}

/** `0003_add_leads_notes_1a2b3c4d`: depth, first operations, hash. */
export function migrationName(identity: MigrationIdentity): string {
  const depth = String(depthOf(identity.parent) + 1).padStart(4, '0');
  return `${depth}_${slugOf(identity.operations)}_${identityHash(identity)}`;
}

/** Whether a name is one of this migration; what the words between depth and hash say may differ from compiler to compiler. */
export function isNameOf(id: string, identity: MigrationIdentity): boolean {
  const [depth, hash] = [depthOf(identity.parent) + 1, identityHash(identity)];
  const { groups } = /^(?<depth>\d{4,})_[a-z0-9_]+_(?<hash>[0-9a-f]{8})$/.exec(id) ?? {};
  return Number(groups?.['depth']) === depth && groups?.['hash'] === hash;
}

/** The eight hexadecimal digits that end the name. */
export function identityHash({ format, parent, from, operations }: MigrationIdentity): string {
  return hashValue({ format, parent: parent ?? null, from, operations }).slice(0, 8);
}

/** How many migrations lead up to and include this one; none: 0. */
export function depthOf(id: string | undefined): number {
  return id === undefined ? 0 : Number(/^\d+/.exec(id)?.[0] ?? 0);
}

const MAX_SLUG = 48;

/** Says what has the most consequence: what is lost, then tables, types, names, columns, values, rules, indexes; and how much more there is. */
function slugOf(operations: readonly Operation[]): string {
  const made = new Set(
    operations.flatMap((operation) => (operation.kind === 'createTrigger' ? triggerOf(operation) : [])),
  );
  // A trigger that changes is dropped and made anew.
  const told = operations.filter((operation) => operation.kind !== 'dropTrigger' || !made.has(triggerOf(operation)));
  const said = asRetyped(withoutAside(told).flatMap((operation) => saidOf(operation) ?? []));
  const [first] = said.toSorted((a, b) => a.weight - b.weight);
  if (first === undefined) return 'change';
  const isFirst = ({ weight, verb }: Said): boolean => weight === first.weight && verb === first.verb;
  const others = said.filter((one) => !isFirst(one) && one.weight <= LEAST_COUNTED);
  const subjects = new Set(said.filter(isFirst).map(({ subject }) => subject));
  return shorten(first.verb, [...subjects], new Set(others.map(({ verb, subject }) => `${verb} ${subject}`)).size);
}

/** Rules (not null among them), indexes and functions come with what they are of, and are not counted. */
const LEAST_COUNTED = 4;

/** A column that goes and comes again, as one that is computed must for another type. */
function asRetyped(said: readonly Said[]): readonly Said[] {
  const subjectsOf = (wanted: string, weight: number): ReadonlySet<string> =>
    new Set(said.filter((one) => one.verb === wanted && one.weight === weight).map(({ subject }) => subject));
  const [added, dropped] = [subjectsOf('add', ADDED), subjectsOf('drop', DROPPED)];
  return said.map((one) => {
    const isBoth = added.has(one.subject) && dropped.has(one.subject);
    return isBoth && (one.weight === ADDED || one.weight === DROPPED)
      ? { ...one, weight: RETYPED, verb: 'retype' }
      : one;
  });
}

const DROPPED = 1;
const RETYPED = 3;
const ADDED = 4;

/** Where names change places one steps aside first: what is said is where it ends. */
function withoutAside(operations: readonly Operation[]): readonly Operation[] {
  const first = new Map<string, string>();
  const firstName = (place: string, name: string): string => first.get(`${place} ${name}`) ?? name;
  return operations.flatMap((operation): readonly Operation[] => {
    const place = placeOf(operation);
    if (place === undefined) return [operation];
    switch (operation.kind) {
      case 'renameTable':
      case 'renameColumn': {
        const name = firstName(place, operation.name);
        if (!ASIDE.test(operation.to)) return [{ ...operation, name }];
        first.set(`${place} ${operation.to}`, name);
        return [];
      }
      case 'renameEnumValue': {
        const value = firstName(place, operation.value);
        if (!ASIDE.test(operation.to)) return [{ ...operation, value }];
        first.set(`${place} ${operation.to}`, value);
        return [];
      }
      case 'dropTable':
      case 'dropColumn':
        return [{ ...operation, name: firstName(place, operation.name) }];
      default:
        return [operation];
    }
  });
}

/** The space of names that an operation renames or drops in. */
function placeOf(operation: Operation): string | undefined {
  switch (operation.kind) {
    case 'renameTable':
    case 'dropTable':
      return 'tables';
    case 'renameColumn':
    case 'dropColumn':
      return `columns of ${operation.table}`;
    case 'renameEnumValue':
      return `values of ${operation.enum}`;
    default:
      return undefined;
  }
}

/** How a name ends that stands aside. */
const ASIDE = /_sc_(?:old|new)$/;

function triggerOf(operation: OperationOf<'createTrigger' | 'dropTrigger'>): string {
  const name = operation.kind === 'createTrigger' ? operation.trigger.name : operation.name;
  return `${operation.table}.${name}`;
}

interface Said {
  readonly weight: number;
  readonly verb: string;
  readonly subject: string;
}

function saidOf(operation: Operation): Said | undefined {
  switch (operation.kind) {
    case 'createTable':
      // Tables of the backend's own are the least of what there is to say.
      return { weight: operation.table.internal === true ? 6 : 2, verb: 'create', subject: operation.table.name };
    case 'addColumn':
      return { weight: ADDED, verb: 'add', subject: `${operation.table}_${operation.column.name}` };
    case 'dropTable':
      return { weight: 0, verb: 'drop', subject: operation.name };
    case 'renameTable':
      return { weight: 2, verb: 'rename', subject: `${operation.name}_to_${operation.to}` };
    case 'setOrigin':
      return { weight: 11, verb: 'keep', subject: `${operation.table}_of_${operation.origin?.entity ?? 'nothing'}` };
    case 'dropColumn':
      return { weight: DROPPED, verb: 'drop', subject: `${operation.table}_${operation.name}` };
    case 'renameColumn':
      return { weight: 3, verb: 'rename', subject: `${operation.table}_${operation.name}_to_${operation.to}` };
    case 'setColumnType':
      return { weight: RETYPED, verb: 'retype', subject: `${operation.table}_${operation.name}` };
    case 'setNotNull':
      return {
        weight: 5,
        verb: operation.notNull ? 'require' : 'relax',
        subject: `${operation.table}_${operation.name}`,
      };
    case 'setDefault':
      return { weight: 8, verb: 'default', subject: `${operation.table}_${operation.name}` };
    case 'renameEnumValue':
      return { weight: 3, verb: 'rename', subject: `${operation.enum}_${operation.value}_to_${operation.to}` };
    case 'createPolicy':
    case 'dropPolicy':
    case 'setRowSecurity':
      return { weight: 6, verb: 'secure', subject: operation.table };
    case 'createView':
      return { weight: 6, verb: 'create', subject: operation.view.name };
    case 'replaceFunction':
      return { weight: 10, verb: 'replace', subject: operation.function.name };
    case 'addEnumValue':
      return { weight: ADDED, verb: 'add', subject: `${operation.enum}_${operation.value}` };
    case 'addConstraint':
      return { weight: 6, verb: 'constrain', subject: operation.table };
    case 'createIndex':
      return { weight: 7, verb: 'index', subject: operation.table };
    case 'dropIndex':
      return { weight: 9, verb: 'unindex', subject: operation.table };
    case 'dropTrigger':
    case 'dropConstraint':
      return { weight: 9, verb: 'loosen', subject: operation.table };
    default:
      return undefined;
  }
}

/** As many subjects as fit, then how many more there are, of other kinds too. */
function shorten(verb: string, subjects: readonly string[], others: number): string {
  for (let count = Math.min(subjects.length, MAX_SLUG / 2); count > 0; count -= 1) {
    const left = subjects.length - count + others;
    const more = left === 0 ? '' : `_and_${left}_more`;
    const slug = plain(`${verb}_${subjects.slice(0, count).join('_')}`) + more;
    if (slug.length <= MAX_SLUG) return slug;
  }
  const left = subjects.length - 1 + others;
  const more = left === 0 ? '' : `_and_${left}_more`;
  return (
    plain(`${verb}_${subjects[0]}`)
      .slice(0, MAX_SLUG - more.length)
      .replace(/_+$/, '') + more
  );
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
}
