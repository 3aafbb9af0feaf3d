import { pointer } from '../../../diagnostics/json-pointer.ts';
import type { Entity } from '../../../model/app.ts';
import { exclusionName, rangeOrderName } from '../../database/no-overlap.ts';
import { rowCheckName } from '../../database/row-checks.ts';
import type { Reporter } from '../../../diagnostics/reporter.ts';
import { find } from '../named-list.ts';
import type { DatabaseSchema } from '../../database/database-schema.ts';
import type { Hazard, HazardKind } from '../hazards.ts';
import type { Consent } from './consent.ts';
import type { Lineage } from './lineage.ts';
import { fieldPointer } from './report-refusals.ts';
import type { SpecNames } from './spec-names.ts';

/** What leads from where, and how the spec calls it. */
interface Change {
  readonly from: DatabaseSchema;
  readonly lineage: Lineage;
  readonly names: SpecNames;
}

/** Hazards that one line would let pass. */
interface Risk {
  readonly line: string;
  readonly consent: Consent;
  readonly hazards: readonly Hazard[];
}

/** One diagnostic a line that the spec lacks; `settled` are lines and subjects that are told already. */
export function reportRisks(
  hazards: readonly Hazard[],
  change: Change,
  settled: ReadonlySet<string>,
  reporter: Reporter,
): void {
  const { names } = change;
  const risks = new Map<string, Risk>();
  const asked = new Set(hazards.flatMap(({ consents = [] }) => consents.slice(0, 1)).map(names.line));
  for (const hazard of hazards) {
    const [consent, ...others] = hazard.consents ?? [];
    if (
      consent === undefined ||
      others.some((other) => asked.has(names.line(other)) && names.line(other) !== names.line(consent))
    )
      continue;
    const line = names.line(consent);
    risks.set(line, { line, consent: names.meant(consent), hazards: [...(risks.get(line)?.hazards ?? []), hazard] });
  }
  for (const risk of risks.values()) if (!settled.has(risk.line)) reportRisk(risk, change, settled, reporter);
}

function reportRisk(
  { line, consent, hazards }: Risk,
  { from, lineage, names }: Change,
  settled: ReadonlySet<string>,
  reporter: Reporter,
): void {
  const query = hazards.flatMap((hazard) => hazard.query ?? []).join(' ') || undefined;
  const kinds = hazards.map(({ kind }) => kind);
  switch (consent.kind) {
    case 'dropTable': {
      const owner = names.archived(consent.table)?.name;
      if (owner !== undefined) {
        const params = { subject: owner, effect: 'no longer keeps its deleted rows, and loses those it has', line };
        return reporter.report('risk-not-allowed', pointer('entities', owner), params, { at: 'key' });
      }
      return reporter.report(
        'entity-removed',
        pointer('entities'),
        { subject: names.entity(consent.table), line },
        { at: 'key' },
      );
    }
    case 'dropColumn': {
      const subject = names.field(consent.table, consent.column);
      const at = pointer('entities', names.entity(consent.table), 'fields');
      return reporter.report('field-removed', at, { subject, line }, { at: 'key' });
    }
    case 'dropValue': {
      const subject = names.enumField(consent.enum);
      const params = { subject, value: consent.value, line, query };
      return reporter.report('value-removed', `${fieldPointer(subject)}/values`, params);
    }
    case 'require': {
      const subject = names.field(consent.table, consent.column);
      if (settled.has(subject)) return;
      const isThere =
        find(find(from.tables, lineage.formerName(consent.table))?.columns ?? [], consent.column) !== undefined;
      if (isThere)
        return reporter.report('field-made-required', fieldPointer(subject), { subject, line, query }, { at: 'key' });
      return reporter.report('required-field-added', fieldPointer(subject), { subject, line }, { at: 'key' });
    }
    case 'validate': {
      const subject = line.slice(line.lastIndexOf(' ') + 1);
      const params = { subject, rule: consent.name, line, query };
      const at = declaredAt(names.entityOf(consent.table), consent.name) ?? rulePointer(line);
      return reporter.report('rule-over-rows', at, params, { at: 'key' });
    }
    case 'retype': {
      const subject = names.field(consent.table, consent.column);
      const effect = [...new Set(kinds)].map((kind) => EFFECTS[kind]).join(' and ');
      return reporter.report('field-type-changed', `${fieldPointer(subject)}/type`, { subject, effect, line, query });
    }
    default: {
      const subject = line.slice(line.lastIndexOf(' ') + 1);
      // No entity has the table of a list's pairs, which go alone.
      const isUnlink = consent.kind === 'cascade' && names.entityOf(consent.table) === undefined;
      const effect = isUnlink ? UNLINKS : [...new Set(kinds)].map((kind) => EFFECTS[kind]).join(' and ');
      const at = subject.includes('.') ? fieldPointer(subject) : pointer('entities', subject);
      return reporter.report('risk-not-allowed', at, { subject, effect, line }, { at: 'key' });
    }
  }
}

/** Where a condition or a range that makes a rule is written; undefined for the rules of a field. */
function declaredAt(entity: Entity | undefined, rule: string): string | undefined {
  if (entity === undefined) return undefined;
  const { table } = entity.names;
  const check = entity.checks.find((item) => rowCheckName(table, item) === rule);
  if (check !== undefined) return pointer('entities', entity.name, 'checks', check.name);
  const range = entity.noOverlaps.find((item) =>
    [exclusionName(table, item), rangeOrderName(table, item)].includes(rule),
  );
  return range && pointer('entities', entity.name, 'noOverlap', range.name);
}

function rulePointer(line: string): string {
  const subject = line.slice(line.lastIndexOf(' ') + 1);
  const [entity = '', name = ''] = subject.split('.');
  return line.startsWith('check unique') ? pointer('entities', entity, 'unique', name) : fieldPointer(subject);
}

/** What a cascade does to a list of links. */
const UNLINKS = 'drops the id of a row that is deleted from now on, and has kept that row from being deleted so far';

/** What a hazard does to its subject. */
const EFFECTS: Readonly<Record<HazardKind, string>> = {
  DATA_LOSS: 'loses what its values hold beyond the new type',
  MAY_FAIL_ON_DATA: 'fails on values that do not fit',
  TABLE_REWRITE: 'is written anew row by row, and nobody reads or writes it meanwhile',
  BLOCKING_LOCK: 'is locked while rows are read',
  INDEX_BUILD: 'gets an index',
  INDEX_DROPPED: 'loses an index',
  BREAKS_RUNNING_CODE: 'breaks code that runs before the deployment',
  BREAKS_READERS: 'may surprise its readers',
  BACKFILL: 'gets values',
  AUTHZ_CHANGE: 'changes who may see and change its rows',
  CASCADE_DELETES: 'is deleted together with what it links to from now on',
  INTEGRITY_LOOSENED: 'is held to fewer rules',
  BEHAVIOUR_CHANGE: 'behaves otherwise',
  UNTRACKED_DEPENDENCIES: 'may be used by what this app does not know',
};
