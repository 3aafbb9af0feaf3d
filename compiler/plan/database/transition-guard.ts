import type { App, Entity, EnumValues, Field } from '../../model/app.ts';
import { derivedName } from '../../model/naming.ts';
import type { DatabaseFunction, Trigger } from './database-schema.ts';
import { indented, raiseRefusal } from './raise-refusal.ts';
import { archiveName } from './archive.ts';
import { qualify, quoteIdentifier, quoteLiteral } from '../sql/sql-text.ts';

/** Name of a state machine's trigger and function, and of the "constraint" that its error reports: `leads_status_transition`. */
export function transitionName(table: string, field: Field): string {
  return derivedName(table, [field.column], 'transition');
}

/** The trigger that holds a field to its state machine, and its function; undefined for a field without one. */
export function transitionGuard(
  app: App,
  entity: Entity,
  field: Field,
): { readonly function: DatabaseFunction; readonly trigger: Trigger } | undefined {
  const { table } = entity.names;
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
      body: guardBody(table, field, field.enum, comesBack(app, entity, field)),
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

/** Columns with a state machine are never null (the model sees to it), so no comparison is unknown. */
function guardBody(
  table: string,
  field: Field,
  { transitions = [], initial = [] }: EnumValues,
  back: string | undefined,
): readonly string[] {
  const column = quoteIdentifier(field.column);
  const name = quoteLiteral(field.column);
  const pairs = transitions.flatMap(({ from, to }) =>
    to.map((next) => `(${quoteLiteral(from)}, ${quoteLiteral(next)})`),
  );
  return [
    'begin',
    "  if tg_op = 'INSERT' then",
    ...unlessIn(back === undefined ? 'true' : `not ${back}`, `new.${column}`, initial.map(quoteLiteral)),
    ...raise(table, field, `format('%s may not start as %s', ${name}, new.${column})`),
    '  else',
    ...unlessIn(`new.${column} <> old.${column}`, `(old.${column}, new.${column})`, pairs),
    ...raise(table, field, `format('%s may not change from %s to %s', ${name}, old.${column}, new.${column})`),
    '  end if;',
    '  return new;',
    'end',
  ];
}

/** Whether a new row is a deleted one that comes back in the state that it had. */
function comesBack(app: App, { names, softDelete }: Entity, { column }: Field): string | undefined {
  if (!softDelete) return undefined;
  const archive = qualify(app.database.schema, archiveName(names.table));
  const name = quoteIdentifier(column);
  return `exists (select from ${archive} kept where kept.id = new.id and kept.${name} = new.${name})`;
}

/** Opens an `if` that is true where the condition holds and `subject` is none of `choices`, one a line. */
function unlessIn(condition: string, subject: string, choices: readonly string[]): readonly string[] {
  if (choices.length === 0) return [`    if ${condition} then`];
  const last = choices.length - 1;
  return [
    `    if ${condition === 'true' ? '' : `${condition} and `}${subject} not in (`,
    ...choices.map((choice, index) => `      ${choice}${index === last ? '' : ','}`),
    '    ) then',
  ];
}

function raise(table: string, field: Field, message: string): readonly string[] {
  const constraint = transitionName(table, field);
  return [...indented(raiseRefusal({ table, column: field.column, constraint, message }), 6), '    end if;'];
}
