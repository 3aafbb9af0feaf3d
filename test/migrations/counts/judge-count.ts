import { expect } from 'vitest';
import { migrate } from '../../../runtime/migrations/migrate.ts';
import type { TestDatabase } from '../databases.ts';
import { readCounts } from '../judge-counts.ts';
import { planSpecs, spec } from '../plan-spec.ts';
import type { CountCase } from './count-cases.ts';

const LEAD = 'fields:\n  x: ';

/** Runs the counts of a header over rows that pass, and with each that is in the way: they say what the migration then meets. */
export async function judgeCount(item: CountCase, opened: TestDatabase): Promise<void> {
  const { plan, migrations } = planSpecs(
    spec({ Lead: `${LEAD}${item.before}` }),
    spec({ Lead: `${LEAD}${item.after}` }, `migration:\n  ${item.migration}\n`),
  );
  const hazards = plan.migration?.claim.hazards ?? [];
  expect(hazards.filter(({ kind, query }) => kind === 'MAY_FAIL_ON_DATA' && query === undefined)).toEqual([]);
  for (const wrong of [undefined, ...item.fails]) {
    await opened.reset();
    await migrate(opened.database, migrations.slice(0, 1));
    const values = [...item.fits, ...(wrong === undefined ? [] : [wrong])];
    for (const value of values) {
      await opened.database.query({ text: `insert into leads (x) values (${value})`, values: [] });
    }
    const counts = await opened.database.session((session) => readCounts(hazards, session));
    const failed = await migrate(opened.database, migrations).then(
      () => false,
      () => true,
    );
    expect({ wrong, failed, findings: [...counts.findings, ...counts.judge(failed)] }).toEqual({
      wrong,
      failed: wrong !== undefined,
      findings: [],
    });
  }
}
