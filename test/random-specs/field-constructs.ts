import { samples } from '../../compiler/model/samples.ts';
import type { FieldSpec } from '../../compiler/spec/spec.ts';
import { makeField } from '../model/make-field.ts';
import type { Construct, FieldPlace } from './construct.ts';
import { PROSE } from './names.ts';
import { pick, pickNumber, pickSome } from './pick.ts';
import type { FieldDraft, Value } from './spec-draft.ts';

/** Attributes of a field, in an order in which each can build on those before. */
export const FIELD_CONSTRUCTS: readonly Construct<FieldPlace>[] = [
  { name: 'a state machine', share: 60, add: addTransitions },
  { name: 'a schema of json', share: 50, add: addSchema },
  { name: 'several initial states', share: 40, add: addInitial },
  { name: 'optional', share: 40, add: ({ field }) => void (field['optional'] = true) },
  { name: 'default', share: 25, add: addValue('default') },
  { name: 'a default that is worked out', share: 40, add: addPreset },
  { name: 'example', share: 25, add: addValue('example') },
  { name: 'default equal to the example', share: 5, add: addBoth },
  { name: 'unique', share: 25, add: ({ field }) => void (field['unique'] = true) },
  { name: 'immutable', share: 15, add: ({ field }) => void (field['immutable'] = true) },
  { name: 'readOnly', share: 15, add: ({ field }) => void (field['readOnly'] = true) },
  { name: 'writeOnly', share: 10, add: ({ field }) => void (field['writeOnly'] = true) },
  { name: 'a field description', share: 15, add: addDescription },
  { name: 'a flag that is off', share: 10, add: addFalse },
];

function addTransitions({ draw, field }: FieldPlace): void {
  const values = field['values'];
  if (!Array.isArray(values) || field['many'] === true) return;
  const states: readonly string[] = values.map(String);
  const moves = states
    .map(
      (from) =>
        [
          from,
          pickSome(
            draw,
            states.filter((to) => to !== from),
          ),
        ] as const,
    )
    .filter(([, next]) => next.length > 0 && pickNumber(draw, 1, 4) > 1);
  field['transitions'] = Object.fromEntries(moves);
  field['default'] = pick(draw, states);
}

function addSchema({ field }: FieldPlace): void {
  if (field.type === 'json') field['schema'] = SCHEMA;
}

const SCHEMA: Value = {
  type: 'object',
  description: 'Words by language.',
  properties: {
    theme: { type: 'string', enum: ['light', 'dark'] },
    'font size': { type: 'integer', minimum: 8, maximum: 40 },
    note: { type: ['string', 'null'], maxLength: 20, pattern: '^[a-z]*$' },
    more: {
      type: 'object',
      properties: { flags: { type: 'array', items: { type: 'boolean' }, maxItems: 3 } },
      additionalProperties: false,
    },
    ratios: { type: 'array', items: { type: 'number', minimum: -1.5 }, minItems: 1 },
  },
  required: ['theme'],
  additionalProperties: { type: 'string', minLength: 1 },
};

/** More states to start with, and half of the time no default among them. */
function addInitial({ draw, field }: FieldPlace): void {
  const { values, default: start } = field;
  if (!Array.isArray(values) || field['transitions'] === undefined || typeof start !== 'string') return;
  field['initial'] = [...new Set([start, ...pickSome(draw, values.map(String))])];
  if (pickNumber(draw, 1, 2) === 1) delete field['default'];
}

/** Values that the field has room for, a list of them where it is `many`. */
function valuesOf({ field }: FieldPlace): readonly Value[] {
  return samples(makeField(asSpec(field)));
}

function addValue(key: 'default' | 'example'): (place: FieldPlace) => void {
  return (place) => {
    const values = valuesOf(place);
    if (place.field['transitions'] === undefined && values.length > 0) place.field[key] = pick(place.draw, values);
  };
}

function addPreset({ draw, field }: FieldPlace): void {
  const expressions = PRESETS[field.type];
  if (expressions === undefined || field['many'] === true) return;
  delete field['min'];
  delete field['max'];
  field['default'] = pick(draw, expressions);
}

const PRESETS: Readonly<Record<string, readonly string[]>> = {
  date: ["${today('UTC')}", "${today('Pacific/Auckland')}"],
  datetime: ['${now}', "${now + duration('72h')}", "${at(today('Europe/Paris'), '09:30', 'Europe/Paris')}"],
};

function addBoth(place: FieldPlace): void {
  const [value] = valuesOf(place);
  if (value !== undefined && place.field['transitions'] === undefined)
    Object.assign(place.field, { default: value, example: value });
}

function addDescription({ draw, field }: FieldPlace): void {
  field['description'] = pick(draw, ['What it is.', PROSE, 'Größe in 厘米 \u{1F600}, $${unit} #1: "x"']);
}

function addFalse({ draw, field }: FieldPlace): void {
  const key = pick(draw, ['optional', 'unique', 'many', 'immutable', 'readOnly', 'writeOnly']);
  field[key] ??= false;
}

function asSpec(field: FieldDraft): FieldSpec {
  return field as unknown as FieldSpec;
}
