import type { Field, Literal } from '../../model/app.ts';
import { fieldTypeOf, type JsonSchema } from '../../model/field-types.ts';
import { fieldExample } from '../../plan/examples.ts';
import { prose } from '../text/markdown.ts';

/** Where a value stands: each place has its own rules for defaults and states. */
export type SchemaUse = 'row' | 'create' | 'upsert' | 'patch';

/** The schema of one property, with its prose, default and example. */
export function fieldSchema(field: Field, use: SchemaUse): JsonSchema {
  const description = describe(field, use);
  const example = fieldExample(field);
  return {
    ...valueSchema(field, use),
    ...(description !== '' && { description }),
    ...(use === 'create' && defaultOf(field)),
    ...(example !== undefined && { examples: [example] }),
  };
}

/** The schema of one element that is not null. */
export function elementSchema(field: Field): JsonSchema {
  const schema = fieldTypeOf(field).schema(field);
  if (field.links !== undefined) return { ...schema, description: `Id of the ${field.links.entity}.` };
  return field.type === 'json' && field.schema === undefined
    ? { type: ['object', 'array', 'string', 'number', 'boolean'], ...schema }
    : schema;
}

function valueSchema(field: Field, use: SchemaUse): JsonSchema {
  const element =
    use === 'create' && field.enum?.initial
      ? { ...elementSchema(field), enum: field.enum.initial }
      : elementSchema(field);
  if (field.many)
    return {
      type: 'array',
      items: element,
      maxItems: field.limits.maxItems,
      ...(field.links !== undefined && { uniqueItems: true }),
    };
  return field.optional ? nullable(element) : element;
}

function nullable(schema: JsonSchema): JsonSchema {
  const types = [schema['type']].flat();
  const values: unknown = schema['enum'];
  return { ...schema, type: [...types, 'null'], ...(Array.isArray(values) && { enum: [...values, null] }) };
}

function defaultOf(field: Field): { readonly default?: Literal } {
  if (field.default !== undefined) return { default: field.default };
  return field.many ? { default: [] } : {};
}

function describe(field: Field, use: SchemaUse): string {
  const target = field.reference === undefined ? [] : [`Id of the ${field.reference.entity}.`];
  const bounds = field.type === 'integer' || field.type === 'number' ? [] : boundsOf(field);
  const moves = use === 'patch' || use === 'upsert' ? (field.enum?.transitions ?? []) : [];
  const steps = moves.map(({ from, to }) =>
    to.length === 0 ? `${from} is final.` : `From ${from} to ${to.join(' or ')}.`,
  );
  const preset = use === 'create' && field.preset !== undefined ? [`If absent: \`${field.preset.text}\`.`] : [];
  const first = use === 'upsert' ? ofNewRows(field) : [];
  const made = [
    ...(field.computed === undefined ? [] : ['Computed by the server.']),
    ...(field.sequence ? ['Numbered by the server.'] : []),
  ];
  return [
    ...(field.description === undefined ? [] : [prose(field.description)]),
    ...made,
    ...target,
    ...bounds,
    ...preset,
    ...first,
    ...steps,
  ].join(' ');
}

/** What an upsert does to new rows alone. */
function ofNewRows({ preset, default: fallback, enum: values }: Field): readonly string[] {
  const text = preset?.text ?? (fallback === undefined ? undefined : JSON.stringify(fallback));
  const initial = values?.initial === undefined ? [] : [`A new row begins as ${values.initial.join(' or ')}.`];
  return [...(text === undefined ? [] : [`If absent in a new row: \`${text}\`.`]), ...initial];
}

/** JSON Schema has no bounds for text; they are told in prose. */
function boundsOf({ limits }: Field): readonly string[] {
  const least = limits.min === undefined ? [] : [`At least ${limits.min}.`];
  const most = limits.max === undefined ? [] : [`At most ${limits.max}.`];
  return [...least, ...most];
}
