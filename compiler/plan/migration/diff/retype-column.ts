import type { Column } from '../../database/database-schema.ts';
import { quoteIdentifier } from '../../sql/sql-text.ts';
import type { Consent } from '../intent/consent.ts';
import { sameValue } from '../same-value.ts';
import type { Draft } from './draft.ts';
import { formerNames } from './former-names.ts';
import { reads, type Comparison, type TablePair } from './table-pair.ts';
import type { Lost, TypeChange } from './type-change.ts';

type Rewriting = Extract<TypeChange, { readonly kind: 'rewrite' }>;

export interface Retyped {
  readonly old: Column;
  readonly next: Column;
  readonly change: TypeChange;
}

/** Gives a column its new type. Its default stands aside: Postgres would keep it cast from the old type. */
export function retypeColumn(
  comparison: Comparison,
  pair: TablePair,
  { old, next, change }: Retyped,
  draft: Draft,
): void {
  const table = pair.next.name;
  const { name } = next;
  if (change.kind === 'undeclared') {
    draft.refuse({ kind: 'castUndeclared', table, column: name, from: typeText(old), to: typeText(next) });
    return;
  }
  const isOtherKind = change.kind === 'rewrite' && change.isOtherKind;
  const standsAside = isOtherKind || next.default === undefined;
  if (old.default !== undefined && standsAside) draft.add('suspend', { kind: 'setDefault', table, name });
  if (next.default !== undefined) draft.add('resume', { kind: 'setDefault', table, name, default: next.default });
  // Otherwise its enum type is made anew, and plans this.
  if (!sameValue(old.type, next.type) || change.kind === 'free') {
    const using = change.kind === 'rewrite' ? change.using?.(quoteIdentifier(name)) : undefined;
    draft.add('retype', {
      kind: 'setColumnType',
      table,
      name,
      type: next.type,
      ...(using === undefined ? {} : { using }),
      ...(next.collation === undefined ? {} : { collation: next.collation }),
    });
    warn(comparison, pair, { old, next, change }, draft);
  }
}

function warn(comparison: Comparison, pair: TablePair, { next, old, change }: Retyped, draft: Draft): void {
  const table = pair.next.name;
  const object = `${table}.${next.name}`;
  const retype: Consent = { kind: 'retype', table, column: next.name };
  const rewrite: readonly Consent[] = [{ kind: 'rewriteTable', table }, retype];
  if (change.kind !== 'rewrite') {
    if (old.collation !== next.collation) draft.warn({ kind: 'BLOCKING_LOCK', object: table, consents: rewrite });
    return;
  }
  const names = formerNames(comparison, table);
  const counting = (of: (value: string) => string): string =>
    `select count(*) from ${names.table} where ${of(names.column(next.name))};`;
  const lost = lostValues(change, next);
  if (lost === true) draft.warn({ kind: 'DATA_LOSS', object, consents: [retype] });
  else if (lost !== undefined) draft.warn({ kind: 'DATA_LOSS', object, query: counting(lost), consents: [retype] });
  // A notice: who lets the values be read anew has let their spelling go.
  if (change.respells === true) draft.warn({ kind: 'DATA_LOSS', object });
  const fails = change.fails ?? (next.notNull ? change.empties : undefined);
  if (fails !== undefined) {
    draft.warn({ kind: 'MAY_FAIL_ON_DATA', object, query: counting(fails), consents: [retype] });
  }
  const causes = [{ column: next.name, change: 'retyped' }] as const;
  draft.warn({ kind: 'TABLE_REWRITE', object: table, causes, consents: rewrite });
  const isChecked = pair.next.constraints.some(
    (item) => item.kind === 'check' && reads(item.expression, new Set([next.name])),
  );
  if (isChecked) draft.warn({ kind: 'BLOCKING_LOCK', object: table, causes, consents: rewrite });
}

/** Values of which something goes, or everything where nothing may be there. */
function lostValues({ loses, empties }: Rewriting, { notNull }: Column): Lost | undefined {
  const emptied = notNull ? undefined : empties;
  if (loses === true || loses === undefined || emptied === undefined) return loses ?? emptied;
  return (value) => `${loses(value)} or ${emptied(value)}`;
}

function typeText({ type }: Column): string {
  return type.name + (type.array === true ? '[]' : '');
}
