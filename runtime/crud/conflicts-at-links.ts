import { DatabaseError } from '../database/errors.ts';
import type { Problem } from '../http/problem.ts';
import { linkedConflict, refusedRow } from './conflicts.ts';
import type { Repository } from './repository.ts';
import type { Body } from './repository-definition.ts';

/** A body of an entity, and where it stands in that of the request. */
export type LocatedBody = readonly [pointer: string, body: Body];

/**
 * What an error means where a check of a row that was there before stands against links of bodies, or of parts that they
 * bring: it points at each that leads to the row. `undefined` for any other error, and where none leads there.
 */
export function conflictAtLinks(
  error: unknown,
  repository: Repository,
  bodies: readonly LocatedBody[],
): Problem | undefined {
  const row = refusedRow(error);
  if (!(error instanceof DatabaseError) || row === undefined) return undefined;
  const { constraint = '' } = error;
  const found = bodies.flatMap((located) => linksTo(repository, constraint, row, located));
  const [first] = found;
  return (
    first &&
    linkedConflict(
      first.code,
      first.entity,
      found.map(({ pointer }) => pointer),
    )
  );
}

interface FoundLink {
  readonly pointer: string;
  readonly code: string;
  readonly entity: string;
}

function linksTo(
  repository: Repository,
  constraint: string,
  row: string,
  [pointer, body]: LocatedBody,
): readonly FoundLink[] {
  const [kind, code, entity, link] = repository.constraints[constraint] ?? [];
  const isFound = kind === 'conflict' && link !== undefined && body[link] === row;
  const own =
    isFound && code !== undefined && entity !== undefined ? [{ pointer: `${pointer}/${link}`, code, entity }] : [];
  const below = Object.entries(repository.parts).flatMap(([key, part]) => {
    const items: unknown = body[key];
    if (!Array.isArray(items)) return [];
    const own = part.repository();
    return items.flatMap((item: Body, index) => linksTo(own, constraint, row, [`${pointer}/${key}/${index}`, item]));
  });
  return [...own, ...below];
}
