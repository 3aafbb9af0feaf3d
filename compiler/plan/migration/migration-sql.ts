import { hazardLines } from './hazard-lines.ts';
import type { Hazard } from './hazards.ts';
import { planSteps, type Step } from './migration-steps.ts';
import { operationSql } from './operation-sql.ts';
import type { Operation } from './operations.ts';
import { qualify } from '../sql/sql-text.ts';

const HEADER = [
  '-- Compiled by supercompile: do not edit. Part of the history: once committed it never changes again.',
  '-- Each step runs by itself; `supercompile migrate up` or `node app/migrate.ts` keeps account of them.',
];

/** The text of a migration: plain SQL, its steps marked for the runner. */
export function migrationSql(schema: string, operations: readonly Operation[], hazards: readonly Hazard[]): string {
  const steps = planSteps(operations).map((step, index) => stepSql(schema, step, index + 1));
  return `${[[...HEADER, ...hazards.flatMap(hazardLines)].join('\n'), ...steps].join('\n\n')}\n`;
}

const SILENT = '-- Nothing to run: what has changed is a matter of the history alone.';

function stepSql(schema: string, step: Step, number: number): string {
  const statements = step.operations.map((operation) => operationSql(schema, operation)).filter((sql) => sql !== '');
  const text = statements.length === 0 ? SILENT : joinStatements(statements);
  return `${marker(schema, step, number)}\n\n${text}`;
}

/** Statements of one line stand together, longer ones apart. */
function joinStatements(statements: readonly string[]): string {
  return statements.reduce((text, sql, index) => {
    const apart = sql.includes('\n') || statements[index - 1]?.includes('\n') === true;
    return index === 0 ? sql : `${text}${apart ? '\n\n' : '\n'}${sql}`;
  }, '');
}

/** `-- step 2 notx lock_timeout=10min retry=drop-invalid-index:public.leads_score_idx` */
function marker(schema: string, step: Step, number: number): string {
  const { transaction, batchRows, lockTimeout, extension, invalidIndex } = step;
  const batched = batchRows === undefined ? [] : [`batched=${batchRows}`];
  const retry = invalidIndex === undefined ? [] : [`retry=drop-invalid-index:${qualify(schema, invalidIndex.name)}`];
  return [
    '-- step',
    number,
    ...(transaction ? [] : ['notx']),
    ...batched,
    `lock_timeout=${lockTimeout}`,
    ...(extension === undefined ? [] : [`extension=${extension}`]),
    ...retry,
  ].join(' ');
}
