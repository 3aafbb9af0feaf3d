import { analyze } from '../../compiler/analyze.ts';
import type { History } from '../../compiler/plan/migration/history.ts';
import { NO_HISTORY } from '../../compiler/plan/migration/history.ts';
import { planMigration, type MigrationPlan } from '../../compiler/plan/migration/plan-migration.ts';
import type { Migration } from '../../runtime/migrations/migration.ts';

/** Plans the migration of a spec; a spec that does not compile is a mistake of the test. */
export function planSpec(text: string, history: History = NO_HISTORY): MigrationPlan {
  const { app, document, diagnostics } = analyze(text, 'app.yaml');
  if (app === undefined) throw new Error(diagnostics.map(({ line, message }) => `${line}: ${message}`).join('\n'));
  return planMigration({ app, document, history });
}

/** Plans one spec after another, each draft sealed before the next; the history and all migrations for the runner. */
export function planSpecs(...texts: readonly string[]): {
  readonly plan: MigrationPlan;
  readonly history: History;
  readonly migrations: readonly Migration[];
} {
  let history = NO_HISTORY;
  let plan: MigrationPlan | undefined;
  for (const text of texts) {
    plan = planSpec(text, history);
    const errors = plan.diagnostics.map(({ message }) => message);
    if (errors.length > 0) throw new Error(errors.join('\n'));
    history = sealed(history, plan);
  }
  if (plan === undefined) throw new Error('no spec was given');
  return { plan, history, migrations: migrationsOf(history) };
}

/** A history with the plan's draft sealed on top. */
export function sealed(history: History, { migration }: MigrationPlan): History {
  if (migration === undefined) return history;
  const { id, sql, json, down } = migration;
  const entry = { id, sql: sql.text, json: json.text, down: down?.text, sealed: true };
  return { migrations: [...history.migrations, entry] };
}

/** What the runner would read from the files of a history. */
export function migrationsOf(history: History): readonly Migration[] {
  return history.migrations.map(({ id, sql = '', json = '', down }) => {
    const { parent, schema, sha256, lost } = JSON.parse(json);
    return {
      id,
      parent: parent ?? undefined,
      schema,
      sha256,
      sql,
      ...(lost && { lost }),
      ...(down !== undefined && { down }),
    };
  });
}

/** A spec of some entities, each given as the lines of its map. */
export function spec(entities: Readonly<Record<string, string>>, head = ''): string {
  const blocks = Object.entries(entities).map(([name, body]) => `  ${name}:\n${indent(body)}${ACCESS}`);
  return `supercompile: 1\nname: test-app\nauth:\n  provider: none\n${head}entities:\n${blocks.join('')}`;
}

const ACCESS = '    access:\n      all: { roles: [anonymous], allow: [create, read, update, delete], rows: all }\n';

function indent(body: string): string {
  return `${body.trim().replace(/^/gm, '    ')}\n`;
}
