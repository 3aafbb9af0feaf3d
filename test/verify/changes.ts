import { planSpec, planSpecs, spec } from '../migrations/plan-spec.ts';
import type { MigrationClaim } from '../../compiler/plan/migration/plan-migration.ts';

/** What is migrated first. */
export const BEFORE = spec({
  Account: 'fields:\n  name: { type: string, unique: true }',
  Lead: `
fields:
  title: { type: string, maxLength: 100 }
  email: { type: email, optional: true, unique: true }
  state: { type: enum, values: [new, won, lost, closed], default: new, transitions: { new: [won, lost], lost: [closed] } }
  mood: { type: enum, values: [good, bad], optional: true }
  score: { type: integer, min: 0, default: 0 }
  price: { type: decimal, precision: 10, scale: 2, optional: true }
  note: { type: text, optional: true }
  account: { type: reference, to: Account, optional: true, onDelete: setNull }
indexes:
  byScore: { fields: [score, title] }
`,
  Tag: 'fields:\n  word: { type: string }\n  lead: { type: reference, to: Lead, onDelete: cascade }',
});

/** Much at once: a table, columns and values renamed, filled, mapped, retyped, dropped, and rules made anew. */
export const AFTER = spec(
  {
    Account:
      'fields:\n  name: { type: string, maxLength: 300, unique: true }\n  city: { type: string, optional: true }',
    Prospect: `
was: Lead
fields:
  headline: { type: string, maxLength: 100, was: title }
  email: { type: email, optional: true, unique: true }
  state: { type: enum, values: [new, won, done], valuesWere: { done: closed }, default: new, transitions: { new: [won, done] } }
  mood: { type: enum, values: [great, good, bad], optional: true }
  score: { type: bigint, min: "0", default: "0" }
  price: { type: decimal, precision: 12, scale: 2, optional: true }
  grade: { type: integer }
  account: { type: reference, to: Account, optional: true, onDelete: setNull }
indexes:
  byScore: { fields: [score, headline, grade] }
`,
    Tag: 'fields:\n  word: { type: string, unique: true }\n  prospect: { type: reference, to: Prospect, onDelete: cascade, was: lead }',
  },
  `migration:
  allow:
    - drop field Prospect.note
    - drop value Prospect.state.lost
    - rewrite entity Prospect
    - check field Tag.word
  backfill: { Prospect.grade: 3 }
  values: { Prospect.state: { lost: done } }
`,
);

/** What the planner claims of the way from one spec to another. */
export function claimOf(before: string, after: string): MigrationClaim {
  const plan = planSpec(after, planSpecs(before).history);
  const errors = plan.diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message);
  if (plan.migration === undefined) throw new Error(errors.join('\n') || 'nothing was planned');
  return plan.migration.claim;
}

/** The statements of a migration that matter to its outcome: a validation alone saves a lock, and Postgres keeps a whole number's default. */
export function statementsOf({ sql }: MigrationClaim): readonly string[] {
  const all = [...sql.matchAll(/^(?!--)[^\n;][^;]*?;$/gms)].map(([text]) => text);
  return [...new Set(all)].filter(
    (text) => !/validate constraint \w+__sc_not_null|column score set default 0/.test(text),
  );
}

/** The first statement of each sort. */
export function sampleOf(statements: readonly string[]): readonly string[] {
  const sorts = new Map<string, string>();
  for (const text of statements) {
    const sort =
      text
        .replace(/[\w"]+\.[\w"]+/g, '')
        .match(/[a-z]+/g)
        ?.slice(0, 4)
        .join(' ') ?? '';
    if (!sorts.has(sort)) sorts.set(sort, text);
  }
  return [...sorts.values()].filter((_, index) => index % 4 === 0);
}

/** Statements whose absence nobody notices. */
export async function survivorsOf(
  claim: MigrationClaim,
  statements: readonly string[],
  prove: (claim: MigrationClaim) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const survivors: string[] = [];
  for (const statement of statements) {
    const found = await prove({ ...claim, sql: claim.sql.replaceAll(statement, () => '') });
    if (found.length === 0) survivors.push(statement);
  }
  return survivors;
}
