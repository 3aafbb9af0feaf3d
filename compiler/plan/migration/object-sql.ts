import type { DatabaseFunction, EnumType, Extension, Trigger, View } from '../database/database-schema.ts';
import type { OperationOf } from './operations.ts';
import { dollarQuote, qualify, quoteIdentifier, quoteIdentifiers, quoteLiteral } from '../sql/sql-text.ts';

/** `create type` with one value a line. */
export function enumSql(schema: string, type: EnumType): string {
  const values = type.values.map((value) => `  ${quoteLiteral(value)}`).join(',\n');
  return `create type ${qualify(schema, type.name)} as enum (\n${values}\n);`;
}

/** `alter type ... add value`; it may have been done by an earlier try. */
export function enumValueSql(schema: string, operation: OperationOf<'addEnumValue'>): string {
  const before = operation.before === undefined ? '' : ` before ${quoteLiteral(operation.before)}`;
  return `alter type ${qualify(schema, operation.enum)} add value if not exists ${quoteLiteral(operation.value)}${before};`;
}

/** `create function` with one attribute a line. */
export function functionSql(schema: string, item: DatabaseFunction, replaces = false): string {
  return `${[
    `create ${replaces ? 'or replace ' : ''}function ${qualify(schema, item.name)}(${item.parameters})`,
    `  returns ${item.returns}`,
    `  language ${item.language}`,
    ...(item.volatility === undefined ? [] : [`  ${item.volatility}`]),
    ...(item.securityDefiner === true ? ['  security definer'] : []),
    ...item.settings.map((setting) => `  set ${setting}`),
    `as ${dollarQuote(item.body)}`,
  ].join('\n')};`;
}

/** It may be there: whoever owns the database often installs it. The runner has no search path, so the schema is told. */
export function extensionSql(schema: string, extension: Extension): string {
  const place = quoteIdentifier(extension.schema ?? schema);
  return `create extension if not exists ${quoteIdentifier(extension.name)} schema ${place};`;
}

/** `create view` with its query as it was written. */
export function viewSql(schema: string, view: View, replaces = false): string {
  const options = view.options.length === 0 ? '' : ` with (${view.options.join(', ')})`;
  const kind = `${replaces ? 'or replace ' : ''}${view.materialized === true ? 'materialized ' : ''}view`;
  return `create ${kind} ${qualify(schema, view.name)}${options} as\n${view.query.join('\n')};`;
}

/** `create trigger` with when, where and what on a line each. */
export function triggerSql(schema: string, table: string, trigger: Trigger): string {
  const deferred = trigger.deferrable === 'initiallyDeferred' ? 'deferred' : 'immediate';
  return `${[
    `create ${trigger.deferrable === undefined ? '' : 'constraint '}trigger ${quoteIdentifier(trigger.name)}`,
    `  ${TIMINGS[trigger.timing]} ${trigger.events.map(eventSql).join(' or ')} on ${qualify(schema, table)}`,
    ...(trigger.deferrable === undefined ? [] : [`  deferrable initially ${deferred}`]),
    `  for each ${trigger.level}`,
    ...(trigger.when === undefined ? [] : [`  when (${trigger.when})`]),
    `  execute function ${qualify(schema, trigger.function)}(${trigger.arguments.map(quoteLiteral).join(', ')})`,
  ].join('\n')};`;
}

const TIMINGS: Readonly<Record<Trigger['timing'], string>> = {
  before: 'before',
  after: 'after',
  insteadOf: 'instead of',
};

function eventSql({ on, columns }: Trigger['events'][number]): string {
  return columns === undefined ? on : `${on} of ${quoteIdentifiers(columns)}`;
}
