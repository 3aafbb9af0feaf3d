import { analyze } from '../../analyze.ts';
import type { History } from '../../plan/migration/history.ts';
import { planMigration } from '../../plan/migration/plan-migration.ts';

/** The migrations of a throw-away database, the last one perhaps planned for it alone. */
export interface SessionPlan {
  readonly history: History;
  /** Id of the migration that leads to the spec, where one is needed. */
  readonly added: string | undefined;
}

/** Why the rows of a throw-away database cannot stay. */
export interface NoSessionPlan {
  readonly refused: string;
}

/**
 * Plans the way from the migrations that a throw-away database has run to what a spec needs, so that
 * its rows stay; where there is none, as after a change that is not an addition, says what refuses it.
 */
export function planSession(
  spec: { readonly file: string; readonly text: string },
  base: History,
): SessionPlan | NoSessionPlan {
  const { app, document } = analyze(spec.text, spec.file);
  if (app === undefined) return { refused: 'the spec has errors' };
  const sealed = base.migrations.map((migration) => ({ ...migration, sealed: true }));
  const plan = planMigration({ app, document, history: { migrations: sealed } });
  const refusal = plan.diagnostics.find(({ severity }) => severity === 'error');
  if (refusal !== undefined) return { refused: `${refusal.code} ${refusal.message}` };
  const { migration } = plan;
  const draft =
    migration === undefined
      ? []
      : [{ id: migration.id, sql: migration.sql.text, json: migration.json.text, sealed: true }];
  return { history: { migrations: [...sealed, ...draft] }, added: migration?.id };
}

/** The migrations that the next build will not replace. */
export function withoutDrafts({ migrations }: History): History {
  return { migrations: migrations.filter(({ sealed }) => sealed) };
}
