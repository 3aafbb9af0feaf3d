// Compiled by supercompile from app.yaml. Edit the spec, not this file: the next build replaces it.
// Your own code and notes live in custom/.
import { selection } from '#runtime/crud/columns.ts';
import type { Repository } from '#runtime/crud/repository.ts';
import { repository } from '#runtime/crud/repository.ts';
import { param } from '#runtime/crud/statements.ts';
import type { DB } from '../../database.ts';

/** Columns of a row in the order of an answer: key in JSON, column, codec. */
export const leadNoteColumns = [
  ['id', 'id', 'quoted'],
  ['leadId', 'lead_id', 'quoted'],
  ['body', 'body', 'text'],
  ['occurredOn', 'occurred_on', 'quoted'],
  ['createdAt', 'created_at', 'datetime'],
  ['updatedAt', 'updated_at', 'datetime'],
] as const;

const selected = selection(leadNoteColumns);


export const leadNoteRepository: Repository = repository<DB>({
  schema: 'public',
  columns: leadNoteColumns,
  get: (db) => db.selectFrom('lead_notes').select(selected).where('id', '=', param('id')),
  list: (db, { where, order, limit }) =>
    db.selectFrom('lead_notes').select(selected).where(where).orderBy(order).limit(limit),
  create: (db) =>
    db
      .insertInto('lead_notes')
      .values({
        id: param('id'),
        lead_id: param('leadId'),
        body: param('body'),
        occurred_on: param('occurredOn'),
      })
      .returning(selected),
  update: (db, { pick, guard }) =>
    db
      .updateTable('lead_notes')
      .set(
        pick({
          body: param('body'),
          occurred_on: param('occurredOn'),
        }),
      )
      .where('id', '=', param('id'))
      .where(guard)
      .returning(selected),
  delete: (db, { guard }) => db.deleteFrom('lead_notes').where('id', '=', param('id')).where(guard),
  filters: {
    leadId: { column: 'lead_id' },
  },
  sorts: {
    createdAt: { column: 'created_at', type: 'datetime' },
  },
  constraints: {
    lead_notes_lead_id_fkey: ['reference', 'leadId'],
  },
});
