import { analyze } from '../../../compiler/analyze.ts';
import { archivedColumns, archiveName, restoredRow } from '../../../compiler/plan/database/archive.ts';
import { buildDatabaseSchema } from '../../../compiler/plan/database/build-database-schema.ts';
import { restores } from '../../../runtime/crud/restore.ts';
import { PreparedNames } from '../../../runtime/crud/statements.ts';
import type { Database } from '../../../runtime/database/database.ts';
import { kyselyOn } from '../../../runtime/database/kysely.ts';

/** Brings a deleted row back as the compiled backend of a spec does; false where none of the id is kept. */
export async function restoreRow(database: Database, text: string, entityName: string, id: string): Promise<boolean> {
  const { app } = analyze(text, 'app.yaml');
  const entity = app?.entities.find(({ name }) => name === entityName);
  if (app === undefined || entity === undefined) throw new Error(`${entityName} is no entity`);
  const { table } = entity.names;
  const archive = {
    table,
    archive: archiveName(table),
    entity: entity.name,
    constraints: () => ({}),
    ...restoredRow(app, entity, archivedColumns(entity, buildDatabaseSchema(app))),
  };
  const restore = restores('public', archive, kyselyOn(database), new PreparedNames(10));
  return restore(database, id);
}
