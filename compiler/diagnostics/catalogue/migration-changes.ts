import type { CatalogueRows } from '../catalogue-row.ts';

export interface Subject {
  /** `Lead.score`, or as the database calls it where the spec has no name for it. */
  readonly subject: string;
}

/** The line that lets a change pass. */
export interface Allowable extends Subject {
  readonly line: string;
}

export interface Countable extends Allowable {
  /** Counts the rows in the way; absent where none can be asked for. */
  readonly query: string | undefined;
}

/** What a field was stored as, and what it is to be. */
export interface Types {
  readonly from: string;
  readonly to: string;
}

/** What is gone, what came, and both ways out. */
export interface LookAlike {
  readonly gone: string;
  readonly come: string;
  /** What else came that looks like it. */
  readonly others: readonly string[];
  /** A rename to each of those that came. */
  readonly renames: readonly string[];
  readonly line: string;
  /** The field of an enum's value: rows that have it need another. */
  readonly mapped?: string;
  /** Rows that exist would have no value for it. */
  readonly isNeeded?: boolean;
}

/** Rules over rows that exist. */
export interface HeldTo extends Countable {
  readonly rules: readonly string[];
  /** All rows get one value for what must be unique. */
  readonly isOneValue?: boolean;
}

function allow(line: string): string {
  return `write "migration: { allow: [${line}] }"`;
}

function count(query: string | undefined): string {
  return query === undefined ? '' : ` (count the rows in its way: ${query.replace(/;$/, '')})`;
}

function declareCast(subject: string, casts: readonly string[], line: string): string {
  if (casts.length === 0) return '';
  return `say under "migration: { allow: [${line}], cast: { ${subject}: ... } }" that every row may be written anew, and what its values mean, by ${orList(casts)}; or `;
}

/** The values of an enum, as a start of a list of what texts become. */
function mapTexts(subject: string, values: readonly string[], line: string): string {
  if (values.length === 0) return '';
  const known = values.slice(0, MOST_VALUES).map((value) => `${value}: ${value}`);
  const pairs = [...known, ...(values.length > MOST_VALUES ? ['...'] : []), '<other text>: <value>'].join(', ');
  return `say what each text becomes, "migration: { allow: [${line}], cast: { ${subject}: { values: { ${pairs} } } } }", or, once no row is in its way, `;
}

const MOST_VALUES = 8;

/** The choices of a sentence, each quoted. */
export function orList(casts: readonly string[]): string {
  return casts.map((cast) => `"${cast}"`).join(' or ');
}

