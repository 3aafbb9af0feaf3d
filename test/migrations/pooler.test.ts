import { expect, test } from 'vitest';
import { openPostgres } from '../../runtime/database/postgres.ts';
import { TransactionPooler } from '../../runtime/migrations/errors.ts';
import { migrate } from '../../runtime/migrations/migrate.ts';
import { hasPgBouncer, startPgBouncer } from '../end-to-end/pgbouncer.ts';
import { hasPostgres } from '../describe-databases.ts';
import { openTestDatabase } from './databases.ts';
import { handWritten } from './hand-written.ts';

const ONE = handWritten('0001_one_00000000', undefined, '-- step 1\n\ncreate table public.t (id integer);\n');

test.skipIf(!hasPgBouncer || !hasPostgres('18'))(
  'a transaction pooler is refused, whether or not others use it; a direct connection is not',
  async () => {
    const opened = await openTestDatabase('18');
    const pooler = await startPgBouncer(opened.url, ['postgres']);
    const pooled = openPostgres({ url: pooler.url(opened.url), poolSize: 2 });
    try {
      await expect(migrate(pooled, [ONE])).rejects.toThrow(TransactionPooler);
      // Leaves several servers idle in the pool, of which any may be given out next.
      await Promise.all([1, 2, 3].map(() => pooled.query({ text: 'select pg_sleep(0.05)', values: [] })));
      await expect(migrate(pooled, [ONE])).rejects.toThrow(/direct connection/);
      expect((await migrate(opened.database, [ONE])).applied).toEqual([ONE.id]);
    } finally {
      await pooled.close();
      await pooler.close();
      await opened.close();
    }
  },
);
