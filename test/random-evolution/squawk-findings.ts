import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MigrationClaim } from '../../compiler/plan/migration/plan-migration.ts';
import type { HazardKind } from '../../compiler/plan/migration/hazards.ts';

const SQUAWK = join(import.meta.dirname, '../../node_modules/.bin/squawk');

/** What the runner sees to, and what is the spec's choice and no hazard. */
const NOT_ASKED = [
  // Each step is booked with what it does, and carries its own timeouts to the runner.
  'prefer-robust-stmts',
  'require-lock-timeout',
  'require-statement-timeout',
  // Types, and where a new value stands, are what the spec says.
  'prefer-text-field',
  'prefer-bigint-over-int',
  'prefer-timestamp-tz',
  'require-enum-value-ordering',
];

/** What a header must declare where squawk finds something; none: only a table that the same file makes may do so. */
const DECLARED: Readonly<Record<string, readonly HazardKind[]>> = {
  'ban-drop-column': ['DATA_LOSS', 'TABLE_REWRITE'],
  'ban-drop-table': ['DATA_LOSS'],
  'ban-drop-not-null': ['BREAKS_READERS'],
  'renaming-column': ['BREAKS_RUNNING_CODE'],
  'renaming-table': ['BREAKS_RUNNING_CODE'],
  'adding-field-with-default': ['TABLE_REWRITE'],
  'changing-column-type': ['TABLE_REWRITE', 'BLOCKING_LOCK'],
  'require-concurrent-index-deletion': ['TABLE_REWRITE'],
  'require-concurrent-index-creation': [],
  'constraint-missing-not-valid': ['BLOCKING_LOCK'],
  'adding-foreign-key-constraint': [],
  'disallowed-unique-constraint': [],
};

interface Finding {
  readonly file: string;
  readonly line: number;
  readonly rule_name: string;
  readonly message: string;
}

/** What squawk says of some migrations beyond the hazards that their headers declare. */
export function squawkFindings(claims: readonly MigrationClaim[]): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'supercompile-squawk-'));
  try {
    for (const [index, { sql }] of claims.entries()) writeFileSync(join(folder, `${index}.sql`), sql);
    const files = claims.map((_, index) => `${index}.sql`);
    const options = ['--pg-version=15', '--reporter=json', `--exclude=${NOT_ASKED.join(',')}`];
    const { stdout, error } = spawnSync(SQUAWK, [...options, ...files], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 1e8,
    });
    if (error !== undefined) throw error;
    const findings: readonly Finding[] = JSON.parse(stdout);
    return findings.flatMap((finding) => undeclared(finding, claims[Number.parseInt(finding.file, 10)]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function undeclared(finding: Finding, claim: MigrationClaim | undefined): readonly string[] {
  if (claim === undefined) throw new TypeError(`squawk speaks of ${finding.file}`);
  const statement = claim.sql.split('\n')[finding.line] ?? '';
  const kinds = DECLARED[finding.rule_name];
  const isDeclared = claim.hazards.some(({ kind }) => kinds?.includes(kind) === true);
  if (isDeclared || (kinds !== undefined && (isOfNewTable(statement, claim) || isFree(finding, statement)))) return [];
  return [`${finding.rule_name}: ${finding.message}\n  ${statement}\n${claim.sql}`];
}

function isOfNewTable(statement: string, { sql }: MigrationClaim): boolean {
  const [, table] = /^(?:alter table|create (?:unique )?index \S+ on) (\S+)/.exec(statement) ?? [];
  return table !== undefined && sql.includes(`create table ${table} (`);
}

/** What squawk cannot tell from what costs a rewrite; the proof measures that nothing is rewritten. */
function isFree({ rule_name: rule }: Finding, statement: string): boolean {
  return FREE[rule]?.test(statement) === true;
}

const FREE: Readonly<Record<string, RegExp>> = {
  // A longer text is a change of the catalogue alone.
  'changing-column-type': /type (text|character varying\(\d+\));$/,
  // A number with its sign is a constant, and the moment of the statement is one for all its rows, some time later and its day too.
  'adding-field-with-default':
    / default (-\d+(\.\d+)?|\(now\(\) [-+] interval '\d+ seconds'\)|\(\(now\(\) at time zone '[^']+'\)::date\));$/,
};
