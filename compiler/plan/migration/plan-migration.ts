import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { hasErrors, sortDiagnostics } from '../../diagnostics/sort-diagnostics.ts';
import type { Located } from '../../diagnostics/span.ts';
import type { App } from '../../model/app.ts';
import { buildDatabaseSchema } from '../database/build-database-schema.ts';
import { prettyJson, sha256 } from './canonical-json.ts';
import { schemaState } from '../database/canonical-schema.ts';
import { checkDatabaseSchema } from '../database/check-database-schema.ts';
import type { DatabaseSchema } from '../database/database-schema.ts';
import { diffSchemas } from './diff/diff-schemas.ts';
import { foldOperations } from './fold-operations.ts';
import type { Hazard } from './hazards.ts';
import type { History } from './history.ts';
import { appIntents } from './intent/app-intents.ts';
import { traceLineage } from './intent/lineage.ts';
import { reportChanges } from './intent/report-changes.ts';
import { reportIdKinds, reportLineage } from './intent/report-lineage.ts';
import { createSpecNames, type SpecNames } from './intent/spec-names.ts';
import { withExtensionsOf } from './lasting-extensions.ts';
import { migrationName } from './migration-name.ts';
import { MIGRATION_FORMAT, recordedHazard, recordJson, type MigrationRecord } from './migration-record.ts';
import { migrationSql } from './migration-sql.ts';
import type { Operation } from './operations.ts';
import { readHistory, type SealedHistory } from './read-history.ts';
import { schemaHash } from './schema-hash.ts';
import { wayBack } from './way-back.ts';
import { reportHistory } from './report-history.ts';
import { sameSchema } from './same-schema.ts';

export interface MigrationRequest {
  readonly app: App;
  /** The spec: refusals point into it. */
  readonly document: Located;
  readonly history: History;
}

/** A file of the backend, its path relative to the backend's folder. */
export interface MigrationFile {
  readonly path: string;
  readonly text: string;
}

/** What a migration says that it does: to be proven before it is written. */
export interface MigrationClaim {
  readonly id: string;
  readonly from: DatabaseSchema;
  readonly to: DatabaseSchema;
  readonly operations: readonly Operation[];
  readonly hazards: readonly Hazard[];
  readonly sql: string;
  /** What takes it back. */
  readonly down?: string;
}

