import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runTool } from './compiled-backend.ts';
import { typeErrors } from './type-errors.ts';

/**
 * Says how the compiled `app/database.ts` differs from what kysely-codegen reads out of the database:
 * the compiler's own messages, one for each table or column that has another type.
 */
export async function compareDatabaseTypes(folder: string, databaseUrl: string, schema: string): Promise<string> {
  const introspected = join(folder, 'test/introspected.ts');
  const options = [
    '--dialect',
    'postgres',
    '--url',
    databaseUrl,
    '--default-schema',
    schema,
    '--include-pattern',
    `${schema}.*`,
    '--exclude-pattern',
    '*.supercompile_*',
  ];
  const { code, stderr, stdout } = await runTool(folder, 'kysely-codegen', [...options, '--out-file', introspected]);
  if (code !== 0) throw new Error(`kysely-codegen failed: ${stderr}${stdout}`);
  writeFileSync(join(folder, 'test/database-types.ts'), comparison(tablesOf(readFileSync(introspected, 'utf8'))));
  // Nothing but these types, as strictly as the whole.
  const project = { extends: '../tsconfig.json', include: [], files: ['database-types.ts'] };
  writeFileSync(join(folder, 'test/tsconfig.json'), JSON.stringify(project));
  return typeErrors(folder, 'test');
}

/** Lines of the introspected `interface DB`. */
function tablesOf(text: string): readonly string[] {
  const body = /interface DB \{\n([^}]*)\}/.exec(text)?.[1] ?? '';
  const tables = [...body.matchAll(/^\s+(\S+): /gm)].map((match) => match[1] ?? '');
  if (tables.length === 0) throw new Error('kysely-codegen found no tables');
  return tables;
}

function comparison(tables: readonly string[]): string {
  return `import type { DB as Compiled } from '../app/database.ts';
import type { DB as Introspected } from './introspected.ts';

type Same<A, B> = [A, B] extends [B, A] ? true : false;
type Keys<A, B> = Same<keyof A, keyof B>;
type Columns<A, B extends Record<keyof A, unknown>> = { [Name in keyof A]: Same<A[Name], B[Name]> };
type AllTrue<A> = { [Name in keyof A]: true };

export const tables: Keys<Compiled, Introspected> = true;
${tables
  .map(
    (table, index) => `export const keys${index}: Keys<Compiled['${table}'], Introspected['${table}']> = true;
export const table${index}: Columns<Compiled['${table}'], Introspected['${table}']> = null as unknown as AllTrue<Compiled['${table}']>;
`,
  )
  .join('')}`;
}
