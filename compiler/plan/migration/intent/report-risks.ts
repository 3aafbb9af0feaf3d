import { pointer } from '../../../diagnostics/json-pointer.ts';
import type { Entity, Field, NamedFields } from '../../../model/app.ts';
import { exclusionName, rangeOrderName } from '../../database/no-overlap.ts';
import { rowCheckName } from '../../database/row-checks.ts';
import type { Reporter } from '../../../diagnostics/reporter.ts';
import type { Hazard, HazardCause, HazardKind } from '../hazards.ts';
import type { Consent } from './consent.ts';
import { fieldPointer } from './report-refusals.ts';
import type { SpecNames } from './spec-names.ts';

/** How the spec calls what changes. */
interface Change {
  readonly names: SpecNames;
  /** The values that a text of a field is to be one of; none where it is to be anything else. */
  readonly mappable: (subject: string) => readonly string[];
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
  // First those that one line alone lets pass, which may let others pass too.
  const single = hazards.filter(({ consents = [] }) => consents.length === 1);
  const asked = new Set(single.flatMap(({ consents = [] }) => consents.map(names.line)));
  for (const hazard of hazards) {
    const [consent, ...others] = hazard.consents ?? [];
    if (consent === undefined) continue;
    const line = names.line(consent);
    if (!asked.has(line) && others.some((other) => asked.has(names.line(other)))) continue;
    asked.add(line);
    risks.set(line, { line, consent: names.meant(consent), hazards: [...(risks.get(line)?.hazards ?? []), hazard] });
  }
  for (const risk of risks.values()) if (!settled.has(risk.line)) reportRisk(risk, change, settled, reporter);
}

function reportRisk(
  { line, consent, hazards }: Risk,
  { names, mappable }: Change,
  settled: ReadonlySet<string>,
  reporter: Reporter,
): void {
  const query = hazards.flatMap((hazard) => hazard.query ?? []).join(' ') || undefined;
  switch (consent.kind) {
    case 'dropTable': {
      const owner = names.archived(consent.table)?.name;
      if (owner !== undefined) {
        const effect = 'no longer keeps its deleted rows, and loses those it has';
        const params = { subject: owner, effect, because: [], line };
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
      const gone = subject.slice(subject.lastIndexOf('.') + 1);
      // Of two that were both there, and of an earlier rename whose line still stands, it says nothing.
      const heir = names.entityOf(consent.table)?.fields.find(({ was }) => was === gone)?.name;
      return reporter.report('field-removed', at, { subject, line, gone, ...(heir && { heir }) }, { at: 'key' });
    }
    case 'dropValue': {
      const subject = names.enumField(consent.enum);
      const params = { subject, value: consent.value, line, query };
      return reporter.report('value-removed', `${fieldPointer(subject)}/values`, params);
    }
    case 'require': {
      const subject = names.field(consent.table, consent.column);
      if (settled.has(subject)) return;
      // Under whatever name: of a column that is not there, all rows are in the way.
      const isThere = query?.includes(' where ') === true;
      const isUnique = isOneOfAKind(names.entityOf(consent.table), names.fieldOf(consent.table, consent.column));
      const params = { subject, line, query, isUnique };
      const problem = isThere ? 'field-made-required' : 'required-field-added';
      return reporter.report(problem, fieldPointer(subject), params, { at: 'key' });
    }
    case 'validate': {
      const subject = line.slice(line.lastIndexOf(' ') + 1);
      const rules = hazards.flatMap(({ kind, object }) => (kind === 'MAY_FAIL_ON_DATA' ? [object] : []));
      const isOneValue = hazards.some((hazard) => hazard.isOneValue === true);
      const params = { subject, rules: rules.length === 0 ? [consent.name] : rules, line, query, isOneValue };
      const at = declaredAt(names.entityOf(consent.table), consent.name) ?? rulePointer(line);
      return reporter.report('rule-over-rows', at, params, { at: 'key' });
    }
    case 'retype': {
      const subject = names.field(consent.table, consent.column);
      const effect = effectOf(hazards);
      const params = { subject, effect, line, query, values: mappable(subject) };
      return reporter.report('field-type-changed', `${fieldPointer(subject)}/type`, params);
    }
    default:
      return reportOther({ line, consent, hazards }, names, reporter);
  }
}

/** Whether no two rows may have one value, so that no constant can fill them all. */
function isOneOfAKind(entity: Entity | undefined, field: Field | undefined): boolean {
  if (entity === undefined || field === undefined) return false;
  const isAlone = ({ fields, where }: NamedFields): boolean => where === undefined && fields.join() === field.name;
  return field.unique || entity.uniques.some(isAlone);
}

/** What is allowed as a whole, of a table or a field, with what brings it. */
function reportOther({ line, consent, hazards }: Risk, names: SpecNames, reporter: Reporter): void {
  const subject = line.slice(line.lastIndexOf(' ') + 1);
  const causes = hazards.flatMap((hazard) => causesOf(hazard, names));
  const place = subject.includes('.') ? subject : causes[0]?.subject;
  const at = place === undefined ? pointer('entities', subject) : fieldPointer(place);
  const because = [...new Set(causes.map(({ text }) => text)), ...(EDITS[consent.kind] ?? [])];
  // No entity has the table of a list's pairs, which go alone.
  const isUnlink = consent.kind === 'cascade' && names.entityOf(consent.table) === undefined;
  const effect = isUnlink ? UNLINKS : effectOf(hazards);
  reporter.report('risk-not-allowed', at, { subject, effect, because, line }, { at: 'key' });
}

function effectOf(hazards: readonly Hazard[]): string {
  return [...new Set(hazards.map(({ kind }) => EFFECTS[kind]))].join(' and ');
}

/** The fields whose change brings a hazard, and what changes of each. */
function causesOf(
  { object, causes = [] }: Hazard,
  names: SpecNames,
): readonly { readonly subject: string; readonly text: string }[] {
  return causes.map(({ column, change }) => {
    const subject = names.field(object, column);
    return { subject, text: `"${subject}" ${CHANGES[change]}` };
  });
}

const CHANGES: Readonly<Record<HazardCause['change'], string>> = {
  added: 'is new and has a value of its own in each row',
  computed: 'is computed otherwise',
  retyped: 'changes its type',
  reordered: 'has its values in another order',
};

/** What brings a risk of which a line says no more than the field. */
const EDITS: Readonly<Partial<Record<Consent['kind'], readonly string[]>>> = {
  dropIdentity: ['it no longer numbers itself'],
  dropExpression: ['it is no longer generated from its own row'],
};

/** Where a condition or a range that makes a rule is written; undefined for the rules of a field. */
function declaredAt(entity: Entity | undefined, rule: string): string | undefined {
  if (entity === undefined) return undefined;
  const { table } = entity.names;
  const check = entity.checks.find((item) => rowCheckName(table, item) === rule);
  if (check?.limit !== undefined)
    return pointer('entities', entity.name, 'fields', check.limit.field, check.limit.rule);
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
  TABLE_REWRITE: 'is written anew row by row while nobody can read or write it',
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
