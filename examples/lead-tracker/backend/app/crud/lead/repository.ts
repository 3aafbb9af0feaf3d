// Compiled by supercompile from app.yaml. Edit the spec, not this file: the next build replaces it.
// Your own code and notes live in custom/.
import { selection } from '#runtime/crud/columns.ts';
import type { Repository } from '#runtime/crud/repository.ts';
import { repository } from '#runtime/crud/repository.ts';
import { param } from '#runtime/crud/statements.ts';
import type { DB } from '../../database.ts';
import { accountColumns } from '../account/repository.ts';

/** Columns of a row in the order of an answer: key in JSON, column, codec. */
export const leadColumns = [
  ['id', 'id', 'quoted'],
  ['name', 'name', 'text'],
  ['phone', 'phone', 'quoted'],
  ['smsConsent', 'sms_consent', 'boolean'],
  ['email', 'email', 'text'],
  ['status', 'status', 'quoted'],
  ['score', 'score', 'number'],
  ['budget', 'budget', 'quoted'],
  ['tags', 'tags', 'text', 'many'],
  ['notes', 'notes', 'text'],
  ['accountId', 'account_id', 'quoted'],
  ['contactedAt', 'contacted_at', 'datetime'],
  ['createdAt', 'created_at', 'datetime'],
  ['updatedAt', 'updated_at', 'datetime'],
] as const;

const selected = selection(leadColumns);


export const leadRepository: Repository = repository<DB>({
  schema: 'public',
  columns: leadColumns,
  get: (db) => db.selectFrom('leads').select(selected).where('id', '=', param('id')),
  list: (db, { where, order, limit }) =>
    db.selectFrom('leads').select(selected).where(where).orderBy(order).limit(limit),
  create: (db) =>
    db
      .insertInto('leads')
      .values({
        id: param('id'),
        name: param('name'),
        phone: param('phone'),
        sms_consent: param('smsConsent'),
        email: param('email'),
        status: param('status'),
        score: param('score'),
        budget: param('budget'),
        tags: param('tags'),
        notes: param('notes'),
        account_id: param('accountId'),
        contacted_at: param('contactedAt'),
      })
      .returning(selected),
  update: (db, { pick, guard }) =>
    db
      .updateTable('leads')
      .set(
        pick({
          name: param('name'),
          phone: param('phone'),
          sms_consent: param('smsConsent'),
          email: param('email'),
          status: param('status'),
          score: param('score'),
          budget: param('budget'),
          tags: param('tags'),
          notes: param('notes'),
          account_id: param('accountId'),
          contacted_at: param('contactedAt'),
        }),
      )
      .where('id', '=', param('id'))
      .where(guard)
      .returning(selected),
  delete: (db, { guard }) => db.deleteFrom('leads').where('id', '=', param('id')).where(guard),
  filters: {
    status: { column: 'status' },
    accountId: { column: 'account_id' },
    score: { column: 'score' },
    contactedAt: { column: 'contacted_at' },
  },
  sorts: {
    createdAt: { column: 'created_at', type: 'datetime' },
    score: { column: 'score', type: 'integer' },
    contactedAt: { column: 'contacted_at', type: 'datetime', nullable: true },
  },
  expand: {
    account: { table: 'accounts', on: 'account_id', columns: () => accountColumns },
  },
  transitions: {
    status: {
      column: 'status',
      next: {
        new: ['contacted', 'lost'],
        contacted: ['qualified', 'lost'],
        qualified: ['won', 'lost'],
        won: [],
        lost: [],
      },
    },
  },
  constraints: {
    leads_email_key: ['unique', 'email'],
    leads_account_id_fkey: ['reference', 'accountId'],
    leads_status_transition: ['transition', 'status'],
  },
});
