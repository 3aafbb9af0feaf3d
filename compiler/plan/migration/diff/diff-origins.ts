import { byName } from '../../database/canonical-schema.ts';
import type { ExchangedName, TableOrigin } from '../../database/database-schema.ts';
import type { Operation } from '../operations.ts';
import { sameValue } from '../same-value.ts';
import type { Draft } from './draft.ts';
import { keptEnums, rebuiltEnums } from './rebuilt-enums.ts';
import type { Comparison } from './table-pair.ts';

/** What the history is to know of tables and types. To know more of the same is no reason for a migration of its own. */
export function diffOrigins({ from, to, pairs }: Comparison, draft: Draft): void {
  const changed = pairs.filter(({ old, next }) => !sameValue(old.origin, next.origin));
  const rebuilt = rebuiltEnums(from, to);
  const values = keptEnums(from, to).filter(
    ({ old, next }) => !sameValue(old.exchanged, next.exchanged) && !rebuilt.some((pair) => pair.next === next),
  );
  const isDue = values.length > 0 || changed.some(({ old, next }) => old.origin && next.origin);
  if (!isDue && draft.operations().length === 0) return;
  draft.add('origins', ...byName(changed.map(({ next }) => next)).map(({ name, origin }) => setOrigin(name, origin)));
  draft.add('origins', ...values.map(({ next }) => setExchanged(next.name, next.exchanged)));
}

function setOrigin(table: string, origin: TableOrigin | undefined): Operation {
  return { kind: 'setOrigin', table, ...(origin && { origin }) };
}

function setExchanged(name: string, exchanged: readonly ExchangedName[] | undefined): Operation {
  return { kind: 'setExchangedValues', enum: name, ...(exchanged && { exchanged }) };
}
