import type { Database, Session } from '../../../runtime/database/database.ts';
import { openPglite } from '../../../runtime/database/pglite.ts';
import { openPostgres } from '../../../runtime/database/postgres.ts';
import { startPostgres } from '../../postgres.ts';

export interface OwnSession {
  readonly session: Session;
  readonly close: () => Promise<void>;
}

/** Extensions that cases use. */
const EXTENSIONS: readonly string[] = ['pg_trgm', 'citext', 'btree_gist', 'unaccent', 'hstore', 'ltree', 'pgcrypto'];

/** A database of one's own: PGlite with the extensions that cases use, or a server of that version. */
export async function openSession(kind: 'pglite' | '15' | '18'): Promise<OwnSession> {
  if (kind === 'pglite') return holdSession(await openPglite(undefined, EXTENSIONS));
  const server = await startPostgres(kind);
  return holdSession(openPostgres({ url: server.url, poolSize: 1 }), () => server.close());
}

async function holdSession(database: Database, afterwards?: () => Promise<void>): Promise<OwnSession> {
  const done = Promise.withResolvers<void>();
  const held = Promise.withResolvers<Session>();
  const end = database.session((session) => {
    held.resolve(session);
    return done.promise;
  });
  end.catch(held.reject);
  const close = async (): Promise<void> => {
    done.resolve();
    await end;
    await database.close();
    await afterwards?.();
  };
  return { session: await held.promise, close };
}
