import type { FieldSpec } from '../../compiler/spec/spec.ts';
import { fieldSpecs } from '../model/field-arbitrary.ts';
import type { Draw } from './construct.ts';
import { FIELD_CONSTRUCTS } from './field-constructs.ts';
import { FIELD_NAMES } from './names.ts';
import { happens, pickSome } from './pick.ts';
import { entityOf, fieldOf, type EntityDraft, type FieldDraft } from './spec-draft.ts';
import { isValid, SpecMaker } from './spec-maker.ts';

/** An entity open to everyone, of fields that are valid each by itself and together; `constructs` gets the names of theirs. */
export function drawEntity(draw: Draw, constructs: Set<string>): EntityDraft {
  const fields = pickSome(draw, FIELD_NAMES, 6).map((name) => [name, drawField(draw, constructs)] as const);
  const entity = openEntity(Object.fromEntries(fields));
  return isValid({ Thing: entity }) ? entity : drawEntity(draw, constructs);
}

/** Made in a spec of its own: checking that costs a tenth of checking the whole. */
function drawField(draw: Draw, constructs: Set<string>): FieldDraft {
  const isSingle = happens(draw, 80);
  const plain = draw(() =>
    fieldSpecs.map((field) => draftOf(field, isSingle)).filter((field) => isValid(aloneIn(field))),
  );
  const maker = new SpecMaker(draw, aloneIn(plain), constructs);
  for (const construct of FIELD_CONSTRUCTS)
    maker.try(construct, ({ entities }) => ({ draw, field: fieldOf(entityOf({ entities }, 'Thing'), 'value') }));
  return fieldOf(entityOf(maker.spec, 'Thing'), 'value');
}

/** Beside a field that can be updated, since an entity without any is refused. */
function aloneIn(value: FieldDraft): Readonly<Record<string, EntityDraft>> {
  return { Thing: openEntity({ value, other: { type: 'boolean' } }) };
}

function openEntity(fields: EntityDraft['fields']): EntityDraft {
  const everyone = { roles: ['anonymous'], allow: ['create', 'read', 'update', 'delete'], rows: 'all' };
  return { fields, access: { everyone }, more: {} };
}

/** Without the keys that are undefined. */
function draftOf({ many, maxItems, ...field }: FieldSpec, isSingle: boolean): FieldDraft {
  return JSON.parse(JSON.stringify(isSingle ? field : { ...field, many, maxItems })) as FieldDraft;
}
