import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { validate as validateWithReadme } from '@readme/openapi-parser';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { emitOpenApi } from '../../compiler/emit/openapi/emit-openapi.ts';
import { planResources } from '../../compiler/plan/resource.ts';
import { compileText } from '../determinism/compile-text.ts';
import { list, operationsOf, type Document } from '../tour/document.ts';
import { createSchemaCheck } from '../tour/schema-check.ts';
import { emitInput } from './emit-fixture.ts';
import { fixtureApp } from './fixture-app.ts';

type Schema = ReturnType<typeof JSON.parse>;

const text = emitOpenApi(emitInput(fixtureApp))[0]!.text;
const spec: Schema = JSON.parse(text);
const schemas: Schema = spec.components.schemas;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const formats = {
  uuid: UUID,
  email: /@/,
  uri: /^https?:/,
  date: /^\d{4}-\d\d-\d\d$/,
  'date-time': /^\d{4}-\d\d-\d\dT[\d:.]+Z$/,
  timezone: true,
  int32: true,
  int64: true,
  double: true,
  decimal: true,
  'uri-reference': true,
} as const;

const ajv = new Ajv2020({ allErrors: true, strict: false, formats }).addSchema({ ...spec, $id: 'spec' });

function validator(schema: Schema) {
  const check = ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"spec#/components')));
  return (value: unknown): readonly string[] => {
    check(value);
    return (check.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
  };
}

test('redocly finds nothing against its recommended rules, warnings included', () => {
  const directory = mkdtempSync(join(tmpdir(), 'openapi-'));
  try {
    const file = join(directory, 'openapi.json');
    writeFileSync(file, text);
    const cli = join(import.meta.dirname, '../../node_modules/@redocly/cli/bin/cli.js');
    const output = execFileSync(
      process.execPath,
      [cli, 'lint', file, '--extends', 'recommended-strict', '--format', 'json'],
      {
        cwd: directory,
        encoding: 'utf8',
        env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    );
    expect(JSON.parse(output).problems).toEqual([]);
  } finally {
    rmSync(directory, { recursive: true });
  }
});

test('two independent parsers accept the document', async () => {
  const result = await new Validator().validate(JSON.parse(text));
  expect(result.errors ?? []).toEqual([]);
  expect(result.valid).toBe(true);
  expect(await validateWithReadme(JSON.parse(text))).toMatchObject({ valid: true });
});

test('every property has an example that its own schema accepts', () => {
  const properties = Object.entries<Schema>(schemas).flatMap(([name, schema]) =>
    Object.entries<Schema>(schema.properties ?? {}).map(([key, property]) => [`${name}.${key}`, property] as const),
  );
  // Expanded rows are components with examples of their own.
  const own = properties.filter(
    ([path, property]) => !/\.(errors|data|nextCursor)$/.test(path) && !JSON.stringify(property).includes('$ref'),
  );
  expect(own.filter(([, property]) => property.examples === undefined).map(([path]) => path)).toEqual([]);
  const wrong = own.flatMap(([path, property]) =>
    property.examples.flatMap((example: unknown) => validator(property)(example).map((error) => `${path}${error}`)),
  );
  expect(wrong).toEqual([]);
});

interface MediaType {
  readonly place: string;
  readonly schema: Schema;
  readonly example: unknown;
}

function mediaTypes(value: unknown, place = ''): readonly MediaType[] {
  if (typeof value !== 'object' || value === null) return [];
  const own =
    'schema' in value && 'example' in value ? [{ place, schema: value.schema as Schema, example: value.example }] : [];
  return [...own, ...Object.entries(value).flatMap(([key, child]) => mediaTypes(child, `${place}/${key}`))];
}

test('every whole-body example is valid', () => {
  const found = mediaTypes(spec);
  expect(found.length).toBeGreaterThan(20);
  expect(
    found.flatMap(({ place, schema, example }) => validator(schema)(example).map((error) => `${place}: ${error}`)),
  ).toEqual([]);
});

test.for(['field-station', 'lending-library'])('a request may be as the examples of %s say', async (name) => {
  const files = await compileText(readFileSync(`test/specs/${name}/app.yaml`, 'utf8'));
  const document: Document = JSON.parse(files.get('app/docs/openapi.json') ?? '');
  const { against } = createSchemaCheck(document);
  const wrong = operationsOf(document).flatMap(({ id, parameters, body = {}, examples }) => [
    ...examples.flatMap((example) => against(body, example) ?? []).map((error) => `${id}: ${error}`),
    ...parameters.flatMap(({ name: parameter, schema }) =>
      list(schema['examples'])
        .flatMap((example) => against(schema, example) ?? [])
        .map((error) => `${id} ${parameter}: ${error}`),
    ),
  ]);
  expect(wrong).toEqual([]);
});

test('examples lie in the order that ranges and checks of the row ask for, also over several fields', async () => {
  const files = await compileText(`supercompile: 1
name: trips
auth: { provider: none }
entities:
  Trip:
    access: { everyone: { roles: [anonymous], allow: [create, read, update], rows: all } }
    fields:
      arrivesAt: { type: datetime }
      departsAt: { type: datetime, optional: true }
      most: { type: integer, max: 40 }
      usual: { type: integer }
      least: { type: integer, default: 40 }
      first: { type: date, min: 2030-01-01 }
      last: { type: date }
      low: { type: integer, example: 40 }
      high: { type: integer, example: 60 }
      bookedAt: { type: datetime }
      startsAt: { type: datetime }
      endsAt: { type: datetime }
      note: { type: string, optional: true }
    noOverlap: { apart: { from: startsAt, to: endsAt } }
    checks:
      inTime: "record.departsAt == null || record.departsAt < record.arrivesAt"
      bounds: "record.least < record.usual && record.most > record.usual"
      days: "record.first < record.last && record.low < record.high"
      before: "record.bookedAt < record.startsAt"
      short: "record.endsAt - record.startsAt <= duration('4h') && record.endsAt - record.startsAt >= duration('15m')"
      prompt: "record.arrivesAt <= record.departsAt + duration('30s')"
`);
  const document: Document = JSON.parse(files.get('app/docs/openapi.json') ?? '');
  const bodies = operationsOf(document).flatMap(({ examples }) => examples.map((example) => Object(example)));
  const whole = bodies.filter((body) => Object.hasOwn(body, 'departsAt'));
  expect(whole.length).toBeGreaterThan(0);
  for (const { departsAt, arrivesAt, bookedAt, startsAt, endsAt, ...body } of whole) {
    const { least, usual, most, first, last, low, high } = body;
    const isBefore = (one: string, other: string): boolean => Date.parse(one) < Date.parse(other);
    expect([isBefore(departsAt, arrivesAt), isBefore(bookedAt, startsAt), isBefore(startsAt, endsAt)]).toEqual([
      true,
      true,
      true,
    ]);
    const lasts = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 60_000;
    expect([lasts(startsAt, endsAt) >= 15, lasts(startsAt, endsAt) <= 240, lasts(departsAt, arrivesAt) <= 0.5]).toEqual(
      [true, true, true],
    );
    expect([least < usual, usual < most, most <= 40, first < last]).toEqual([true, true, true, true]);
    expect([low, high]).toEqual([40, 60]);
  }
  // A patch alone cannot be known to keep an order.
  expect(bodies.filter((body) => Object.keys(body).length === 1)).toEqual([{ note: expect.any(String) }]);
});

test('examples of one entity tell one story', () => {
  const collection = spec.paths['/api/v1/leads'];
  const item = spec.paths['/api/v1/leads/{id}'];
  const sent = collection.post.requestBody.content['application/json'].example;
  const created = collection.post.responses['201'].content['application/json'].example;
  const changed = item.patch.responses['200'].content['application/json'].example;
  expect(created).toMatchObject(sent);
  expect(changed).toEqual({
    ...created,
    ...item.patch.requestBody.content['application/json'].example,
    updatedAt: changed.updatedAt,
  });
  expect(item.patch.requestBody.content['application/json'].example).toEqual({ status: 'contacted' });
  expect(created.accountId).toBe(
    spec.paths['/api/v1/accounts'].post.responses['201'].content['application/json'].example.id,
  );
});

test('create and patch bodies have just the fields that may be sent', () => {
  const { LeadCreate_: create, LeadPatch: patch } = schemas;
  expect(create.required).toEqual(['name', 'phone']);
  expect(create.properties.contactedAt).toBeUndefined();
  expect(create.properties.status).toMatchObject({ enum: ['new'], default: 'new' });
  expect(create.properties.tags).toMatchObject({ type: 'array', maxItems: 20, default: [] });
  expect(patch.properties.source).toBeUndefined();
  expect(patch.properties.status.enum).toEqual(['new', 'contacted', 'qualified', 'won', 'lost']);
  expect(JSON.stringify(patch)).not.toContain('"default"');
  expect(create.additionalProperties).toBe(false);
  expect(patch.additionalProperties).toBe(false);
});

test('optional fields and no others may be null', () => {
  const check = validator({ $ref: '#/components/schemas/KitchenPatch' });
  expect(check({ extra: null, site: null, level: null })).toEqual([]);
  for (const key of ['meta', 'title', 'zone', 'scores', 'opens', 'big']) expect(check({ [key]: null })).not.toEqual([]);
});

test('a written field is absent from answers when it is write-only', () => {
  expect(schemas.Select.properties.pk).toBeUndefined();
  expect(schemas.Select.required).not.toContain('pk');
  expect(schemas.SelectCreate.properties.pk).toBeDefined();
});

test('an entity whose rows nobody may read answers ids and nothing else', () => {
  const created = spec.paths['/api/v1/problems'].post.responses['201'].content['application/json'];
  expect(created.schema).toEqual({ $ref: '#/components/schemas/CreatedId' });
  expect(spec.paths['/api/v1/problems'].get).toBeUndefined();
  expect(spec.paths['/api/v1/problems/{id}'].patch.responses['204'].content).toBeUndefined();
  expect(schemas.Problem).toBeUndefined();
});

test('names that entities bear are not taken for anything else', () => {
  expect(schemas.Problem_.description).toBe('RFC 9457.');
  expect(schemas.LeadCreate.properties.note).toBeDefined();
  expect(schemas.LeadCreate_.properties.phone).toBeDefined();
});

function parametersOf(path: string): Schema {
  const entries = spec.paths[path].get.parameters.flatMap((parameter: Schema) =>
    parameter.name ? [[parameter.name, parameter]] : [],
  );
  return Object.fromEntries(entries);
}

test('a list has a parameter for each filter and operator, exactly typed', () => {
  const parameters = parametersOf('/api/v1/leads');
  expect(Object.keys(parameters)).toEqual([
    'limit',
    'sort',
    'expand',
    'fields',
    'status',
    'status[ne]',
    'status[in]',
    'accountId',
    'accountId[ne]',
    'accountId[in]',
    'accountId[null]',
    'score',
    'score[ne]',
    'score[in]',
    'score[gt]',
    'score[gte]',
    'score[lt]',
    'score[lte]',
    'email',
    'email[ne]',
    'email[in]',
    'email[contains]',
    'email[null]',
    'smsConsent',
    'smsConsent[ne]',
    'notes',
    'notes[ne]',
    'notes[in]',
    'notes[contains]',
    'notes[null]',
    'createdAt',
    'createdAt[ne]',
    'createdAt[in]',
    'createdAt[gt]',
    'createdAt[gte]',
    'createdAt[lt]',
    'createdAt[lte]',
  ]);
  expect(parameters.limit.schema).toEqual({ type: 'integer', format: 'int32', minimum: 1, maximum: 100, default: 25 });
  expect(parameters.expand.schema).toMatchObject({ items: { enum: ['account', 'account.owner'] }, maxItems: 2 });
  expect(parameters['status[in]']).toMatchObject({
    style: 'form',
    explode: false,
    schema: { type: 'array', maxItems: 100 },
  });
  expect(parameters['score[gte]'].schema).toMatchObject({ type: 'integer', minimum: 0, maximum: 100 });
  expect(parameters['notes[null]'].schema).toEqual({ type: 'boolean' });
  expect(parameters.sort.schema.items.enum).toEqual(['createdAt', '-createdAt', 'score', '-score', 'email', '-email']);
  expect(parameters.sort.schema.default).toEqual(['-createdAt']);
});

test('a filter whose name the list itself uses is always bracketed', () => {
  const parameters = parametersOf('/api/v1/selects');
  expect(parameters.limit.schema.maximum).toBe(50);
  expect(parameters['limit[eq]'].schema).toMatchObject({ minimum: 1 });
});

test('every operation declares the statuses of its route, and no caller needs credentials', () => {
  const operations = planResources(fixtureApp).flatMap(({ routes }) => routes);
  expect(operations.length).toBeGreaterThan(15);
  for (const { path, method, statuses, operationId } of operations) {
    const operation = spec.paths[path][method];
    expect(operation.operationId).toBe(operationId);
    expect(Object.keys(operation.responses).map(Number)).toEqual(statuses);
    expect(operation.security).toEqual([]);
  }
});

test('an entity without grants appears nowhere', () => {
  expect(text).not.toMatch(/hidden/i);
});
