import { assume } from '../assume.ts';
import type { Executor } from '../database/database.ts';
import { Problem } from '../http/problem.ts';
import { refusalKind, refusedRow, writeProblem } from './conflicts.ts';
import type { AnyHooks, HookContext } from './hooks.ts';
import type { PartSpec, Repository } from './repository.ts';
import type { ConstraintMeaning } from './constraint-meaning.ts';
import type { Body, StoredRow } from './repository-definition.ts';
import { linkedFirst } from './linked-first.ts';
import { rowSerializer } from './serializer.ts';

/** A row that was created with the parts that its body brought. */
export interface CreatedTree {
  readonly repository: Repository;
  readonly id: string;
  /** By key, in the order of the body. */
  readonly lists: ReadonlyMap<string, readonly CreatedTree[]>;
}

/** User code around each part. */
export interface Around {
  readonly hooked: HookContext<unknown>;
  readonly hooksOf: (resource: string) => AnyHooks;
  /** Of each row that is created, by its id: what a refusal of it at commit means to the caller. */
  readonly meanings: Map<string, MeaningOf>;
}

/** Tells what an error about one row means, and where in the body that is. */
export type MeaningOf = (error: unknown) => unknown;

/** Where a body stands in that of the request. */
interface Place {
  readonly pointer: string;
  /** Key that it does not have there, because it says to what it belongs. */
  readonly link?: string;
  /** What an error means where a value of a row above it gets out of range, which is made of this body too. */
  readonly overflowAbove?: MeaningOf;
}

const TOP: Place = { pointer: '' };

/** Whether a body brings parts, be it none of them. */
export function bringsParts({ parts }: Repository, body: Body): boolean {
  return Object.keys(parts).some((key) => body[key] !== undefined);
}

/** Whether user code takes part in the creation of the parts that a body may bring. */
export function hasPartHooks({ parts }: Repository, hooksOf: Around['hooksOf']): boolean {
  return Object.values(parts).some(({ resource, repository }) => {
    const { beforeCreate, afterCreate } = hooksOf(resource);
    return beforeCreate !== undefined || afterCreate !== undefined || hasPartHooks(repository(), hooksOf);
  });
}

/**
 * Creates a row and, after it, the parts of its body one by one, each with its hooks; in a transaction.
 *
 * @throws Problem at the place of the row that the database refuses
 */
export async function createTree(
  on: Executor,
  repository: Repository,
  given: string | undefined,
  body: Body,
  around: Around,
  place: Place = TOP,
): Promise<CreatedTree> {
  const meaningHere: MeaningOf = (error) => below(place, writeProblem(error, repository.constraints));
  const overflow: MeaningOf = (error) => {
    const kind = refusalKind(error, repository.constraints);
    if (kind === 'overflow') return meaningHere(error);
    return kind === 'farOverflow' ? place.overflowAbove?.(error) : undefined;
  };
  const meaningOf: MeaningOf = (error) => overflow(error) ?? meaningHere(error);
  const row = await repository.create(on, given, body).catch((error: unknown) => {
    throw meaningOf(error);
  });
  const id = repository.idOf(row);
  around.meanings.set(id, meaningOf);
  const lists = new Map<string, CreatedTree[]>();
  const listed = Object.entries(repository.parts).flatMap(([key, part]) => {
    // The schema of the body has made it a list of bodies.
    const items = assume<readonly Body[] | undefined>(body[key]);
    if (items === undefined) return [];
    lists.set(key, []);
    return inLockOrder(key, part, items);
  });
  for (const { key, part, index, ...item } of linkedFirst(listed)) {
    const pointer = `${place.pointer}/${key}/${index}`;
    const made = await createPart(on, part, { ...item, above: id }, around, { pointer, overflowAbove: overflow });
    const list = lists.get(key);
    if (list !== undefined) list[index] = made;
  }
  return { repository, id, lists };
}

interface ListedPart {
  /** Of the list. */
  readonly key: string;
  readonly part: PartSpec;
  readonly index: number;
  readonly id: string | undefined;
  readonly body: Body;
}

/**
 * Parts by what they link to, whatever their order in the body: what keeps those rows up to date locks them, and of
 * two requests that name the same rows the second must wait for the first alone.
 */
function inLockOrder(key: string, part: PartSpec, items: readonly Body[]): readonly ListedPart[] {
  const own = part.repository();
  const linked = ({ body }: ListedPart): string => part.others.map((other) => String(body[other] ?? '')).join();
  return items
    .map((body, index) => ({ key, part, index, id: own.newId(body), body }))
    .map((one) => ({ one, place: linked(one) }))
    .toSorted((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : a.one.index - b.one.index))
    .map(({ one }) => one);
}

