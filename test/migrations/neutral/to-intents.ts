import { consentText, type Consent } from '../../../compiler/plan/migration/intent/consent.ts';
import type { Hazard } from '../../../compiler/plan/migration/hazards.ts';
import type { Intents, Rename } from '../../../compiler/plan/migration/intent/intents.ts';
import type { NeutralHints } from './neutral-case.ts';

/** What the author of a case declares, as the planner takes it; nothing is allowed yet. */
export function toIntents(hints: NeutralHints = {}): Intents {
  const renames = hints.renames ?? [];
  const tables = new Map(
    renames.flatMap((hint) => (hint['table'] === undefined ? [] : [[hint['table'], hint['to'] ?? '']])),
  );
  const now = (table: string): string => tables.get(table) ?? table;
  return {
    renames: renames.map((hint) => toRename(hint, now)),
    backfills: (hints.backfill ?? []).map(({ table, column, expr }) => ({ table, column, expression: expr })),
    casts: (hints.casts ?? []).map(({ column, using }) => {
      const [table, name] = cut(column);
      return { table, column: name, using };
    }),
    values: hints.enum_values ?? [],
    archives: [],
    isOfField: () => false,
    isAllowed: () => false,
  };
}

function toRename(hint: Readonly<Record<string, string>>, now: (table: string) => string): Rename {
  const to = hint['to'] ?? '';
  if (hint['table'] !== undefined) return { kind: 'table', name: hint['table'], to };
  if (hint['column'] !== undefined) {
    const [table, name] = cut(hint['column']);
    return { kind: 'column', table: now(table), name, to };
  }
  if (hint['enum'] !== undefined) return { kind: 'enum', name: hint['enum'], to };
  const [type, name] = cut(hint['enum_value'] ?? hint['value'] ?? '');
  return { kind: 'value', enum: type, name, to };
}

function cut(text: string): readonly [string, string] {
  const at = text.indexOf('.');
  return [text.slice(0, at), text.slice(at + 1)];
}

/** Renames are allowed by the hint that declares them. */
export function isRename(line: string): boolean {
  return line.startsWith('rename ');
}

/**
 * The consents that a line of `approve` gives: the one of that text or, as its verbs are a proposal,
 * those that the plan asks for about the object it ends with.
 */
export function toConsents(line: string, hazards: readonly Hazard[]): readonly Consent[] {
  const asked = hazards.flatMap(({ consents = [] }) => consents);
  const exact = asked.filter((consent) => consentText(consent) === line);
  const known = exact.length > 0 ? exact : parseLine(line);
  if (known.length > 0) return known;
  const object = line.split(' ').at(-1) ?? '';
  return asked.filter((consent) => consentText(consent).endsWith(` ${object}`));
}

/** What must be allowed before a plan is made at all, since without it a rename is suspected. */
function parseLine(line: string): readonly Consent[] {
  const [, verb = '', object = ''] = /^(drop table|drop column|remove value) (.+)$/.exec(line) ?? [];
  const [first, second] = cut(object);
  if (verb === 'drop table') return [{ kind: 'dropTable', table: object }];
  if (verb === 'drop column') return [{ kind: 'dropColumn', table: first, column: second }];
  return verb === 'remove value' ? [{ kind: 'dropValue', enum: first, value: second }] : [];
}
