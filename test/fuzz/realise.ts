import { targetOf } from '../tour/document.ts';
import type { BodyPlan, CursorUse, Expectation, FuzzRequest, Given, Plan } from './fuzz-request.ts';
import { rowIds, type FuzzWorld, type NextPage } from './fuzz-world.ts';

const NO_ROW = '00000000-0000-4000-8000-00000000dead';

/** The request that a plan is, now that rows are known. */
export function realise(plan: Plan, world: FuzzWorld): FuzzRequest {
  const { operation, kind, headers = {} } = plan;
  const { query, expectation } = queryOf(plan, world.pages.get(operation.id));
  const id = typeof plan.id === 'number' ? pick(world, operation.tag, plan.id) : plan.id;
  const path = operation.path
    .replace('{id}', () => id ?? '')
    .replace(/\{(\w+)\}/, (_, name) => otherRow(world, operation, name));
  const target = path + queryText(query);
  const body = plan.body && bodyText(world, plan.body);
  return {
    kind,
    expectation,
    method: operation.method.toUpperCase(),
    target: plan.target === undefined ? target : plan.target.replace('{target}', () => target),
    isOwnTarget: plan.target === undefined,
    id: typeof plan.id === 'number' ? id : undefined,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    body,
  };
}

/** A row that a path names beside its first: one of the kind that the parameter is of. */
function otherRow(world: FuzzWorld, { parameters }: Plan['operation'], name: string): string {
  const parameter = parameters.find((one) => one.name === name);
  return pick(world, targetOf(parameter?.schema ?? {}) ?? '', 0);
}

type Query = readonly (readonly [name: string, value: string])[];

function queryOf(
  { query = [], expectation, cursor }: Plan,
  page: NextPage | undefined,
): { readonly query: Query; readonly expectation: Expectation } {
  if (cursor === undefined) return { query, expectation };
  // A page of one row has a next one soon.
  if (page === undefined) return { query: [['limit', '1']], expectation };
  const changed = cursor === 'of another order' ? otherOrder(page.query) : page.query;
  return {
    query: [...changed, ['cursor', tamper(page.cursor, cursor)]],
    expectation: cursor === 'followed' ? 'accepted' : cursor === 'of another order' ? 'unknown' : 'refused',
  };
}

/** The same rows in another order where there is one: `createdAt` is what nearly every list sorts by. */
function otherOrder(query: Query): Query {
  const isAscending = query.some(([name, value]) => name === 'sort' && value === 'createdAt');
  return [...query.filter(([name]) => name !== 'sort'), ['sort', isAscending ? '-createdAt' : 'createdAt']];
}

function tamper(cursor: string, use: CursorUse): string {
  switch (use) {
    case 'truncated':
      return cursor.slice(0, -4);
    case 'changed':
      return (cursor.startsWith('A') ? 'B' : 'A') + cursor.slice(1);
    case 'continued':
      return `${cursor}AAAA`;
    default:
      return cursor;
  }
}

function queryText(query: Query): string {
  if (query.length === 0) return '';
  return `?${query.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&')}`;
}

function bodyText(world: FuzzWorld, body: BodyPlan): string {
  if (body.kind === 'text') return body.text;
  return membersText(world, body.members);
}

function membersText(world: FuzzWorld, members: readonly (readonly [string, Given])[]): string {
  return `{${members.map(([key, given]) => `${JSON.stringify(key)}:${givenText(world, given)}`).join(',')}}`;
}

function givenText(world: FuzzWorld, given: Given): string {
  switch (given.kind) {
    case 'value':
      return JSON.stringify(given.value);
    case 'text':
      return given.text;
    case 'bodies':
      return `[${given.bodies.map((members) => membersText(world, members)).join(',')}]`;
    case 'row':
      return JSON.stringify(pick(world, given.tag, given.index));
    case 'rows':
      return JSON.stringify(pickSome(world, given.tag, given.index, given.count));
    default:
      return given satisfies never;
  }
}

/** As many as are there. */
function pickSome(world: FuzzWorld, tag: string, index: number, count: number): readonly string[] {
  const ids = rowIds(world, tag);
  const from = index % Math.max(1, ids.length);
  return [...ids.slice(from), ...ids.slice(0, from)].slice(0, count);
}

function pick(world: FuzzWorld, tag: string, index: number): string {
  const ids = rowIds(world, tag);
  return ids[index % Math.max(1, ids.length)] ?? NO_ROW;
}
