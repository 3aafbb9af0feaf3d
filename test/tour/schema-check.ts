import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import type { Document } from './document.ts';
import type { Json, JsonObject } from './json.ts';

/** Says what is wrong with a value; `undefined` when nothing is. */
export interface SchemaCheck {
  /** A schema by its place in the document: `/components/schemas/Lead`. */
  readonly at: (pointer: string, value: Json) => string | undefined;
  readonly against: (schema: JsonObject, value: Json) => string | undefined;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

const FORMATS = {
  'date-time': /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/,
  date: DATE,
  uuid: new RegExp(UUID.source, 'i'),
  email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
  uri: /^https?:\/\/\S+$/,
  'uri-reference': /^\S*$/,
  timezone: /^[A-Za-z][A-Za-z0-9_+\-/]*$/,
  decimal: /^-?\d+(\.\d+)?$/,
  int64: /^-?\d+$/,
  int32: true,
  double: true,
} as const;

/** Checks values against the schemas of a document (JSON Schema 2020-12). */
export function createSchemaCheck(document: Document): SchemaCheck {
  // The schemas themselves are checked elsewhere, and each validates too few values for better code to pay.
  const ajv = new Ajv2020({
    strict: false,
    validateSchema: false,
    meta: false,
    allErrors: true,
    formats: FORMATS,
    ownProperties: true,
    code: { optimize: false },
  });
  ajv.addSchema({ ...document, $id: 'document' });
  const compiled = new Map<string, (value: Json) => string | undefined>();
  const compile = (schema: object): ((value: Json) => string | undefined) => {
    const key = JSON.stringify(schema);
    const known = compiled.get(key);
    if (known !== undefined) return known;
    const validate = ajv.compile(schema);
    const check = (value: Json): string | undefined => (validate(value) ? undefined : describe(validate.errors ?? []));
    compiled.set(key, check);
    return check;
  };
  // Most are asked for again and again, and their texts are long.
  const known = new WeakMap<JsonObject, (value: Json) => string | undefined>();
  const checkOf = (schema: JsonObject): ((value: Json) => string | undefined) => {
    const check = known.get(schema) ?? compile(withoutProse(schema));
    known.set(schema, check);
    return check;
  };
  return {
    at: (pointer, value) =>
      compile({ $ref: `document#${pointer.replaceAll('%', '%25').replaceAll('{', '%7B').replaceAll('}', '%7D')}` })(
        value,
      ),
    against: (schema, value) => checkOf(schema)(value),
  };
}

function withoutProse(schema: JsonObject): object {
  const { description: _description, examples: _examples, default: _default, ...rest } = schema;
  return JSON.parse(JSON.stringify(rest).replaceAll('"#/', '"document#/')) as object;
}

function describe(errors: readonly ErrorObject[]): string {
  return errors
    .map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`)
    .join('; ');
}
