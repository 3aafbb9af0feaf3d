import { expect, test } from 'vitest';
import { sha256 } from '../../compiler/plan/migration/canonical-json.ts';
import { emptySchema } from '../../compiler/plan/database/database-schema.ts';
import { foldOperations } from '../../compiler/plan/migration/fold-operations.ts';
import { migrationName } from '../../compiler/plan/migration/migration-name.ts';
import { MIGRATION_FORMAT, recordJson } from '../../compiler/plan/migration/migration-record.ts';
import type { History } from '../../compiler/plan/migration/history.ts';
import type { Operation } from '../../compiler/plan/migration/operations.ts';
import { schemaHash } from '../../compiler/plan/migration/schema-hash.ts';
import { planSpec, planSpecs, spec } from './plan-spec.ts';

/** The history of a first build by a compiler that knew no origins. */
function earlierHistory(text: string): History {
  const { plan } = planSpecs(text);
  const operations = (plan.migration?.claim.operations ?? []).map(withoutOrigin);
  const [empty, sql] = [emptySchema('public'), plan.migration?.sql.text ?? ''];
  const from = schemaHash(empty);
  const id = migrationName({ format: MIGRATION_FORMAT, parent: undefined, from, operations });
  const to = schemaHash(foldOperations(empty, operations));
  const links = { id, parent: undefined, replaces: undefined, schema: 'public' };
  const json = recordJson({ format: MIGRATION_FORMAT, ...links, from, to, sha256: sha256(sql), operations });
  return { migrations: [{ id, sql, json, down: undefined, sealed: true }] };
}

function withoutOrigin(operation: Operation): Operation {
  if (operation.kind !== 'createTable') return operation;
  const { origin: _, ...table } = operation.table;
  return { ...operation, table };
}

const BODY = 'fields:\n  x: { type: string }';
const kinds = (text: string, history: History): readonly string[] => {
  const { diagnostics, migration } = planSpec(text, history);
  return [...diagnostics.map(({ code }) => code), ...(migration?.claim.operations.map(({ kind }) => kind) ?? [])];
};

test('a history without origins is read, asks for nothing, and learns them with the next change', () => {
  const text = spec({ Lead: `softDelete: true\n${BODY}` });
  const history = earlierHistory(text);
  expect(kinds(text, history)).toEqual([]);
  const more = kinds(text.replace('fields:', 'fields:\n      y: { type: integer, optional: true }'), history);
  expect(more).toContain('addColumn');
  expect(more.filter((kind) => kind === 'setOrigin')).toHaveLength(2);
});

test('its tables are told by their names', () => {
  const pinned = earlierHistory(spec({ Lead: `table: folk\n${BODY}`, Client: BODY }));
  expect(kinds(spec({ Lead: `table: folk\n${BODY}`, Client: BODY }), pinned)).toEqual([]);
  expect(kinds(spec({ Lead: `table: folk\n${BODY}`, Buyer: `was: Client\n${BODY}` }), pinned)).toContain('renameTable');
  const derived = earlierHistory(spec({ Lead: BODY }));
  const taken = spec({ Lead: `table: folk\n${BODY}`, Client: `table: leads\n${BODY}` });
  expect(kinds(taken, derived)).toEqual(expect.arrayContaining(['renameTable', 'createTable']));
  expect(kinds(spec({ Client: `was: Lead\ntable: leads\n${BODY}` }), derived)).toEqual([]);
});

test('a migration whose name says other words is read, one of another hash or depth is not', () => {
  const history = earlierHistory(spec({ Lead: BODY }));
  const called = (rename: (id: string) => string): History => ({
    migrations: history.migrations.map((item) => {
      const id = rename(item.id);
      return { ...item, id, json: item.json?.replaceAll(item.id, id) };
    }),
  });
  const more = spec({ Lead: `${BODY}\n  y: { type: integer, optional: true }` });
  expect(
    kinds(
      more,
      called((id) => id.replace(/_.*_/, '_change_')),
    ),
  ).toContain('addColumn');
  expect(
    kinds(
      more,
      called((id) => id.replace('0001', '0002')),
    ),
  ).toEqual(['SC4104']);
  expect(
    kinds(
      more,
      called((id) => `${id.slice(0, -1)}${id.endsWith('0') ? '1' : '0'}`),
    ),
  ).toEqual(['SC4104']);
});
