// Compiled by supercompile from app.yaml. Edit the spec, not this file: the next build replaces it.
// Your own code and notes live in custom/.
import { selection } from '#runtime/crud/columns.ts';
import type { Repository } from '#runtime/crud/repository.ts';
import { repository } from '#runtime/crud/repository.ts';
import { param } from '#runtime/crud/statements.ts';
import type { DB } from '../../database.ts';

/** Columns of a row in the order of an answer: key in JSON, column, codec. */
export const accountColumns = [
  ['id', 'id', 'quoted'],
  ['name', 'name', 'text'],
  ['website', 'website', 'text'],
  ['createdAt', 'created_at', 'datetime'],
  ['updatedAt', 'updated_at', 'datetime'],
] as const;

const selected = selection(accountColumns);


export const accountRepository: Repository = repository<DB>({
  schema: 'public',
  columns: accountColumns,
  get: (db) => db.selectFrom('accounts').select(selected).where('id', '=', param('id')),
  list: (db, { where, order, limit }) =>
    db.selectFrom('accounts').select(selected).where(where).orderBy(order).limit(limit),
  create: (db) =>
    db
      .insertInto('accounts')
      .values({
        id: param('id'),
        name: param('name'),
        website: param('website'),
      })
      .returning(selected),
  update: (db, { pick, guard }) =>
    db
      .updateTable('accounts')
      .set(
        pick({
          name: param('name'),
          website: param('website'),
        }),
      )
      .where('id', '=', param('id'))
      .where(guard)
      .returning(selected),
  delete: (db, { guard }) => db.deleteFrom('accounts').where('id', '=', param('id')).where(guard),
  filters: {
    name: { column: 'name' },
  },
  sorts: {
    createdAt: { column: 'created_at', type: 'datetime' },
  },
  constraints: {
    accounts_name_key: ['unique', 'name'],
  },
});
