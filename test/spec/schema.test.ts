import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readSpec } from '../../compiler/spec/read-spec.ts';
import { checkShape } from '../../compiler/spec/shape/check-shape.ts';
import { appSchema, isPlanned, resolveSchema, type SchemaNode } from '../../compiler/spec/shape/schema-node.ts';
import type { SpecValue } from '../../compiler/spec/spec-value.ts';
import { FIELD_TYPE_WORDS } from '../../compiler/spec/spec.ts';
import { mutations } from '../mutation/mutations.ts';
import { sample } from '../mutation/sample.ts';

const text = readFileSync(join(import.meta.dirname, '../mutation/every-construct.yaml'), 'utf8');
const ajv = new Ajv({ strict: false, discriminator: true, logger: false });
const validate = ajv.addSchema(appSchema, 'app').compile(appSchema);

test('the schema is a schema', () => {
  expect(ajv.validateSchema(appSchema), JSON.stringify(ajv.errors)).toBe(true);
});

test('our walk over the schema comes to the verdict of ajv', () => {
  let wrong = 0;
  for (const mutant of [text, ...sample(mutations(text), 400).map((one) => one.text)]) {
    const value = parseQuietly(mutant);
    if (value === undefined) continue;
    const isValid = validate(value);
    expect(checkShape(value).length === 0, mutant).toBe(isValid);
    if (!isValid) wrong += 1;
  }
  expect(wrong).toBeGreaterThan(150);
});

test('every map is closed, and every key says what it is with an example', () => {
  for (const [path, node] of walkSchema(appSchema, '')) {
    if (node.properties !== undefined) expect(node.additionalProperties, path).toBe(false);
    if (!/\/properties\/[^/]+$/.test(path)) continue;
    expect(node.description, path).toMatch(/\S/);
    expect(node.examples?.length, path).toBeGreaterThan(0);
  }
});

test('every example of a supported key is valid there', { timeout: 60_000 }, () => {
  for (const [path, node] of walkSchema(appSchema, '')) {
    if (isPlanned(node) || /\b(?:user|file)Field\b/.test(path)) continue;
    const isExample = ajv.getSchema(`app#${path.replaceAll('/*', '/additionalProperties')}`);
    for (const example of node.examples ?? [])
      expect(isExample?.(example), `${path} ${JSON.stringify(example)}`).toBe(true);
  }
});

test('every key of the language that is not supported is refused by name, where it is written', () => {
  let count = 0;
  for (const [path, key] of plannedKeys()) {
    const [yaml, line] = PLACES[path]?.(key) ?? ['', 0];
    const found = readSpec(yaml, 'app.yaml').diagnostics;
    expect(
      found.map((one) => [one.name, one.line]),
      `${path} ${key}`,
    ).toContainEqual(['not-yet-supported', line]);
    expect(
      found.some((one) => one.message.includes(`"${key}"`)),
      `${path} ${key}`,
    ).toBe(true);
    expect(
      found.map((one) => one.name),
      `${path} ${key}`,
    ).not.toContain('unknown-key');
    count += 1;
  }
  expect(count).toBeGreaterThan(25);
});

test('the field types of the schema are those of the typed spec', () => {
  const types = (appSchema.definitions?.['field']?.oneOf ?? [])
    .map(resolveSchema)
    .filter((branch) => !isPlanned(branch))
    .map((branch) => branch.properties?.['type']?.const);
  expect(types).toEqual(FIELD_TYPE_WORDS);
});

const HEAD = 'supercompile: 1\nname: shop\nauth: { provider: none }\nentities:\n  Lead:\n    fields:\n';
const grant = 'roles: [anonymous], allow: [read], rows: all';

/** Where each map of the schema stands in a spec: the text with the key, and the key's line. */
const PLACES: Readonly<Record<string, (key: string) => readonly [text: string, line: number]>> = {
  app: (key) => [`${HEAD}      a: { type: string }\n    access: {}\n${key}: x\n`, 9],
  auth: (key) => [`${HEAD.replace('none', `none, ${key}: x`)}      a: { type: string }\n    access: {}\n`, 3],
  api: (key) => [`${HEAD}      a: { type: string }\n    access: {}\napi: { ${key}: x }\n`, 9],
  entity: (key) => [`${HEAD}      a: { type: string }\n    access: {}\n    ${key}: x\n`, 9],
  grant: (key) => [`${HEAD}      a: { type: string }\n    access: { all: { ${grant}, ${key}: [a] } }\n`, 8],
  list: (key) => [`${HEAD}      a: { type: string }\n    access: {}\n    list: { ${key}: [a] }\n`, 9],
  unique: (key) => [
    `${HEAD}      a: { type: string }\n    access: {}\n    unique: { x: { fields: [a], ${key}: x } }\n`,
    9,
  ],
  index: (key) => [
    `${HEAD}      a: { type: string }\n    access: {}\n    indexes: { x: { fields: [a], ${key}: x } }\n`,
    9,
  ],
  field: (key) => {
    const [type = '', attribute = ''] = key.split('.');
    return [`${HEAD}      a: { type: ${type}, ${attribute}: x }\n    access: {}\n`, 7];
  },
};

function* plannedKeys(): Generator<readonly [kind: string, key: string], void, undefined> {
  for (const [, node] of walkSchema(appSchema, '')) {
    const kind = node['x-kind'];
    if (kind === undefined || kind === 'field' || node.properties === undefined) continue;
    for (const [key, property] of Object.entries(node.properties)) {
      if (isPlanned(resolveSchema(property))) yield [kind, key];
    }
  }
}

test('every attribute that is not supported is refused by name on every type that will have it', () => {
  for (const branch of (appSchema.definitions?.['field']?.oneOf ?? []).map(resolveSchema)) {
    if (isPlanned(branch)) continue;
    for (const [key, property] of Object.entries(branch.properties ?? {})) {
      if (!isPlanned(resolveSchema(property))) continue;
      const [yaml = '', line = 0] = PLACES['field']?.(`${String(branch.properties?.['type']?.const)}.${key}`) ?? [];
      const found = readSpec(yaml, 'app.yaml').diagnostics;
      expect(found.map((one) => [one.message.includes(`"${key}" is not yet`), one.line])).toContainEqual([true, line]);
    }
  }
});

test.each(['user', 'file'])('the field type %s is refused by name', (type) => {
  const found = readSpec(`${HEAD}      a: { type: ${type} }\n    access: {}\n`, 'app.yaml').diagnostics;
  expect(found.map((one) => [one.name, one.line, one.column])).toEqual([['not-yet-supported', 7, 18]]);
});

function* walkSchema(node: SchemaNode, path: string): Generator<readonly [string, SchemaNode], void, undefined> {
  yield [path, resolveSchema(node)];
  for (const [key, child] of Object.entries(node.properties ?? {}))
    yield* walkSchema(child, `${path}/properties/${key}`);
  for (const [key, child] of Object.entries(node.definitions ?? {}))
    yield* walkSchema(child, `${path}/definitions/${key}`);
  if (node.items !== undefined) yield* walkSchema(node.items, `${path}/items`);
  if (typeof node.additionalProperties === 'object') yield* walkSchema(node.additionalProperties, `${path}/*`);
}

function parseQuietly(yaml: string): SpecValue | undefined {
  try {
    return parse(yaml, { logLevel: 'silent' });
  } catch {
    return undefined;
  }
}
