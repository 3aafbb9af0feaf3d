import { PGlite } from '@electric-sql/pglite';
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist';
import { citext } from '@electric-sql/pglite/contrib/citext';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import type { Session } from '../../../runtime/database/database.ts';
import { onlyResult } from '../../../runtime/database/only-result.ts';
import { PgliteProtocol } from '../../../runtime/database/pglite-protocol.ts';
import { openPostgres } from '../../../runtime/database/postgres.ts';
import { preparedCluster } from '../../../runtime/database/prepared-cluster.ts';
import { startPostgres } from '../../postgres.ts';

export interface OwnSession {
  readonly session: Session;
  readonly close: () => Promise<void>;
}

/** A database of one's own: PGlite with the extensions that cases use, or a server of that version. */
export async function openSession(kind: 'pglite' | '15' | '18'): Promise<OwnSession> {
  if (kind === 'pglite') return openPgliteSession();
  const server = await startPostgres(kind);
  const database = openPostgres({ url: server.url, poolSize: 1 });
  const done = Promise.withResolvers<void>();
  const session = await new Promise<Session>((resolve, reject) => {
    database
      .session((own) => {
        resolve(own);
        return done.promise;
      })
      .catch(reject);
  });
  const close = async (): Promise<void> => {
    done.resolve();
    await database.close();
    await server.close();
  };
  return { session, close };
}

async function openPgliteSession(): Promise<OwnSession> {
  const pglite = await PGlite.create('memory://', {
    loadDataDir: await preparedCluster(),
    extensions: { pg_trgm, citext, btree_gist },
  });
  const protocol = new PgliteProtocol(pglite);
  const session: Session = {
    query: async (statement) => onlyResult(await protocol.execute([statement])),
    batch: async (statements) => (await protocol.execute(statements)).map(({ result }) => result),
    script: (sql) => protocol.script(sql),
  };
  return { session, close: () => pglite.close() };
}
