import type { Executor, Session } from '../database/database.ts';
import type { Catalogue } from './catalogue/catalogue.ts';
import { compareCatalogues } from './catalogue/compare-catalogues.ts';
import type { CatalogueDifference } from './catalogue/compare-catalogues.ts';
import { parseCatalogue } from './catalogue/parse-catalogue.ts';
import { readCatalogue } from './catalogue/read-catalogue.ts';
import { withoutUnmanaged } from './catalogue/unmanaged.ts';
import { SchemaDrifted } from './errors.ts';
import { ledgerTable } from './ledger.ts';

/**
 * Sees to it that nobody changed the migrated tables since the last migration. Says nothing where that is not known:
 * before the first one, and after a run that was stopped.
 *
 * @throws SchemaDrifted
 */
export async function refuseDrift(session: Session, schema: string, unmanaged: readonly string[]): Promise<void> {
  const left = await readLeft(session, schema);
  if (left === undefined) return;
  const differences = await differencesFrom(session, schema, left, unmanaged);
  if (differences.length > 0) throw new SchemaDrifted(differences);
}

/** How the owned objects of a database differ from a catalogue. */
export async function differencesFrom(
  executor: Executor,
  schema: string,
  wanted: Catalogue,
  unmanaged: readonly string[],
): Promise<readonly CatalogueDifference[]> {
  return withoutUnmanaged(compareCatalogues(wanted, await readCatalogue(executor, schema), 'owned'), unmanaged);
}

/** Keeps what the last migration left, for the next run to compare with. */
export async function keepLeft(session: Session, schema: string, id: string): Promise<void> {
  const catalogue = JSON.stringify(await readCatalogue(session, schema));
  const text = `update ${ledgerTable(schema)} set catalogue = case when id = $1 then $2::jsonb end`;
  await session.query({ text, values: [id, catalogue] });
}

/** Before anything changes: what was left is no longer what is there. */
export async function forgetLeft(session: Session, schema: string): Promise<void> {
  const text = `update ${ledgerTable(schema)} set catalogue = null where catalogue is not null`;
  await session.query({ text, values: [] });
}

async function readLeft(session: Session, schema: string): Promise<Catalogue | undefined> {
  const text = `select catalogue::text from ${ledgerTable(schema)} where catalogue is not null`;
  const { rows } = await session.query({ text, values: [] });
  const kept = rows[0]?.[0];
  return kept === undefined || kept === null ? undefined : parseCatalogue(kept);
}
