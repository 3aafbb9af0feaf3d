import type { Executor } from '../database/database.ts';
import { refusalKind, refusedRow } from './conflicts.ts';
import type { Repository } from './repository.ts';
import type { StoredRow } from './repository-definition.ts';

/** The row that a check of its own does not hold for, or that is frozen, where it is there although the request failed: none that it would have made. */
export async function refusedBefore(
  on: Executor,
  repository: Repository,
  error: unknown,
): Promise<StoredRow | undefined> {
  const id = refusedRow(error);
  const kind = refusalKind(error, repository.constraints);
  return id === undefined || (kind !== 'check' && kind !== 'frozen') ? undefined : repository.get(on, id);
}
