import type { DiagnosticParams } from '../../diagnostics/catalogue.ts';
import { allFields, type Check, type CheckInput, type EntityField, fieldPointer } from './check.ts';

interface Contradiction {
  readonly params: DiagnosticParams['contradictory-attributes'];
  readonly applies: (field: Written) => boolean;
}

/** The attributes of a field, as written. */
type Written = CheckInput['spec']['entities'][string]['fields'][string];

/** The first attribute is the one to take away. */
const CONTRADICTIONS: readonly Contradiction[] = [
  {
    params: { attribute: 'writeOnly', other: 'readOnly', reason: 'such a field could neither be written nor read' },
    applies: (field) => field.writeOnly === true && field.readOnly === true,
  },
  {
    params: {
      attribute: 'immutable',
      other: 'readOnly',
      reason: '"readOnly" already keeps the field out of every body',
    },
    applies: (field) => field.immutable === true && field.readOnly === true,
  },
  {
    params: {
      attribute: 'inverse',
      other: 'writeOnly',
      reason: 'the list on the other entity would show what this field hides',
    },
    applies: (field) => field.inverse !== undefined && field.writeOnly === true,
  },
  ...(['default', 'readOnly', 'immutable', 'writeOnly', 'many', 'transitions'] as const).map(
    (attribute): Contradiction => ({
      params: { attribute, other: 'computed', reason: 'the database sets a computed field, and no body has it' },
      applies: (field) => field.computed !== undefined && field[attribute] !== undefined && field[attribute] !== false,
    }),
  ),
  ...(
    ['default', 'readOnly', 'immutable', 'writeOnly', 'many', 'optional', 'unique', 'computed', 'min', 'max'] as const
  ).map((attribute): Contradiction => ({
    params: {
      attribute,
      other: 'sequence',
      reason: 'the database numbers the rows from 1, so that the field is there, unique and in no body',
    },
    applies: (field) => field.sequence === true && field[attribute] !== undefined && field[attribute] !== false,
  })),
  {
    params: { attribute: 'optional', other: 'many', reason: 'an array is never null; without a value it is empty' },
    applies: (field) => field.optional === true && field.many === true,
  },
  {
    params: {
      attribute: 'unique',
      other: 'many',
      reason: 'whole arrays are not compared; make the items an entity of their own',
    },
    applies: (field) => field.unique === true && field.many === true,
  },
];

/** No attribute takes back what another says. */
export const checkContradictions: Check = ({ spec, app, reporter }) => {
  for (const at of allFields(app)) {
    const written = spec.entities[at.entity.name]?.fields[at.field.name];
    if (written === undefined) continue;
    for (const { params } of CONTRADICTIONS.filter((row) => row.applies(written))) {
      reporter.report('contradictory-attributes', fieldPointer(at, params.attribute), params, {
        at: 'key',
        related: [{ pointer: fieldPointer(at, params.other), message: `"${params.other}" is here` }],
      });
    }
    if (written.maxItems !== undefined && !at.field.many) {
      reporter.report('max-items-without-many', fieldPointer(at, 'maxItems'), { field: at.field.name }, { at: 'key' });
    }
  }
};

/** A required field that no body may carry gets its value from a default. */
export const checkReadOnlyValues: Check = ({ spec, app, reporter }) => {
  for (const at of allFields(app)) {
    const { name, readOnly, optional, default: fallback, reference, sequence } = at.field;
    const isComputed = spec.entities[at.entity.name]?.fields[name]?.computed !== undefined;
    const isPreset = spec.entities[at.entity.name]?.fields[name]?.default !== undefined;
    const isSet = fallback !== undefined || isPreset || isComputed || sequence === true;
    if (!readOnly || optional || isSet) continue;
    const hint = reference === undefined ? 'give it a "default" or "optional: true"' : 'write "optional: true"';
    reporter.report('unset-read-only', fieldPointer(at), { field: name, hint }, { at: 'key' });
  }
};

/** Only an optional link can be emptied. */
export const checkSetNull: Check = ({ app, reporter }) => {
  for (const at of allFields(app)) reportSetNull(reporter, at);
};

function reportSetNull(reporter: CheckInput['reporter'], at: EntityField): void {
  if (at.field.reference?.onDelete !== 'setNull' || at.field.optional) return;
  reporter.report('set-null-of-required', fieldPointer(at, 'onDelete'), { field: at.field.name });
}
