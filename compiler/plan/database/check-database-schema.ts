import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { pointer } from '../../diagnostics/json-pointer.ts';
import { createReporter, type Reporter } from '../../diagnostics/reporter.ts';
import type { Located } from '../../diagnostics/span.ts';
import type { App } from '../../model/app.ts';
import { pairTableName } from '../../model/naming.ts';
import type { DatabaseSchema, Table } from './database-schema.ts';
import { LEDGER_TABLE } from '../server-login.ts';

/** Two things of one name: the model sees to what the author named, this is about all that is derived too. */
export function checkDatabaseSchema(app: App, schema: DatabaseSchema, document: Located): readonly Diagnostic[] {
  const reporter = createReporter(document);
  checkNames(app, schema, reporter);
  return reporter.diagnostics();
}

interface NamedObject {
  readonly space: string;
  readonly name: string;
  /** `the table of Lead`. */
  readonly title: string;
  /** Asked for only when there is a clash. */
  readonly pointer: () => string;
}

function checkNames(app: App, schema: DatabaseSchema, reporter: Reporter): void {
  const seen = new Map<string, NamedObject>();
  for (const object of namedObjects(app, schema)) {
    const key = `${object.space} ${object.name}`;
    const other = seen.get(key);
    seen.set(key, other ?? object);
    if (other === undefined) continue;
    const params = { name: object.name, kind: other.title, other: object.title };
    reporter.report('database-name-clash', object.pointer(), params, { at: 'key' });
  }
}

/** Every name of the database with the space it must be alone in. */
function namedObjects(app: App, schema: DatabaseSchema): readonly NamedObject[] {
  const ledger = { name: LEDGER_TABLE, title: 'the ledger of migrations', pointer: () => '' };
  return [
    { space: 'relation', ...ledger },
    { space: 'type', ...ledger },
    ...schema.tables.flatMap((table) => tableNames(table, () => entityPointer(app, table.name))),
    ...schema.enums.map(({ name }) => ({
      space: 'type',
      name,
      title: 'an enum',
      pointer: () => enumPointer(app, name),
    })),
    ...schema.functions.map(({ name }) => ({
      space: 'function',
      name,
      title: 'a function',
      pointer: () => '/entities',
    })),
  ];
}

function tableNames(table: Table, at: () => string): readonly NamedObject[] {
  const named = (space: string, name: string, title: string): NamedObject => ({ space, name, title, pointer: at });
  return [
    named('relation', table.name, `the table "${table.name}"`),
    named('type', table.name, `the table "${table.name}"`),
    ...table.columns.map(({ name }) => named(`column of ${table.name}`, name, 'a column')),
    ...table.constraints.map(({ name }) => named(`constraint of ${table.name}`, name, 'a rule')),
    ...table.constraints.filter(isIndexed).map(({ name }) => named('relation', name, 'a unique rule')),
    ...table.indexes.map(({ name }) => named('relation', name, 'an index')),
  ];
}

function isIndexed({ kind }: Table['constraints'][number]): boolean {
  return kind === 'primaryKey' || kind === 'unique' || kind === 'exclusion';
}

function entityPointer(app: App, table: string): string {
  for (const entity of app.entities) {
    if (entity.names.table === table) return pointer('entities', entity.name);
    const list = entity.fields.find(
      ({ name, links }) => links !== undefined && pairTableName(entity.names.table, name) === table,
    );
    if (list !== undefined) return pointer('entities', entity.name, 'fields', list.name);
  }
  return '/entities';
}

function enumPointer(app: App, typeName: string): string {
  for (const { name, fields } of app.entities) {
    const field = fields.find((candidate) => candidate.enum?.typeName === typeName);
    if (field !== undefined) return pointer('entities', name, 'fields', field.name);
  }
  return '/entities';
}
