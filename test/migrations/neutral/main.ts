import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readCases, type NeutralCase } from './neutral-case.ts';
import { openSession } from './open-session.ts';
import { reportCases, runCases, type CaseResult } from './run-cases.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { on: { type: 'string', multiple: true }, case: { type: 'string', multiple: true } },
});
const file = positionals[0] ?? join(import.meta.dirname, 'cases.yaml');
const wanted = (item: NeutralCase): boolean => values.case === undefined || values.case.includes(item.id);
const cases = readCases(readFileSync(file, 'utf8')).filter(wanted);
const kinds = (values.on ?? ['pglite', '15']) as readonly ('pglite' | '15' | '18')[];
let failed = 0;
for (const kind of kinds) {
  const database = await openSession(kind);
  const results: readonly CaseResult[] = await runCases(cases, database.session);
  await database.close();
  failed += results.filter(({ findings }) => findings.length > 0).length;
  console.log(`\n${file} on ${kind}\n${reportCases(results)}`);
}
process.exit(failed === 0 ? 0 : 1);
