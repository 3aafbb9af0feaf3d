import { wholeInterpolation } from '../spec/shape/interpolation.ts';
import type { FieldSpec } from '../spec/spec.ts';
import type { EnumValues, Field, Limits, Literal } from './app.ts';
import { canonicalLiteral } from './canonical-literal.ts';
import { literalProblem, type ValueRules } from './literal.ts';
import { columnName, enumTypeName, fieldKey } from './naming.ts';

/** `varchar(255)`, the length that most line inputs live with. */
export const DEFAULT_STRING_LENGTH = 255;
/** A bound of the API, not of the column. */
export const DEFAULT_TEXT_LENGTH = 100_000;
export const DEFAULT_MAX_ITEMS = 100;

/** Fills in what a field leaves unsaid. */
export function buildField(entity: string, name: string, spec: FieldSpec): Field {
  const { type } = spec;
  const key = fieldKey(name, type);
  const many = spec.many ?? type === 'references';
  const limits = buildLimits(spec, many);
  const values = spec.type === 'enum' ? { enum: buildEnum(entity, name, spec) } : {};
  const schema = spec.schema === undefined ? {} : { schema: spec.schema };
  const rules: ValueRules = { type, many, limits, ...values, ...schema };
  const fallback = literalDefault(spec, many);
  return {
    name,
    key,
    column: columnName(key),
    ...formerName(spec),
    type,
    ...buildFlags(spec, many),
    ...(fallback !== undefined && { default: canonical(rules, fallback) }),
    ...(spec.example !== undefined && { example: canonical(rules, spec.example) }),
    ...(spec.description !== undefined && { description: spec.description }),
    limits,
    ...values,
    ...schema,
    ...(spec.to !== undefined && buildTarget(spec.to, spec)),
  };
}

type Flag = 'optional' | 'many' | 'unique' | 'immutable' | 'readOnly' | 'sequence' | 'writeOnly';

function buildFlags(spec: FieldSpec, many: boolean): Pick<Field, Flag> {
  const isNumbered = spec.sequence === true;
  return {
    optional: spec.optional ?? false,
    many,
    unique: spec.unique ?? isNumbered,
    immutable: spec.immutable ?? false,
    readOnly: spec.readOnly ?? (isNumbered || spec.computed !== undefined),
    ...(isNumbered && { sequence: true }),
    writeOnly: spec.writeOnly ?? false,
  };
}

function literalDefault(spec: FieldSpec, many: boolean): Literal | undefined {
  if (presetText(spec) !== undefined) return undefined;
  return spec.default ?? (many ? [] : undefined);
}

/** The expression of a default that is worked out when a row is created. */
export function presetText({ type, default: fallback }: FieldSpec): string | undefined {
  if ((type !== 'date' && type !== 'datetime') || typeof fallback !== 'string') return undefined;
  return wholeInterpolation(fallback);
}

/** The schema allows each type its own words of `onDelete`. */
function buildTarget(
  entity: string,
  { type, onDelete = 'restrict', inverse }: FieldSpec,
): Pick<Field, 'reference' | 'links'> {
  const target = { entity, ...(inverse !== undefined && { inverse }) };
  if (type === 'references') return { links: { ...target, onDelete: onDelete === 'unlink' ? onDelete : 'restrict' } };
  return { reference: { ...target, onDelete: onDelete === 'unlink' ? 'restrict' : onDelete } };
}

function formerName({ was }: FieldSpec): Pick<Field, 'was'> {
  return was === undefined ? {} : { was };
}

/** An invalid value stays as written: its check reports it. */
function canonical(rules: ValueRules, literal: Literal): Literal {
  return literalProblem(rules, literal) === undefined ? canonicalLiteral(rules, literal) : literal;
}

function buildLimits(spec: FieldSpec, many: boolean): Limits {
  const { min, max, minLength, precision, scale, pattern } = spec;
  const maxLength = spec.maxLength ?? defaultLength(spec);
  return {
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    ...(minLength !== undefined && { minLength }),
    ...(maxLength !== undefined && { maxLength }),
    ...(precision !== undefined && { precision }),
    ...(scale !== undefined && { scale }),
    ...(pattern !== undefined && { pattern }),
    ...(many && { maxItems: spec.maxItems ?? DEFAULT_MAX_ITEMS }),
  };
}

function defaultLength({ type }: FieldSpec): number | undefined {
  if (type === 'string') return DEFAULT_STRING_LENGTH;
  return type === 'text' ? DEFAULT_TEXT_LENGTH : undefined;
}

function buildEnum(entity: string, name: string, spec: FieldSpec): EnumValues {
  const { values = [], valuesWere, transitions } = spec;
  const were = Object.entries(valuesWere ?? {}).map(([value, was]) => ({ value, was }));
  const base = { typeName: enumTypeName(entity, name), values, ...(were.length > 0 && { were }) };
  if (transitions === undefined) return base;
  const machine = values.map((from) => ({
    from,
    to: Object.hasOwn(transitions, from) ? (transitions[from] ?? []) : [],
  }));
  return {
    ...base,
    transitions: machine,
    initial: spec.initial ?? (typeof spec.default === 'string' ? [spec.default] : []),
  };
}
