import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { FIELD_TYPES } from '../../compiler/model/app.ts';
import { fieldTypes, FILTER_OPERATORS } from '../../compiler/model/field-types.ts';
import { FIELD_TYPE_WORDS } from '../../compiler/spec/spec.ts';
import { field as factories } from '../../runtime/crud/fields.ts';
import { makeField } from './make-field.ts';

interface Branch {
  readonly properties: Readonly<
    Record<string, { readonly const?: string; readonly 'x-status'?: string; readonly $ref?: string }>
  >;
}

const schema: { readonly definitions: Readonly<Record<string, Branch>> } = JSON.parse(
  readFileSync(new URL('../../schemas/app.schema.json', import.meta.url), 'utf8'),
);
const branches = Object.entries(schema.definitions)
  .filter(([name, { properties }]) => name.endsWith('Field') && properties?.['type']?.['x-status'] !== 'planned')
  .map(([, branch]) => branch);

describe('the table of field types', () => {
  test('the schema, the spec, the model and the table know the same types in the same order', () => {
    const inSchema = branches.map(({ properties }) => properties['type']?.const);
    expect(inSchema).toEqual(FIELD_TYPES);
    expect(Object.keys(fieldTypes)).toEqual(FIELD_TYPES);
    expect(FIELD_TYPE_WORDS).toEqual(FIELD_TYPES);
  });

  test('the runtime has a factory for every type', () => {
    expect(
      Object.values(fieldTypes).filter(({ factory }) => !(factory.name === 'enum' || factory.name in factories)),
    ).toEqual([]);
  });

  test('every limit that the schema allows a type reaches its validation or its column', () => {
    const limits = ['min', 'max', 'minLength', 'maxLength', 'pattern', 'precision', 'scale'] as const;
    for (const { properties } of branches) {
      const type = FIELD_TYPES.find((name) => name === properties['type']?.const);
      if (type === undefined) throw new Error('a branch without a type');
      const declared = limits.filter((limit) => properties[limit] !== undefined);
      expect([type, [...fieldTypes[type].factory.options].toSorted()]).toEqual([type, declared.toSorted()]);
    }
  });

  test('only types with an order are unique, and filters come in one order', () => {
    for (const { properties } of branches) {
      const type = FIELD_TYPES.find((name) => name === properties['type']?.const);
      if (type === undefined) throw new Error('a branch without a type');
      if (properties['unique'] !== undefined) expect(fieldTypes[type].sortable).toBe(true);
      const { filters } = fieldTypes[type];
      expect(filters).toEqual(FILTER_OPERATORS.filter((operator) => filters.includes(operator)));
    }
  });

  test('the limits of a field stand in its JSON Schema', () => {
    expect(fieldTypes.string.schema(makeField({ type: 'string', minLength: 2, pattern: '^a' }))).toEqual({
      type: 'string',
      minLength: 2,
      maxLength: 255,
      pattern: '^a',
    });
    expect(fieldTypes.integer.schema(makeField({ type: 'integer', min: 0 }))).toEqual({
      type: 'integer',
      format: 'int32',
      minimum: 0,
      maximum: 2_147_483_647,
    });
    expect(fieldTypes.decimal.schema(makeField({ type: 'decimal', precision: 4, scale: 2 }))).toEqual({
      type: 'string',
      format: 'decimal',
      pattern: '^-?(0|[1-9]\\d{0,1})(\\.\\d{1,2})?$',
      maxLength: 7,
    });
  });
});