/** `SC42xx`: a change that is refused until the spec says that it is meant, or how. */
export const migrationChanges = {
  'database-schema-changed': {
    code: 'SC4201',
    severity: 'error',
    message: ({ from, to }: { from: string; to: string }) =>
      `"${to}" is not the schema that was migrated; write "${from}".`,
    explanation: {
      what: 'The tables exist in another schema. Tables are not moved between schemas.',
      example: 'database: { schema: app }   # was public when the first migration was committed',
      mend: 'Keep the schema of the first migration.',
    },
  },
  'entity-removed': {
    code: 'SC4202',
    severity: 'error',
    message: ({ subject, line }: Allowable) =>
      `"${subject}" is gone from the spec, and all its rows would be lost; restore it, or ${allow(line)}.`,
    explanation: {
      what: 'Dropping a table loses its rows. So the spec, and not a flag on somebody’s machine, says that it is meant.',
      example: 'entities:\n  # Note was here',
      mend: 'Restore the entity, or allow the loss: migration: { allow: [drop entity Note] }.',
    },
  },
  'field-removed': {
    code: 'SC4203',
    severity: 'error',
    message: ({ subject, line, gone, heir }: Allowable & { gone: string; heir?: string }) =>
      `"${subject}" is gone from the spec, and its values would be lost${heir === undefined ? '' : ` ("was: ${gone}" of "${heir}" takes over nothing: "${heir}" is there with values of its own)`}; restore it, or ${allow(line)}.`,
    explanation: {
      what: 'Dropping a column loses its values. So the spec, and not a flag on somebody’s machine, says that it is meant.',
      example: 'fields:\n  # score was here',
      mend: 'Restore the field, or allow the loss: migration: { allow: [drop field Lead.score] }.',
    },
  },
  'field-type-changed': {
    code: 'SC4204',
    severity: 'error',
    message: ({ subject, effect, line, query, values }: Countable & { effect: string; values: readonly string[] }) =>
      `"${subject}" changes its type, and ${effect}${count(query)}; restore what was written, or ${mapTexts(subject, values, line)}${allow(line)}.`,
    explanation: {
      what: 'The column holds values of the old type. Those that do not fit would make the migration fail, and some casts lose digits.',
      example: 'name: { type: string, maxLength: 60 }   # was 120',
      mend: 'Restore the type and its limits, add a field of the new type beside it, or allow it: migration: { allow: [change field Lead.name] }.',
    },
  },
  'required-field-added': {
    code: 'SC4205',
    severity: 'error',
    message: ({ subject, line, isUnique }: Allowable & { isUnique: boolean }) =>
      `"${subject}" is required, but rows that exist have no value for it; write ${isUnique ? '"optional: true" until each row has one of its own, since it is unique' : `"optional: true", a "default", or "migration: { backfill: { ${subject}: <value> } }"`}; where there is no row yet, ${allow(line)}.`,
    explanation: {
      what: 'The table may hold rows already. They need a value, or the field must be optional.',
      example: 'score: { type: integer }   # added to a migrated entity',
      mend: 'Add "optional: true" or a "default", or say what rows that exist have: migration: { backfill: { Lead.score: 0 } }. One value cannot be that of all rows where the field is unique: there, make it optional until each row has its own.',
    },
  },
  'field-made-required': {
    code: 'SC4206',
    severity: 'error',
    message: ({ subject, line, query, isUnique }: Countable & { isUnique: boolean }) =>
      `"${subject}" may be empty in rows that exist${count(query)}; ${isUnique ? 'give each of them a value of its own, since it is unique, then' : `write "migration: { backfill: { ${subject}: <value> } }", or`} ${allow(line)}.`,
    explanation: {
      what: 'Rows without a value would make the migration fail.',
      example: 'notes: { type: text }   # was optional',
      mend: 'Say what rows without a value get, migration: { backfill: { Lead.notes: none } }, or allow the attempt.',
    },
  },
  'value-removed': {
    code: 'SC4209',
    severity: 'error',
    message: ({ subject, value, line, query }: Countable & { value: string }) =>
      `"${value}" is gone from the values of "${subject}", and rows may have it${count(query)}; write "migration: { values: { ${subject}: { ${value}: <value> } }, allow: [${line}] }", or restore it.`,
    explanation: {
      what: 'Rows with a value that goes need another one, and running code may still write it.',
      example: 'values: [new, won]   # was [new, lost, won]',
      mend: 'Map the value, migration: { values: { Lead.state: { lost: won } }, allow: [drop value Lead.state.lost] }, or restore it.',
    },
  },
  'rule-over-rows': {
    code: 'SC4211',
    severity: 'error',
    message: ({ subject, rules, line, query, isOneValue }: HeldTo) =>
      `"${subject}" is held to ${rules.map((rule) => `"${rule}"`).join(' and ')}, ${
        isOneValue === true
          ? `but every row that exists would get the same value${count(query)}; add it as optional and fill it first, or ${allow(line)} where there is one row at most.`
          : `which rows that exist may break${count(query)}; ${allow(line)} once they keep it.`
      }`,
    explanation: {
      what: 'A new unique, limit or link is proven over all rows, as is one that reads a field whose values are merged, and one that breaks it makes the migration fail halfway. New rows are held to it at once.',
      example: 'email: { type: email, unique: true }   # was not unique',
      mend: 'Mend the rows first, then allow the proof: migration: { allow: [check field Lead.email] }.',
    },
  },
  'risk-not-allowed': {
    code: 'SC4214',
    severity: 'error',
    message: ({ subject, effect, because, line }: Allowable & { effect: string; because: readonly string[] }) =>
      `"${subject}" ${effect}${because.length === 0 ? '' : `, because ${because.join(' and ')}`}; if that is meant, ${allow(line)}.`,
    explanation: {
      what: 'The change blocks a table while it is rewritten or read, deletes rows together with others from now on, or takes from running code what a column has done by itself.',
      example: 'score: { type: bigint }   # was integer: every row is written anew',
      mend: 'Allow it by the line that the message names; it stands for this one object.',
    },
  },
  'rename-or-loss': {
    code: 'SC4215',
    severity: 'error',
    message: ({ gone, come, others, renames, line, mapped, isNeeded }: LookAlike) =>
      `"${gone}" is gone and "${come}" came, which looks like it${others.length === 0 ? '' : `, as ${others.length === 1 ? 'does' : 'do'} ${others.map((other) => `"${other}"`).join(' and ')}`}; if it is renamed, write ${orList(renames)}, and if it is lost, ${mapped === undefined ? allow(line) : `write "migration: { values: { ${mapped}: { ${gone}: <value> } }, allow: [${line}] }"`}${isNeeded === true ? `, and say what "${come}" has in rows that exist, by "optional: true", a "default" or a backfill` : ''}.`,
    explanation: {
      what: 'A rename looks like a loss and an addition. Only the author knows, and guessing wrong loses data.',
      example: 'fields:\n  remark: { type: text }   # was note',
      mend: 'Name the former name, remark: { type: text, was: note }, or allow the loss, migration: { allow: [drop field Lead.note] }.',
    },
  },
  'rename-claimed-twice': {
    code: 'SC4216',
    severity: 'error',
    message: ({ was, subject, other }: Subject & { was: string; other: string }) =>
      `"${was}" is said to be the former name of both "${other}" and "${subject}"; remove one "was".`,
    explanation: {
      what: 'One thing can be renamed to one other.',
      example: 'a: { type: text, was: note }\nb: { type: text, was: note }',
      mend: 'Keep the "was" of the one that holds the old values.',
    },
  },
  'rename-source-present': {
    code: 'SC4218',
    severity: 'error',
    message: ({ was, subject }: Subject & { was: string }) =>
      `"${was}" is still in the spec, so it cannot be the former name of "${subject}"; remove the one or the "was".`,
    explanation: {
      what: 'What is renamed has its old name no longer.',
      example: 'note: { type: text }\nremark: { type: text, was: note }',
      mend: 'Remove the old one, or the "was".',
    },
  },
  'cast-unknown': {
    code: 'SC4219',
    severity: 'error',
    message: ({ subject, from, to, casts, line }: Allowable & Types & { casts: readonly string[] }) =>
      `"${subject}" is stored as ${from}, from which there is no certain way to ${to}; ${declareCast(subject, casts, line)}restore the type, or add a field of the new type beside it.`,
    explanation: {
      what: 'The cast would depend on the time zone of a session or on what the author means.',
      example: 'day: { type: date }   # was datetime: which day depends on the zone',
      mend: 'Declare what is meant, migration: { cast: { Lead.day: { timeZone: Europe/Paris } } }, or add a field of the new type, fill it, and drop the old one in a later migration.',
    },
  },
  'unused-migration-line': {
    code: 'SC4220',
    severity: 'warning',
    message: ({ line }: { line: string }) =>
      `"${line}" is used by no step of this migration; remove it, so that it cannot allow a later accident.`,
    explanation: {
      what: 'What stands under "migration" is about one migration. Left behind, it would let the same change pass another time.',
      example: 'migration: { allow: [drop field Lead.note] }   # committed last week',
      mend: 'Remove the line.',
    },
  },
  'values-become-links': {
    code: 'SC4221',
    severity: 'error',
    message: ({ subject }: Subject) =>
      `"${subject}" is stored as a list of values that nobody has held to rows; give the links another name, and drop the old field in a later migration.`,
    explanation: {
      what: 'Links have foreign keys, and a list of ids that had none may name rows that are not there.',
      example: 'labels: { type: references, to: Label }   # was labelIds: { type: uuid, many: true }',
      mend: 'Call the new field otherwise, fill it, and drop the old one.',
    },
  },
  'id-kind-changed': {
    code: 'SC4222',
    severity: 'error',
    message: ({ subject, from, to }: Subject & Types) =>
      `ids of "${subject}" are ${from} so far, and no row keeps its id as ${to}, nor do the links to it; restore the kind, or declare another entity.`,
    explanation: {
      what: 'Rows are known by their ids: to links, to clients and in what they have kept. Another kind would give each row another name.',
      example: 'Order: { id: bigint }   # was without "id", which is "id: uuid"',
      mend: 'Restore the kind; or declare a new entity of the wanted kind, copy the rows into it, and drop the old one in a later migration.',
    },
  },
} satisfies CatalogueRows;