interface NewPart {
  readonly id: string | undefined;
  /** Of the row that it is part of. */
  readonly above: string;
  readonly body: Body;
}

async function createPart(
  on: Executor,
  { link, resource, repository }: PartSpec,
  { id, above, body }: NewPart,
  around: Around,
  place: Place,
): Promise<CreatedTree> {
  const { beforeCreate, afterCreate } = around.hooksOf(resource);
  const own = repository();
  const whole = { ...body, [link]: above };
  const final = beforeCreate ? { ...(await beforeCreate(whole, around.hooked)), [link]: above } : whole;
  const tree = await createTree(on, own, id, final, around, { ...place, link });
  if (afterCreate) {
    const [row] = await own.getMany(on, [tree.id]);
    await afterCreate(JSON.parse(rowSerializer(own.columns)(row ?? [])), around.hooked);
  }
  return tree;
}

/** Moves the places of a problem below that of the body it is about. */
function below({ pointer: place, link }: Place, error: unknown): unknown {
  if (!(error instanceof Problem) || link === undefined) return error;
  const { status, detail, code, headers } = error;
  const others = error.errors.filter(({ pointer }) => pointer !== `/${link}`);
  const errors = (others.length > 0 ? others : error.errors).map((one) => ({
    ...one,
    pointer: place + (one.pointer === `/${link}` ? '' : (one.pointer ?? '')),
  }));
  return new Problem(status, {
    headers,
    errors: errors.length > 0 ? errors : [{ pointer: place, code: 'conflict', detail: 'is refused' }],
    ...(detail !== undefined && { detail }),
    ...(code !== undefined && { code }),
  });
}

/** What an error means that is told when the transaction commits, where it is about a row of these: it names it by its id. */
export function meaningAtCommit(error: unknown, meanings: ReadonlyMap<string, MeaningOf>): unknown {
  return meanings.get(refusedRow(error) ?? '')?.(error);
}

/**
 * What rules that are looked at when the transaction commits mean: where in a list they do not hold is not known then.
 * One of a row that the request makes is no rule of others.
 */
export function lateConstraints({ constraints, parts }: Repository): Readonly<Record<string, ConstraintMeaning>> {
  const lists = Object.values(parts).map((part) => Object.entries(lateConstraints(part.repository())));
  const placeless = lists.flat().map(([name, meaning]) => [name, withoutKeys(meaning)] as const);
  const all = [...placeless, ...Object.entries(constraints)];
  const isFar = ([, [kind]]: (typeof all)[number]): boolean => kind === 'conflict' || kind === 'farOverflow';
  return Object.fromEntries([...all.filter(isFar), ...all.filter((one) => !isFar(one))]);
}

function withoutKeys(meaning: ConstraintMeaning): ConstraintMeaning {
  switch (meaning[0]) {
    case 'taken':
    case 'check':
    case 'overlap':
    case 'held':
      return [meaning[0], meaning[1]];
    case 'conflict':
      return [meaning[0], meaning[1], ...meaning.slice(2, 3)];
    case 'overflow':
    case 'farOverflow':
      return meaning;
    default:
      return [meaning[0]];
  }
}

/** The rows of a list as JSON, as they are once all parts are there, each with what it brought. */
export async function treesJson(
  on: Executor,
  repository: Repository,
  trees: readonly CreatedTree[],
): Promise<readonly string[]> {
  const stored = await repository.getMany(
    on,
    trees.map(({ id }) => id),
  );
  const byId = new Map(stored.map((row) => [repository.idOf(row), row]));
  const serialize = rowSerializer(repository.columns);
  const texts: string[] = [];
  for (const { id, lists } of trees) {
    const parts: string[] = [];
    for (const [key, rows] of lists) parts.push(await listJson(on, repository, key, rows));
    texts.push([serialize(byId.get(id) ?? []).slice(0, -1), ...parts].join(',') + '}');
  }
  return texts;
}

async function listJson(
  on: Executor,
  { parts }: Repository,
  key: string,
  rows: readonly CreatedTree[],
): Promise<string> {
  const own = parts[key]?.repository();
  const texts = own === undefined ? [] : await treesJson(on, own, rows);
  return `${JSON.stringify(key)}:[${texts.join(',')}]`;
}

/** The row itself, as it is once its parts are there. */
export async function rootRow(on: Executor, { repository, id }: CreatedTree): Promise<StoredRow> {
  const row = await repository.get(on, id);
  if (row === undefined) throw new TypeError('A row is gone that was just created.');
  return row;
}
