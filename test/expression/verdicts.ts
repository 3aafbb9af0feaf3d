import { analyze } from '../../compiler/analyze.ts';
import { predicate } from '../../compiler/emit/expression/predicate.ts';
import { flatten } from '../../compiler/emit/text/fragment.ts';
import { compileExpression } from '../../compiler/expression/compile-expression.ts';
import type { Expression } from '../../compiler/expression/expression.ts';
import type { EntityShape, ExpressionScope } from '../../compiler/expression/scope.ts';
import type { App } from '../../compiler/model/app.ts';
import { entityShapes } from '../../compiler/model/expressions/entity-shapes.ts';
import { readLiteral } from '../../compiler/model/expressions/read-literal.ts';
import { readSpec } from '../../compiler/spec/read-spec.ts';
import { checkSql, whereSql } from '../../compiler/plan/expression/expression-sql.ts';
import type { SqlPlace } from '../../compiler/plan/expression/sql-writer.ts';
import type { Executor } from '../../runtime/database/database.ts';
import { DatabaseError } from '../../runtime/database/errors.ts';
import * as exact from '../../runtime/expression/exact.ts';
import * as lists from '../../runtime/expression/lists.ts';
import * as moments from '../../runtime/expression/moments.ts';
import * as order from '../../runtime/expression/order.ts';
import * as texts from '../../runtime/expression/texts.ts';
import { planSpec } from '../migrations/plan-spec.ts';
import { WORLD_RULES, WORLD_SPEC } from './world-spec.ts';
import { ENTITIES, type EntityName, type JsonRow, type World } from './world.ts';

const RUNTIME: Readonly<Record<string, unknown>> = { ...exact, ...lists, ...moments, ...order, ...texts };

/** The app of the world, and what expressions over it may say. */
export function worldScope(): { readonly app: App; readonly scope: ExpressionScope; readonly place: SqlPlace } {
  const { app } = analyze(WORLD_SPEC, 'app.yaml');
  const { spec, document } = readSpec(WORLD_SPEC, 'app.yaml');
  if (app === undefined || spec === undefined) throw new Error('the world does not compile');
  const entities = new Map(
    [...entityShapes(app.entities, spec, document)].map(([name, shape]): [string, EntityShape] => [
      name,
      { ...shape, rules: new Map(Object.entries(rulesOf(name))) },
    ]),
  );
  const tables = new Map(app.entities.map(({ name, names }) => [name, names.table]));
  return {
    app,
    scope: { entities, record: 'Thing', literals: readLiteral },
    place: { schema: 'public', tables, record: 'record' },
  };
}

function rulesOf(name: string): Readonly<Record<string, string>> {
  return name === 'Person' || name === 'Thing' ? WORLD_RULES[name] : {};
}

/** Compiles a condition; one that does not compile is a mistake of the test. */
export function compiled(text: string, scope: ExpressionScope): Expression {
  const { expression, problems } = compileExpression(text, scope);
  if (expression !== undefined) return expression;
  throw new Error(`${text}\n${problems.map(({ what, start, end }) => `${start}-${end} ${what}`).join('\n')}`);
}

/** Makes the world's tables and rows. */
export async function fillWorld(on: Executor, world: World, app: App): Promise<void> {
  const { migration } = planSpec(WORLD_SPEC);
  for (const statement of statementsOf(migration?.sql.text ?? '')) await on.query({ text: statement, values: [] });
  for (const name of ['Person', 'Thing', 'Part'] as const) {
    const { table } = ENTITIES[name];
    const rows = world[name].map((row) => columnsOf(app, name, row));
    const text = `insert into public.${table} select * from jsonb_populate_recordset(null::public.${table}, $1::jsonb)`;
    await on.query({ text, values: [JSON.stringify(rows)] });
  }
}

/** Every statement of a migration's file; bodies of functions stand between dollar quotes. */
function statementsOf(sql: string): readonly string[] {
  const plain = sql.replace(/^--.*$/gm, '');
  return [...plain.matchAll(/(?:[^;$]|\$\$[\s\S]*?\$\$)+;/g)]
    .map(([text]) => text)
    .filter((text) => text.trim() !== ';');
}

function columnsOf(app: App, name: EntityName, row: JsonRow): JsonRow {
  const fields = app.entities.find((entity) => entity.name === name)?.fields ?? [];
  const times = { created_at: '2026-01-01T00:00:00Z', updated_at: '2026-01-01T00:00:00Z', version: 1 };
  return {
    id: row['id'] ?? null,
    ...times,
    ...Object.fromEntries(fields.map(({ key, column }) => [column, row[key] ?? null])),
  };
}

/** Verdicts of the database on each row of `things`: as a check sees it and as `where` does. */
export interface SqlVerdicts {
  /** By expression, then row: `strict,where`. */
  readonly verdicts: readonly (readonly string[])[];
  readonly now: bigint;
}

/** Asks the database about many conditions at once. */
export async function sqlVerdicts(
  on: Executor,
  expressions: readonly Expression[],
  place: SqlPlace,
): Promise<SqlVerdicts> {
  const selects = expressions.map(
    (expression, index) =>
      `select ${index}, id, coalesce((${checkSql(expression, place)})::text, 'null'), ((${whereSql(expression, place)}) is true)::text, (extract(epoch from now()) * 1000000)::bigint::text from public.things record`,
  );
  const text = `${selects.join('\nunion all\n')}\norder by 1, 2`;
  const { rows } = await on.query({ text, values: [] }).catch((error: unknown) => {
    const words = error instanceof DatabaseError ? error.report().message : String(error);
    const at = error instanceof DatabaseError ? Number(error.report().position ?? 0) : 0;
    throw new Error(`${words}\n${text.slice(Math.max(0, at - 300), at + 300)}`);
  });
  const verdicts = expressions.map((_, index) =>
    rows.filter(([at]) => Number(at) === index).map(([, , strict, where]) => `${strict},${where}`),
  );
  return { verdicts, now: BigInt(rows[0]?.[4] ?? '0') };
}

/** The condition as the compiled server would ask it. */
export function compiledPredicate(expression: Expression): (record: unknown, now: bigint) => unknown {
  const { text } = flatten(predicate(expression));
  const names = Object.keys(RUNTIME);
  // The emitted text is what is tested, so it must be run.
  const run: (...values: readonly unknown[]) => unknown = new Function(
    ...names,
    'record',
    'now',
    `return (${text});`,
  ) as never;
  const values = Object.values(RUNTIME);
  return (record, now) => run(...values, record, now);
}

/** Rows with their links and lists within reach. */
export function linkedRows(world: World): Readonly<Record<EntityName, readonly object[]>> {
  const linked = new Map<unknown, object>();
  const all = (['Person', 'Thing', 'Part'] as const).map(
    (name) => [name, world[name].map((row) => ({ ...row }))] as const,
  );
  for (const [, rows] of all) for (const row of rows) linked.set(Reflect.get(row, 'id'), row);
  for (const [name, rows] of all) {
    for (const row of rows) {
      for (const { name: link } of ENTITIES[name].links)
        Reflect.set(row, link, linked.get(Reflect.get(row, `${link}Id`)) ?? null);
      for (const { name: list, entity, by } of ENTITIES[name].lists) {
        const items = world[entity].filter((one) => one[by] === Reflect.get(row, 'id'));
        Reflect.set(
          row,
          list,
          items.map(({ id }) => linked.get(id)),
        );
      }
    }
  }
  const [people, things, parts] = all.map(([, rows]) => rows);
  return { Person: people ?? [], Thing: things ?? [], Part: parts ?? [] };
}
