import type { Operation } from './workloads.ts';

/** How a server spells an operation: method, path, body; `undefined` where it has no such operation. */
export type Dialect = (operation: Operation) => string | undefined;

/** The hand-written server's, and that of peers for which a server is written by hand as well. */
export const plainDialect: Dialect = (operation) => {
  switch (operation.kind) {
    case 'get':
      return `GET /leads/${operation.id}`;
    case 'list':
      return `GET /leads?status=${operation.status}`;
    case 'expanded':
      return `GET /leads?status=${operation.status}&expand=owner`;
    case 'page':
      return `GET /leads?limit=20${operation.after === undefined ? '' : `&after=${operation.after.createdAt}_${operation.after.id}`}`;
    case 'create':
      return `POST /leads ${JSON.stringify(operation.body)}`;
    case 'patch':
      return `PATCH /leads/${operation.id} ${JSON.stringify(operation.body)}`;
  }
};

/** The same without pages that start after a row, and without links. */
export const shortDialect: Dialect = (operation) =>
  operation.kind === 'page' || operation.kind === 'expanded' ? undefined : plainDialect(operation);

export const platformaticDialect: Dialect = (operation) => {
  switch (operation.kind) {
    case 'get':
      return `GET /leads/${operation.id}`;
    case 'list':
      return `GET /leads/?where.status.eq=${operation.status}&limit=20&orderby.createdAt=desc&orderby.id=desc`;
    case 'create':
      // It does not know the column's default.
      return `POST /leads/ ${JSON.stringify({ ...operation.body, version: 1 })}`;
    default:
      return undefined;
  }
};

/** Its RPC. */
export const zenstackDialect: Dialect = (operation) => {
  const query = (name: string, args: object): string =>
    `GET /api/model/lead/${name}?q=${encodeURIComponent(JSON.stringify(args))}`;
  switch (operation.kind) {
    case 'get':
      return query('findUnique', { where: { id: operation.id } });
    case 'list':
      return query('findMany', {
        where: { status: operation.status },
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        take: 20,
      });
    case 'create':
      return `POST /api/model/lead/create ${JSON.stringify({ data: operation.body })}`;
    case 'patch':
      return `PUT /api/model/lead/update ${JSON.stringify({ where: { id: operation.id }, data: operation.body })}`;
    default:
      return undefined;
  }
};

/** A compiled backend's: a place in its list is a cursor that it gave out itself. */
export async function compiledDialect(url: string, places: readonly string[]): Promise<Dialect> {
  const cursors = await findCursors(url, new Set(places));
  return (operation) => {
    if (operation.kind !== 'page' || operation.after === undefined) return plainDialect(operation);
    const cursor = cursors.get(operation.after.id);
    if (cursor === undefined) throw new Error(`no page ends with ${operation.after.id}`);
    return `GET /leads?limit=20&cursor=${cursor}`;
  };
}

interface Page {
  readonly data: readonly { readonly id: string }[];
  readonly nextCursor: string | null;
}

/** Walks the list as a client would; the cursors by the last row before them. */
async function findCursors(url: string, wanted: ReadonlySet<string>): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  let cursor = '';
  while (found.size < wanted.size) {
    const response = await fetch(`${url}/leads?limit=100${cursor === '' ? '' : `&cursor=${cursor}`}`);
    const { data, nextCursor } = (await response.json()) as Page;
    if (nextCursor === null) throw new Error('the list ended before its middle');
    cursor = nextCursor;
    const last = data.at(-1)?.id ?? '';
    if (wanted.has(last)) found.set(last, cursor);
  }
  return found;
}
