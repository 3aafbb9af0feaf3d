import { readColumn, ROWS } from './bench-database.ts';
import { generator } from './statistics.ts';

export type Side = 'ours' | 'reference';

export interface Workload {
  readonly name: string;
  /** Ratio of requests a second below which ours fails; none for what is only compared with itself. */
  readonly floor?: number;
  /** Requests, one a line; the two servers differ only in how a place in a list is spelled. */
  readonly requests: Readonly<Record<Side, readonly string[]>>;
  /** Whether each run adds rows or changes them. */
  readonly writes: boolean;
}

const STATUSES = ['new', 'contacted', 'qualified', 'won', 'lost'];
/** Ids that are asked for: a twentieth of the table, as a busy part of it. */
const IDS = 5_000;
/** Places in the list that deep pages start after. */
const PLACES = 20;

/** What is measured, with the requests of each. */
export async function buildWorkloads(databaseUrl: string, oursUrl: string): Promise<readonly Workload[]> {
  const random = generator(42);
  const pick = <Value>(values: readonly Value[]): Value => values[Math.floor(random() * values.length)]!;
  const ids = await readColumn(databaseUrl, `select id from leads order by md5(id::text) limit ${IDS}`);
  const owners = await readColumn(databaseUrl, 'select id from owners order by id');
  const places = await findPlaces(oursUrl);
  const both = (requests: readonly string[]): Workload['requests'] => ({ ours: requests, reference: requests });
  const patch = (): string =>
    `PATCH /leads/${pick(ids)} {"status":"${pick(STATUSES)}","notes":"Second call ${Math.floor(random() * 1e6)}"}`;
  return [
    { name: 'get by id', floor: 1.5, writes: false, requests: both(ids.map((id) => `GET /leads/${id}`)) },
    {
      name: 'list of 20, filtered and sorted',
      floor: 1.8,
      writes: false,
      requests: both(STATUSES.map((status) => `GET /leads?status=${status}`)),
    },
    { name: 'first page', writes: false, requests: both(['GET /leads?limit=20']) },
    {
      name: 'keyset page, deep',
      writes: false,
      requests: {
        ours: places.map(({ cursor }) => `GET /leads?limit=20&cursor=${cursor}`),
        reference: places.map(({ after }) => `GET /leads?limit=20&after=${after}`),
      },
    },
    { name: 'create', floor: 0.85, writes: true, requests: both(Array.from({ length: IDS }, createOf)) },
    { name: 'patch', floor: 0.85, writes: true, requests: both(Array.from({ length: IDS }, patch)) },
  ];

  function createOf(): string {
    const number = Math.floor(random() * 1e6);
    const body = {
      name: `New lead ${number}`,
      phone: `+1555${String(number).padStart(7, '0')}`,
      email: `new${number}@example.com`,
      status: pick(STATUSES),
      notes: `Called, wants a "quote" for ${number} seats`,
      ownerId: pick(owners),
    };
    return `POST /leads ${JSON.stringify(body)}`;
  }
}

interface Place {
  readonly cursor: string;
  /** The same for the reference: time and id of the last row before. */
  readonly after: string;
}

interface Page {
  readonly data: readonly { readonly id: string; readonly createdAt: string }[];
  readonly nextCursor: string | null;
}

/** Walks ours to the middle of the table, as a client would, and notes where the pages there begin. */
async function findPlaces(url: string): Promise<readonly Place[]> {
  const places: Place[] = [];
  let cursor = '';
  for (let passed = 100; places.length < PLACES; passed += 100) {
    const response = await fetch(`${url}/leads?limit=100${cursor === '' ? '' : `&cursor=${cursor}`}`);
    const { data, nextCursor } = (await response.json()) as Page;
    const last = data.at(-1);
    if (last === undefined || nextCursor === null) throw new Error('the list ended before its middle');
    cursor = nextCursor;
    if (passed > ROWS / 2) places.push({ cursor, after: `${last.createdAt}_${last.id}` });
  }
  return places;
}
