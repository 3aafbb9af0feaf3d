import { expect } from 'vitest';
import { proveMigration } from '../../../compiler/verify/prove-migration.ts';
import { migrate } from '../../../runtime/migrations/migrate.ts';
import type { TestDatabase } from '../databases.ts';
import { planSpecs } from '../plan-spec.ts';
import { archiveSpecs, type ArchiveCase } from './archive-cases.ts';
import { restoreRow } from './restore-row.ts';

const ID = '00000000-0000-7000-8000-000000000001';

/** Migrates a database with a deleted row: it comes back as the case says, or the header counts it. */
export async function judgeArchive(item: ArchiveCase, opened: TestDatabase): Promise<void> {
  const [before, after] = archiveSpecs(item);
  const { plan, migrations } = planSpecs(before, after);
  const claim = plan.migration?.claim;
  if (claim === undefined) throw new Error('nothing is planned');
  await opened.reset();
  expect(await opened.database.session((session) => proveMigration(claim, session))).toEqual([]);
  await opened.reset();
  await migrate(opened.database, migrations.slice(0, 1));
  const columns = ['id', ...Object.keys(item.row)];
  await query(
    opened,
    `insert into leads (${columns.join(', ')}) values ('${ID}', ${Object.values(item.row).join(', ')})`,
  );
  await query(opened, 'delete from leads');
  const found = claim.hazards.filter((hazard) => hazard.query !== undefined && hazard.object.includes('_deleted'));
  const counts = await Promise.all(
    found.map(async (hazard) => [hazard.object, (await query(opened, hazard.query ?? ''))[0]?.[0]] as const),
  );
  expect(counts.filter(([, count]) => count !== '0')).toEqual(item.hazard === undefined ? [] : [[item.hazard, '1']]);
  if (item.stops === true) {
    await expect(migrate(opened.database, migrations)).rejects.toThrow();
    return;
  }
  await migrate(opened.database, migrations);
  const entity = item.renamed ?? 'Lead';
  if (item.restored === undefined) {
    await expect(restoreRow(opened.database, after, entity, ID)).rejects.toThrow();
    return;
  }
  expect(await restoreRow(opened.database, after, entity, ID)).toBe(true);
  const names = Object.keys(item.restored);
  const rows = await query(opened, `select ${names.join(', ')} from ${entity.toLowerCase()}s where id = '${ID}'`);
  expect(rows).toEqual([Object.values(item.restored)]);
}

async function query({ database }: TestDatabase, text: string): Promise<readonly (readonly (string | null)[])[]> {
  return (await database.query({ text, values: [] })).rows;
}
