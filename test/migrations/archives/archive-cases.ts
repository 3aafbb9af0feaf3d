import { spec } from '../plan-spec.ts';

/** A change of an entity that keeps deleted rows. */
export interface ArchiveCase {
  /** Lines of the entity's fields, before and after. */
  readonly before: string;
  readonly after: string;
  /** Further keys of the entity, before and after. */
  readonly rest?: readonly [before: string, after: string];
  /** The name of the entity afterwards. */
  readonly renamed?: string;
  readonly migration?: string;
  /** Columns and SQL values of a row that is deleted before the migration. */
  readonly row: Readonly<Record<string, string>>;
  /** The same row, restored after the migration, as text; columns that matter. */
  readonly restored?: Readonly<Record<string, string | null>>;
  /** The object of the hazard that names what keeps the row from coming back; its query counts it. */
  readonly hazard?: string;
  /** The migration stops at the deleted row. */
  readonly stops?: true;
}

/** Kinds of change, over a deleted row that must come back, or be named. */
export const ARCHIVE_CASES: Readonly<Record<string, ArchiveCase>> = {
  'a field is renamed': {
    before: 'x: { type: string }',
    after: 'y: { type: string, was: x }',
    row: { x: "'a'" },
    restored: { y: 'a' },
  },
  'the entity is renamed': {
    before: 'x: { type: string }',
    after: 'x: { type: string }',
    renamed: 'Deal',
    row: { x: "'a'" },
    restored: { x: 'a' },
  },
  'a field goes': {
    before: 'x: { type: string }\n  y: { type: string }',
    after: 'x: { type: string }',
    migration: 'allow: [drop field Lead.y]',
    row: { x: "'a'", y: "'b'" },
    restored: { x: 'a' },
  },
  'an optional field comes': {
    before: 'x: { type: string }',
    after: 'x: { type: string }\n  y: { type: integer, optional: true }',
    row: { x: "'a'" },
    restored: { y: null },
  },
  'a required field comes with a default': {
    before: 'x: { type: string }',
    after: 'x: { type: string }\n  y: { type: integer, default: 7 }',
    row: { x: "'a'" },
    restored: { y: '7' },
  },
  'a required field comes with a backfill': {
    before: 'x: { type: string }',
    after: 'x: { type: string }\n  y: { type: integer }',
    migration: 'backfill: { Lead.y: 5 }',
    row: { x: "'a'" },
    restored: { y: '5' },
  },
  'a required field comes with a default and a backfill': {
    before: 'x: { type: string }',
    after: 'x: { type: string }\n  y: { type: integer, default: 7 }',
    migration: 'backfill: { Lead.y: 5 }',
    row: { x: "'a'" },
    restored: { y: '5' },
  },
  'a required field comes with nothing': {
    before: 'x: { type: string }',
    after: 'x: { type: string }\n  y: { type: integer }',
    migration: 'allow: [require field Lead.y]',
    row: { x: "'a'" },
    hazard: 'leads_deleted.y',
  },
  'a moment comes that is worked out': {
    before: 'x: { type: string }',
    after: 'x: { type: string }\n  y: { type: boolean, default: true }\n  z: { type: datetime, default: "${now}" }',
    row: { x: "'a'" },
    restored: { y: 't' },
  },
  'several come': {
    before: 'x: { type: string }',
    after: 'x: { type: string }\n  y: { type: string, many: true }',
    row: { x: "'a'" },
    restored: { y: '{}' },
  },
  'a number comes': {
    before: 'x: { type: string }',
    after: 'x: { type: string }\n  n: { type: integer, sequence: true }',
    migration: 'allow: [rewrite entity Lead]',
    row: { x: "'a'" },
    restored: { n: '1' },
  },
  'a field becomes required by a backfill': {
    before: 'x: { type: string, optional: true }',
    after: 'x: { type: string }',
    migration: 'backfill: { Lead.x: none }',
    row: { x: 'null' },
    restored: { x: 'none' },
  },
  'a field becomes required with a default': {
    before: 'x: { type: string, optional: true }',
    after: 'x: { type: string, default: usual }',
    migration: 'backfill: { Lead.x: none }',
    row: { x: 'null' },
    restored: { x: 'none' },
  },
  'a field becomes required with a default alone': {
    before: 'x: { type: string, optional: true }',
    after: 'x: { type: string, default: usual }',
    migration: 'allow: [require field Lead.x]',
    row: { x: 'null' },
    restored: { x: 'usual' },
  },
  'a field becomes required': {
    before: 'x: { type: string, optional: true }',
    after: 'x: { type: string }',
    migration: 'allow: [require field Lead.x]',
    row: { x: 'null' },
    hazard: 'leads_deleted.x',
  },
  'a field becomes optional': {
    before: 'x: { type: string }',
    after: 'x: { type: string, optional: true }',
    row: { x: "'a'" },
    restored: { x: 'a' },
  },
  'a text becomes shorter': {
    before: 'x: { type: string, maxLength: 40 }',
    after: 'x: { type: string, maxLength: 5 }',
    migration: 'allow: [change field Lead.x]',
    row: { x: "'too long'" },
    hazard: 'leads_deleted.x',
    stops: true,
  },
  'a text may not be short any more': {
    before: 'x: { type: string, maxLength: 40 }',
    after: 'x: { type: string, minLength: 5, maxLength: 40 }',
    migration: 'allow: [check field Lead.x]',
    row: { x: "'abc'" },
    hazard: 'leads_deleted.leads_x_min_length',
  },
  'a bound comes': {
    before: 'x: { type: integer }',
    after: 'x: { type: integer, min: 3 }',
    migration: 'allow: [check field Lead.x]',
    row: { x: '2' },
    hazard: 'leads_deleted.leads_x_min',
  },
  'a bound comes that is kept': {
    before: 'x: { type: integer }',
    after: 'x: { type: integer, min: 3 }',
    migration: 'allow: [check field Lead.x]',
    row: { x: '3' },
    restored: { x: '3' },
  },
  'a bound comes nearer': {
    before: 'x: { type: integer, min: 0 }',
    after: 'x: { type: integer, min: 3 }',
    migration: 'allow: [check field Lead.x]',
    row: { x: '2' },
    hazard: 'leads_deleted.leads_x_min',
  },
  'a condition between fields comes': {
    before: 'x: { type: integer }\n  y: { type: integer }',
    after: 'x: { type: integer }\n  y: { type: integer }',
    rest: ['', 'checks:\n  ordered: "record.x < record.y"'],
    migration: 'allow: [check field Lead.x]',
    row: { x: '2', y: '1' },
    hazard: 'leads_deleted.leads_ordered_check',
  },
  'a number becomes wider': {
    before: 'x: { type: integer }',
    after: 'x: { type: bigint }',
    migration: 'allow: [rewrite entity Lead]',
    row: { x: '2' },
    restored: { x: '2' },
  },
  'a number becomes narrower': {
    before: 'x: { type: bigint }',
    after: 'x: { type: integer }',
    migration: 'allow: [change field Lead.x]',
    row: { x: '3000000000' },
    hazard: 'leads_deleted.x',
    stops: true,
  },
  'a text becomes several': {
    before: 'x: { type: string, maxLength: 40 }',
    after: 'x: { type: string, maxLength: 40, many: true }',
    migration: 'allow: [rewrite entity Lead, check field Lead.x]\n  cast: { Lead.x: { separator: "," } }',
    row: { x: "'a,b'" },
    restored: { x: '{a,b}' },
  },
  'nothing becomes several': {
    before: 'x: { type: string, maxLength: 40, optional: true }',
    after: 'x: { type: string, maxLength: 40, many: true }',
    migration:
      'allow: [rewrite entity Lead, check field Lead.x]\n  cast: { Lead.x: { separator: "," } }\n  backfill: { Lead.x: [z] }',
    row: { x: 'null' },
    restored: { x: '{z}' },
  },
  'several become one': {
    before: 'x: { type: integer, many: true }',
    after: 'x: { type: integer }',
    migration: 'allow: [change field Lead.x]\n  cast: { Lead.x: { element: first } }',
    row: { x: "'{4,5}'" },
    hazard: 'leads_deleted.x',
    restored: { x: '4' },
  },
  'none become one': {
    before: 'x: { type: integer, many: true }',
    after: 'x: { type: integer }',
    migration: 'allow: [change field Lead.x]\n  cast: { Lead.x: { element: first } }',
    row: { x: "'{}'" },
    hazard: 'leads_deleted.x',
  },
  'a condition becomes words': {
    before: 'x: { type: boolean }',
    after: 'x: { type: enum, values: [open, paid] }',
    migration: 'allow: [rewrite entity Lead]\n  cast: { Lead.x: { values: { "true": paid, "false": open } } }',
    row: { x: 'true' },
    restored: { x: 'paid' },
  },
  'words become a number that some have not': {
    before: 'x: { type: enum, values: [low, high, other] }',
    after: 'x: { type: integer }',
    migration: 'allow: [change field Lead.x]\n  cast: { Lead.x: { values: { low: 1, high: 9 } } }',
    row: { x: "'other'" },
    hazard: 'leads_deleted.x',
  },
  'a moment becomes a day': {
    before: 'x: { type: datetime }',
    after: 'x: { type: date }',
    migration: 'allow: [change field Lead.x]\n  cast: { Lead.x: { timeZone: Asia/Tokyo } }',
    row: { x: "'2026-01-31 23:30:00Z'" },
    restored: { x: '2026-02-01' },
  },
  'a value goes to another': {
    before: 'x: { type: enum, values: [new, lost, won] }',
    after: 'x: { type: enum, values: [new, won] }',
    migration: 'allow: [drop value Lead.x.lost, rewrite entity Lead]\n  values: { Lead.x: { lost: won } }',
    row: { x: "'lost'" },
    restored: { x: 'won' },
  },
  'a value goes': {
    before: 'x: { type: enum, values: [new, lost, won] }',
    after: 'x: { type: enum, values: [new, won] }',
    migration: 'allow: [drop value Lead.x.lost, rewrite entity Lead]',
    row: { x: "'lost'" },
    hazard: 'leads_deleted.x',
    stops: true,
  },
  'a value is renamed': {
    before: 'x: { type: enum, values: [new, lost] }',
    after: 'x: { type: enum, values: [new, gone], valuesWere: { gone: lost } }',
    row: { x: "'lost'" },
    restored: { x: 'gone' },
  },
  'a number becomes the database’s': {
    before: 'x: { type: string }\n  n: { type: integer }',
    after: 'x: { type: string }\n  n: { type: integer, sequence: true }',
    migration: 'allow: [check field Lead.n]',
    row: { x: "'a'", n: '41' },
    restored: { n: '41' },
  },
  'texts become one of some': {
    before: 'x: { type: string, maxLength: 9 }',
    after: 'x: { type: enum, values: [new, won] }',
    migration: 'allow: [change field Lead.x]',
    row: { x: "'lost'" },
    hazard: 'leads_deleted.x',
    stops: true,
  },
  'the entity is renamed and a text becomes shorter': {
    before: 'x: { type: string, maxLength: 40 }',
    after: 'y: { type: string, maxLength: 5, was: x }',
    renamed: 'Deal',
    migration: 'allow: [change field Deal.y]',
    row: { x: "'too long'" },
    hazard: 'deals_deleted.y',
    stops: true,
  },
  'a rule that no two are alike comes': {
    before: 'x: { type: string, maxLength: 40 }',
    after: 'x: { type: string, maxLength: 40, unique: true }',
    migration: 'allow: [check field Lead.x]',
    row: { x: "'a'" },
    restored: { x: 'a' },
  },
  'a link comes where an id stood': {
    before: 'x: { type: uuid, optional: true }',
    after: 'x: { type: reference, to: Lead, onDelete: restrict, optional: true, was: x }',
    migration: 'allow: [check field Lead.x]',
    row: { x: "'00000000-0000-7000-8000-000000000009'" },
    hazard: 'leads_deleted.leads_x_id_fkey',
  },
  'what was computed becomes a field': {
    before: 'x: { type: integer }\n  y: { type: integer, computed: "record.x + 1" }',
    after: 'x: { type: integer }\n  y: { type: integer }',
    migration: 'allow: [change field Lead.y]',
    row: { x: '2' },
    restored: { y: '3' },
  },
  'moments that a condition compares become one day': {
    before: 'x: { type: datetime }\n  y: { type: datetime }',
    after: 'x: { type: date }\n  y: { type: date }',
    rest: ['checks: { ordered: "record.x < record.y" }', 'checks: { ordered: "record.x < record.y" }'],
    migration: `allow: [change field Lead.x, change field Lead.y]
  cast: { Lead.x: { timeZone: Europe/Paris }, Lead.y: { timeZone: Europe/Paris } }`,
    row: { x: "'2026-01-01 10:00Z'", y: "'2026-01-01 11:00Z'" },
    hazard: 'leads_deleted.leads_ordered_check',
  },
  'moments that a condition compares become two days': {
    before: 'x: { type: datetime }\n  y: { type: datetime }',
    after: 'x: { type: date }\n  y: { type: date }',
    rest: ['checks: { ordered: "record.x < record.y" }', 'checks: { ordered: "record.x < record.y" }'],
    migration: `allow: [change field Lead.x, change field Lead.y]
  cast: { Lead.x: { timeZone: Europe/Paris }, Lead.y: { timeZone: Europe/Paris } }`,
    row: { x: "'2026-01-01 10:00Z'", y: "'2026-01-01 23:00Z'" },
    restored: { x: '2026-01-01', y: '2026-01-02' },
  },
  'what is computed otherwise breaks its bound': {
    before: 'x: { type: integer }\n  y: { type: integer, computed: "record.x + 1", max: 5 }',
    after: 'x: { type: integer }\n  y: { type: integer, computed: "record.x + 4", max: 5 }',
    migration: 'allow: [rewrite entity Lead, check field Lead.y]',
    row: { x: '2' },
    hazard: 'leads_deleted.leads_y_max',
  },
  'what is computed otherwise keeps its bound': {
    before: 'x: { type: integer }\n  y: { type: integer, computed: "record.x + 1", max: 5 }',
    after: 'x: { type: integer }\n  y: { type: integer, computed: "record.x + 4", max: 5 }',
    migration: 'allow: [rewrite entity Lead, check field Lead.y]',
    row: { x: '1' },
    restored: { y: '5' },
  },
  'a field becomes computed': {
    before: 'x: { type: integer }\n  y: { type: integer }',
    after: 'x: { type: integer }\n  y: { type: integer, computed: "record.x + 1" }',
    migration: 'allow: [drop field Lead.y]',
    row: { x: '2', y: '9' },
    restored: { y: '3' },
  },
};

const ENTITY = 'softDelete: true\n';

/** Both specs of a case. */
export function archiveSpecs({
  before,
  after,
  rest = ['', ''],
  renamed,
  migration,
}: ArchiveCase): readonly [string, string] {
  const body = (fields: string, more: string): string => `${ENTITY}${more}\nfields:\n  ${fields}`;
  const head = migration === undefined ? '' : `migration:\n  ${migration}\n`;
  const was = renamed === undefined ? '' : '\nwas: Lead';
  return [spec({ Lead: body(before, rest[0]) }), spec({ [renamed ?? 'Lead']: body(after, rest[1]) + was }, head)];
}
