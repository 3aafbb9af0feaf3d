import { readRows } from './bench-database.ts';
import { generator } from './statistics.ts';

/** What is asked of a server, however it spells that. */
export type Operation =
  | { readonly kind: 'get'; readonly id: string }
  /** 20 rows of one status, newest first. */
  | { readonly kind: 'list'; readonly status: string }
  /** The same, each row with the owner that it links to. */
  | { readonly kind: 'expanded'; readonly status: string }
  /** 20 rows, newest first, after one of them or from the start. */
  | { readonly kind: 'page'; readonly after?: Place }
  | { readonly kind: 'create'; readonly body: Readonly<Record<string, string>> }
  | { readonly kind: 'patch'; readonly id: string; readonly body: Readonly<Record<string, string>> };

export interface Place {
  readonly id: string;
  readonly createdAt: string;
}

export interface Workload {
  readonly name: string;
  /** Ratio of requests a second below which ours fails; none for what is only compared with itself. */
  readonly floor?: number;
  readonly operations: readonly Operation[];
  /** Whether each run adds rows or changes them. */
  readonly writes: boolean;
}

/** The share of the reference's load at which times are compared: what need not be carried is not asked for. */
export function loadShare(floor: number | undefined): number {
  return Math.min(1, floor ?? 1);
}

/** Those whose CPU is compared. */
export const FIRST_PAGE = 'first page';
export const DEEP_PAGE = 'keyset page, deep';

const STATUSES = ['new', 'contacted', 'qualified', 'won', 'lost'];
/** Ids that are asked for: a twentieth of the table, as a busy part of it. */
const IDS = 5_000;

/** What is measured, one row a workload. */
export async function buildWorkloads(databaseUrl: string): Promise<readonly Workload[]> {
  const random = generator(42);
  const pick = <Value>(values: readonly Value[]): Value => values[Math.floor(random() * values.length)]!;
  const column = async (sql: string): Promise<readonly string[]> => (await readRows(databaseUrl, sql)).map(first);
  const ids = await column(`select id from leads order by md5(id::text) limit ${IDS}`);
  const owners = await column('select id from owners order by id');
  const places = (await readRows(databaseUrl, PLACES)).map(([id = '', createdAt = '']) => ({ id, createdAt }));
  const times = <Value>(make: () => Value): readonly Value[] => Array.from({ length: IDS }, make);
  return [
    { name: 'get by id', floor: 1.5, writes: false, operations: ids.map((id) => ({ kind: 'get', id })) },
    {
      name: 'list of 20, filtered and sorted',
      floor: 1.8,
      writes: false,
      operations: STATUSES.map((status) => ({ kind: 'list', status })),
    },
    {
      name: 'list of 20, one link expanded',
      floor: 1.4,
      writes: false,
      operations: STATUSES.map((status) => ({ kind: 'expanded', status })),
    },
    { name: FIRST_PAGE, writes: false, operations: [{ kind: 'page' }] },
    { name: DEEP_PAGE, writes: false, operations: places.map((after) => ({ kind: 'page', after })) },
    { name: 'create', floor: 0.85, writes: true, operations: times(() => ({ kind: 'create', body: newLead() })) },
    {
      name: 'patch',
      floor: 0.85,
      writes: true,
      operations: times(() => ({ kind: 'patch', id: pick(ids), body: { status: pick(STATUSES), notes: newNote() } })),
    },
  ];

  function newLead(): Readonly<Record<string, string>> {
    const number = Math.floor(random() * 1e6);
    return {
      name: `New lead ${number}`,
      phone: `+1555${String(number).padStart(7, '0')}`,
      email: `new${number}@example.com`,
      status: pick(STATUSES),
      notes: `Called, wants a "quote" for ${number} seats`,
      ownerId: pick(owners),
    };
  }

  function newNote(): string {
    return `Second call ${Math.floor(random() * 1e6)}`;
  }
}

/** Where pages of 100 end, behind the middle of the table. */
const PLACES = `
  select id, to_char(created_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  from (select id, created_at, row_number() over (order by created_at desc, id desc) as place from leads) as placed
  where place > 50000 and place % 100 = 0 order by place limit 20`;

function first([value = '']: readonly string[]): string {
  return value;
}