export interface MigrationPlan {
  /** What the database is once all migrations ran. */
  readonly schema: DatabaseSchema;
  /** Ids in the order of the parent chain, the new draft last. */
  readonly migrations: readonly string[];
  /** The new draft; absent when the history already leads to the schema. */
  readonly migration?: {
    readonly id: string;
    readonly sql: MigrationFile;
    readonly json: MigrationFile;
    /** The way back, where nothing is lost by it. */
    readonly down?: MigrationFile;
    readonly claim: MigrationClaim;
  };
  /** `migrations/snapshot.json`. */
  readonly snapshot: MigrationFile;
  /** With an error among them, nothing of this may be written. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Plans the one migration that leads from the sealed history to what the app needs. */
export function planMigration({ app, document, history }: MigrationRequest): MigrationPlan {
  const built = buildDatabaseSchema(app);
  const sealed = readHistory(history, built.name);
  const from = sealed.schema;
  const wanted = withExtensionsOf(from, built);
  const broken = [...checkDatabaseSchema(app, wanted, document), ...reportHistory(sealed.problems)];
  if (hasErrors(broken)) return withoutDraft(app, wanted, sealed, broken);
  const lineage = traceLineage(app, from, wanted);
  const contradicted = [...broken, ...reportLineage(lineage, document), ...reportIdKinds(app, lineage, document)];
  if (hasErrors(contradicted)) return withoutDraft(app, wanted, sealed, contradicted);
  const declared = { app, from, to: wanted, lineage };
  const names = createSpecNames(declared);
  const intents = appIntents(declared, names);
  const diff = diffSchemas(from, wanted, intents);
  const diagnostics = sortDiagnostics([
    ...broken,
    ...reportChanges({ app, document, from, lineage, diff, intents, names }),
  ]);
  if (hasErrors(diagnostics)) return withoutDraft(app, wanted, sealed, diagnostics);
  const operations = [...createSchema(sealed, wanted), ...diff.operations];
  if (operations.length === 0) return withoutDraft(app, from, sealed, diagnostics);
  const allowed = new Set(app.migration?.allow ?? []);
  const hazards = diff.hazards.map((hazard) => withConsent(hazard, names, allowed));
  return withDraft(app, sealed, { wanted, operations, hazards, diagnostics });
}

/** A hazard with the line that let it pass. */
function withConsent(hazard: Hazard, names: SpecNames, allowed: ReadonlySet<string>): Hazard {
  const line = hazard.consents?.map(names.line).find((item) => allowed.has(item));
  return line === undefined ? hazard : { ...hazard, allowed: line };
}

function withoutDraft(
  app: App,
  schema: DatabaseSchema,
  { migrations }: SealedHistory,
  diagnostics: readonly Diagnostic[],
): MigrationPlan {
  return { schema, migrations, snapshot: snapshotFile(app, schema, migrations.at(-1)), diagnostics };
}

function withDraft(
  app: App,
  sealed: SealedHistory,
  {
    wanted,
    operations,
    hazards,
    diagnostics,
  }: {
    readonly wanted: DatabaseSchema;
    readonly operations: readonly Operation[];
    readonly hazards: readonly Hazard[];
    readonly diagnostics: readonly Diagnostic[];
  },
): MigrationPlan {
  const schema = foldOperations(sealed.schema, operations);
  if (!leadsTo(schema, wanted)) throw new Error('the planned operations do not lead to the schema');
  const sql = migrationSql(schema.name, operations, hazards);
  const from = schemaHash(sealed.schema);
  const parent = sealed.migrations.at(-1);
  const id = migrationName({ format: MIGRATION_FORMAT, parent, from, operations });
  const links = { id, parent, replaces: undefined, schema: schema.name };
  const hashes = { from, to: schemaHash(schema), sha256: sha256(sql) };
  const recorded = hazards.map(recordedHazard);
  const back = wayBack({ from: sealed.schema, to: schema, operations, hazards });
  const kept = back.kind === 'down' ? { down: sha256(back.sql) } : back.lost.length > 0 && { lost: back.lost };
  const base: MigrationRecord = { format: MIGRATION_FORMAT, ...links, ...hashes, ...kept, operations };
  const record: MigrationRecord = recorded.length === 0 ? base : { ...base, hazards: recorded };
  return {
    schema,
    migrations: [...sealed.migrations, id],
    migration: {
      id,
      sql: { path: `migrations/${id}.sql`, text: sql },
      json: { path: `migrations/${id}.json`, text: recordJson(record) },
      ...(back.kind === 'down' && { down: { path: `migrations/${id}.down.sql`, text: back.sql } }),
      claim: {
        id,
        from: sealed.schema,
        to: schema,
        operations,
        hazards,
        sql,
        ...(back.kind === 'down' && { down: back.sql }),
      },
    },
    snapshot: snapshotFile(app, schema, id),
    diagnostics,
  };
}

/** Whether nothing is left to plan; expressions that Postgres takes alike may be spelled otherwise. */
function leadsTo(schema: DatabaseSchema, wanted: DatabaseSchema): boolean {
  if (sameSchema(schema, wanted)) return true;
  const { operations, refusals } = diffSchemas(schema, wanted);
  return operations.length === 0 && refusals.length === 0;
}

/** `public` is there; any other schema is made by the first migration. */
function createSchema({ migrations }: SealedHistory, { name }: DatabaseSchema): readonly Operation[] {
  return migrations.length === 0 && name !== 'public' ? [{ kind: 'createSchema' }] : [];
}

/** For readers and reviews, what the migrations fold to, one attribute a line; for the runner, what is none of its business. */
function snapshotFile({ database }: App, schema: DatabaseSchema, head: string | undefined): MigrationFile {
  const snapshot = {
    format: MIGRATION_FORMAT,
    head: head ?? null,
    state: schemaHash(schema),
    ...(database.unmanaged && { unmanaged: database.unmanaged }),
    schema: schemaState(schema),
  };
  return { path: 'migrations/snapshot.json', text: prettyJson(snapshot) };
}
