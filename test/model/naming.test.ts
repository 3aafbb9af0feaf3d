import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  columnName,
  derivedName,
  entityNames,
  enumTypeName,
  fieldKey,
  MAX_IDENTIFIER,
  words,
} from '../../compiler/model/naming.ts';

const pascal = fc.stringMatching(/^[A-Z][A-Za-z0-9]{0,47}$/);

describe('names of entities', () => {
  test.each([
    ['Lead', 'leads', 'leads', 'lead', 'lead', 'leads'],
    ['LeadNote', 'lead_notes', 'lead-notes', 'lead-note', 'leadNote', 'leadNotes'],
    ['Person', 'people', 'people', 'person', 'person', 'people'],
    ['Category', 'categories', 'categories', 'category', 'category', 'categories'],
    ['HTTPRequest', 'http_requests', 'http-requests', 'http-request', 'httpRequest', 'httpRequests'],
    ['Address', 'addresses', 'addresses', 'address', 'address', 'addresses'],
    ['Sheep', 'sheep', 'sheep', 'sheep', 'sheep', 'sheep'],
    ['Aux', 'auxes', 'auxes', 'aux-entity', 'aux', 'auxes'],
  ])('%s', (name, table, path, folder, camel, camelPlural) => {
    expect(entityNames(name)).toMatchObject({ table, path, folder, camel, camelPlural });
  });

  test('overrides are taken as they are', () => {
    expect(entityNames('Lead', { table: 'prospects', path: 'pros' })).toMatchObject({
      table: 'prospects',
      path: 'pros',
    });
  });

  test('words keep all letters of a name', () => {
    fc.assert(fc.property(pascal, (name) => words(name).join('') === name.toLowerCase()));
  });
});

describe('names in the database', () => {
  test('a link carries Id in its key and column', () => {
    expect(fieldKey('account', 'reference')).toBe('accountId');
    expect(fieldKey('labels', 'references')).toBe('labelIds');
    expect(fieldKey('relatedPeople', 'references')).toBe('relatedPersonIds');
    expect(columnName('accountId')).toBe('account_id');
    expect(columnName('smsConsent')).toBe('sms_consent');
  });

  test('no derived name is longer than Postgres keeps, and different names stay different', () => {
    fc.assert(
      fc.property(pascal, pascal, (one, other) => {
        const names = [
          entityNames(one).table,
          columnName(one),
          enumTypeName(one, other),
          derivedName(one, [other], 'key'),
        ];
        return names.every((name) => name.length <= MAX_IDENTIFIER);
      }),
    );
    const long = 'AbCdEfGhIjKlMnOpQrStUvWxYzAbCdEfGhIjKlMnOpQrStU';
    expect(enumTypeName(long, 'one')).not.toBe(enumTypeName(long, 'two'));
    expect(entityNames(`${long}V`).table).not.toBe(entityNames(`${long}W`).table);
    expect(derivedName('t'.repeat(60), ['a'], 'key')).toMatch(/^t+_[a-z0-9]{13}_key$/);
  });
});
