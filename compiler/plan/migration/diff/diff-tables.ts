import { byName } from '../../database/canonical-schema.ts';
import type { Table } from '../../database/database-schema.ts';
import type { Consent } from '../intent/consent.ts';
import { extensionOf } from '../index-sql.ts';
import { find } from '../named-list.ts';
import type { Operation } from '../operations.ts';
import { rowSecurity } from './diff-security.ts';
import type { Draft } from './draft.ts';
import { restsOnNewKey } from './foreign-keys.ts';
import { losesKey } from './suspended.ts';
import type { Comparison } from './table-pair.ts';
import { temporaryName } from './temporary-name.ts';

/** Tables that come and go as a whole. */
export function diffTables(comparison: Comparison, contested: ReadonlySet<string>, draft: Draft): void {
  const { from, to } = comparison;
  const added = byName(to.tables).filter(({ name }) => find(from.tables, name) === undefined);
  for (const table of added) createTable(comparison, table, draft);
  const removed = byName(from.tables).filter(({ name }) => find(to.tables, name) === undefined);
  for (const table of removed) dropTable(comparison, { table, removed, contested }, draft);
}

function createTable(comparison: Comparison, table: Table, draft: Draft): void {
  const { name, columns, internal, origin } = table;
  const constraints = table.constraints.filter(({ kind }) => kind !== 'foreignKey');
  const indexes = byName(table.indexes).map((index) => ({ kind: 'createIndex', table: name, index }) as const);
  draft.add(
    'create',
    {
      kind: 'createTable',
      table: { name, columns, constraints, ...(internal && { internal }), ...(origin && { origin }) },
    },
    ...indexes.filter(({ index }) => extensionOf(index) === undefined),
    ...byName(table.triggers).map((trigger): Operation => ({ kind: 'createTrigger', table: name, trigger })),
    // Before anyone may read it: without a policy nobody is let in.
    ...(table.rowSecurity === undefined ? [] : [rowSecurity(name, table.rowSecurity)]),
  );
  // Together, in a step that finds the names of the extension.
  draft.add('build', ...indexes.filter(({ index }) => extensionOf(index) !== undefined));
  draft.add(
    'guard',
    ...byName(table.policies).map((policy): Operation => ({ kind: 'createPolicy', table: name, policy })),
  );
  // After all tables, because they may point at each other.
  for (const constraint of byName(table.constraints)) {
    if (constraint.kind !== 'foreignKey') continue;
    const phase = restsOnNewKey(comparison, constraint) ? 'lateRules' : 'rules';
    draft.add(phase, { kind: 'addConstraint', table: name, constraint });
  }
}

interface Leaving {
  readonly table: Table;
  readonly removed: readonly Table[];
  readonly contested: ReadonlySet<string>;
}

/** The name that a table bears when it is dropped: another one where a view takes its own. */
function freeName({ to }: Comparison, name: string, draft: Draft): string {
  if (find(to.views, name) === undefined) return name;
  const aside = temporaryName(name, 'old');
  draft.add('release', { kind: 'renameTable', name, to: aside });
  return aside;
}

/** Links to other tables that go are dropped first: those may point back. */
function dropTable(comparison: Comparison, { table, removed, contested }: Leaving, draft: Draft): void {
  const { name } = table;
  const free = freeName(comparison, name, draft);
  const consents: readonly Consent[] = [{ kind: 'dropTable', table: name }];
  const object = comparison.renames.find(({ kind, to }) => kind === 'table' && to === name)?.name ?? name;
  draft.warn({ kind: 'DATA_LOSS', object, consents }, { kind: 'BREAKS_RUNNING_CODE', object, consents });
  for (const index of byName(table.indexes).filter((item) => contested.has(item.name))) {
    draft.add('release', { kind: 'renameIndex', table: free, name: index.name, to: temporaryName(index.name, 'old') });
  }
  for (const constraint of byName(table.constraints)) {
    const isLink = constraint.kind === 'foreignKey' && constraint.references.table !== name;
    if (
      isLink &&
      losesKey(
        comparison.pairs.find(({ next }) => next.name === constraint.references.table),
        constraint,
      )
    ) {
      draft.add('unlink', { kind: 'dropConstraint', table: free, name: constraint.name });
    } else if (isLink && find(removed, constraint.references.table) !== undefined) {
      draft.add('unrule', { kind: 'dropConstraint', table: free, name: constraint.name });
    } else if (contested.has(constraint.name) && constraint.kind !== 'check' && constraint.kind !== 'foreignKey') {
      const to = temporaryName(constraint.name, 'old');
      draft.add('release', { kind: 'renameConstraint', table: free, name: constraint.name, to });
    }
  }
  draft.add('dropTables', { kind: 'dropTable', name: free });
}
