import type { EnumValues, Field } from '../model/app.ts';
import { derivedName } from '../model/naming.ts';
import type { DatabaseFunction, Trigger } from './database-schema.ts';
import { quoteIdentifier, quoteLiteral } from './sql-text.ts';

/** Name of a state machine's trigger and function, and of the "constraint" that its error reports: `leads_status_transition`. */
export function transitionName(table: string, field: Field): string {
  return derivedName(table, [field.column], 'transition');
}

/** The trigger that holds a field to its state machine, and its function; undefined for a field without one. */
export function transitionGuard(
  table: string,
  field: Field,
): { readonly function: DatabaseFunction; readonly trigger: Trigger } | undefined {
  const transitions = field.enum?.transitions;
  if (field.enum === undefined || transitions === undefined) return undefined;
  const name = transitionName(table, field);
  return {
    function: {
      name,
      parameters: '',
      returns: 'trigger',
      language: 'plpgsql',
      settings: ["search_path = ''"],
      body: guardBody(table, field, field.enum),
    },
    trigger: {
      name,
      timing: 'before',
      events: [{ on: 'insert' }, { on: 'update', columns: [field.column] }],
      level: 'row',
      function: name,
      arguments: [],
    },
  };
}

/**
 * A new row starts at an initial value, or at null where the column allows it. Null counts as not yet
 * started: from there only to an initial value, and never back to it.
 */
function guardBody(table: string, field: Field, { transitions = [], initial = [] }: EnumValues): readonly string[] {
  const column = quoteIdentifier(field.column);
  const pairs = transitions.flatMap(({ from, to }) => to.map((next) => `(${quoteLiteral(from)}, ${quoteLiteral(next)})`));
  return [
    'begin',
    "  if tg_op = 'INSERT' or old." + column + ' is null then',
    ...refuseUnless(`new.${column} is null`, `new.${column}`, initial.map(quoteLiteral)),
    '      raise exception using',
    "        errcode = '23514',",
    ...errorPlace(table, field),
    `        message = format('%s may not start as %s', ${quoteLiteral(field.column)}, new.${column});`,
    '    end if;',
    '  else',
    ...refuseUnless(`new.${column} is not distinct from old.${column}`, `(old.${column}, new.${column})`, pairs),
    '      raise exception using',
    "        errcode = '23514',",
    ...errorPlace(table, field),
    `        message = format('%s may not change from %s to %s', ${quoteLiteral(field.column)}, old.${column}, coalesce(new.${column}::text, 'null'));`,
    '    end if;',
    '  end if;',
    '  return new;',
    'end',
  ];
}

/** Opens an `if` that is true unless `pass` holds or `subject` is one of `choices`, one a line. */
function refuseUnless(pass: string, subject: string, choices: readonly string[]): readonly string[] {
  if (choices.length === 0) return [`    if (${pass}) is not true then`];
  const last = choices.length - 1;
  return [
    `    if (${pass} or ${subject} in (`,
    ...choices.map((choice, index) => `      ${choice}${index === last ? '' : ','}`),
    '    )) is not true then',
  ];
}

function errorPlace(table: string, field: Field): readonly string[] {
  return [
    '        schema = tg_table_schema,',
    `        table = ${quoteLiteral(table)},`,
    `        column = ${quoteLiteral(field.column)},`,
    `        constraint = ${quoteLiteral(transitionName(table, field))},`,
  ];
}
