import { expect, test } from 'vitest';
import { DATABASE_KINDS, openTestDatabase } from '../migrations/databases.ts';
import { compareVerdicts } from './compare-verdicts.ts';

const SAMPLE = 500;

test.for(DATABASE_KINDS.filter((kind) => kind !== '18'))(
  'SQL on %s, predicate and reference agree on random conditions',
  async (kind) => {
    const { database, close } = await openTestDatabase(kind);
    const { differences, verdicts } = await compareVerdicts(database, kind === 'pglite' ? 1 : 2, SAMPLE).finally(close);
    expect(differences).toEqual([]);
    expect(verdicts.yes).toBeGreaterThan(SAMPLE);
    expect(verdicts.no).toBeGreaterThan(SAMPLE);
  },
);
