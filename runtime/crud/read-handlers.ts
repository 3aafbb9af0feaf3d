import type { Context } from 'hono';
import { ANONYMOUS } from '../access/authorize.ts';
import type { RawRow } from '../database/raw-row.ts';
import { etagOf, isNoneMatch } from '../http/conditional.ts';
import { Problem } from '../http/problem.ts';
import { emptyAnswer, jsonAnswer, notFound } from './answers.ts';
import { writeJson, type JsonWriter } from './json-writer.ts';
import type { ListRequest } from './list-query.ts';
import { PointReads } from './point-reads.ts';
import type { Repository } from './repository.ts';
import type { Handlers, ResourceDefinition, ResourceServices } from './resource-definition.ts';
import { pageJson } from './page-json.ts';
import { NOTHING_BELOW, rowWriter } from './row-writer.ts';
import type { Shown } from './shown-query.ts';

/** Answers reads of one resource: raw text from the database to JSON text, without an object in between. */
export function readHandlers(
  { name, repository }: ResourceDefinition,
  { database, cursors }: ResourceServices,
): Pick<Handlers, 'list' | 'get'> {
  const rows = new PointReads(repository, database);
  const bindingOf = bindings(name, repository);
  const whole = rowWriter(repository.columns);
  const writeWhole: WriteRow = (json, row) => whole(json, row, NOTHING_BELOW);
  const writerOf = async (page: readonly RawRow[], shown: Shown): Promise<WriteRow> =>
    shown.expand.length + shown.fields.length === 0 ? writeWhole : repository.writer(database, page, shown);
  const answerRow = async (context: Context, row: RawRow, shown: Shown): Promise<Response> => {
    const write = await writerOf([row], shown);
    const body = writeJson((json) => write(json, row));
    return jsonAnswer(context, 200, body, { etag: etagOf(row.text(VERSION_AT)) });
  };
  /** Always whole: the ETag is the row's, and what it links to may have changed without it. */
  const getExpanded = async (context: Context, id: string, shown: Shown): Promise<Response> => {
    const row = await repository.getExpanded(database, id, shown.expand);
    if (row === undefined) throw notFound();
    return answerRow(context, row, shown);
  };
  return {
    list: async (context, request) => {
      const list = bindingOf(request);
      const cursor = request.cursor === undefined ? undefined : cursors.decode(request.cursor, list);
      if (request.cursor !== undefined && cursor === undefined) throw foreignCursor();
      const [page, count] = await Promise.all([
        repository.list(database, request, cursor),
        repository.count(database, request),
      ]);
      const write = await writerOf(page.rows, request);
      const next = page.next && cursors.encode(page.next, list);
      return jsonAnswer(context, 200, pageJson(page.rows, write, next, count), {});
    },
    get: async (context, id, shown) => {
      if (shown.expand.length > 0) return getExpanded(context, id, shown);
      const row = await rows.read(ANONYMOUS, id);
      if (row === undefined) throw notFound();
      const etag = etagOf(row.text(VERSION_AT));
      if (isNoneMatch(context.req.header('if-none-match'), etag)) return emptyAnswer(context, 304, { etag });
      return answerRow(context, row, shown);
    },
  };
}

type WriteRow = (json: JsonWriter, row: RawRow) => void;

/** Where the version stands in a row. */
const VERSION_AT = 0;

/**
 * What a cursor belongs to: the resource, its filters, its search, its order and what the columns of that hold, which a
 * migration may change; the page's size may change.
 */
function bindings(name: string, { sorts }: Repository): (request: ListRequest) => string {
  const columns = new Map(Object.entries(sorts).map(([key, column]) => [key, JSON.stringify(column)]));
  return ({ filters, sort, search }) =>
    JSON.stringify([name, filters, sort, sort.map(({ key }) => columns.get(key)), search]);
}

function foreignCursor(): Problem {
  const errors = [{ parameter: 'cursor', code: 'cursor', detail: 'is no cursor of this list, filter and sort' }];
  return new Problem(422, { detail: 'The request does not validate.', errors });
}
