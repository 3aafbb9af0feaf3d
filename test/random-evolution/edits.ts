import type { Construct, Draw } from '../random-specs/construct.ts';
import { ENTITY_CONSTRUCTS } from '../random-specs/entity-constructs.ts';
import { ENTITY_NAMES, FIELD_NAMES } from '../random-specs/names.ts';
import { pick, pickNumber } from '../random-specs/pick.ts';
import type { EntityDraft, SpecDraft } from '../random-specs/spec-draft.ts';
import { forgetField, renameField } from './mentions.ts';

/** What an edit may look at and change: one entity of a spec, and another spec to take from. */
export interface EditPlace {
  readonly draw: Draw;
  readonly spec: { readonly entities: Record<string, EntityDraft>; readonly more: SpecDraft['more'] };
  readonly donor: SpecDraft;
  readonly entityName: string;
  readonly entity: EntityDraft;
}

/** Ways in which people change a spec. What the compiler does not take is taken back. */
export const EDITS: readonly Construct<EditPlace>[] = [
  { name: 'an entity comes', share: 20, add: addEntity },
  { name: 'an entity goes', share: 8, add: ({ spec, entityName }) => void delete spec.entities[entityName] },
  { name: 'an entity is renamed', share: 15, add: renameEntity },
  { name: 'a field comes', share: 50, add: addField },
  { name: 'a field goes', share: 30, add: dropField },
  { name: 'a field is renamed', share: 30, add: renameSomeField },
  { name: 'a field is optional or not', share: 30, add: toggle('optional') },
  { name: 'a field is unique or not', share: 25, add: toggle('unique') },
  { name: 'a field is as another one', share: 30, add: replaceField },
  { name: 'values come', share: 30, add: ({ draw, entity }) => changeValues(draw, entity, addValue) },
  { name: 'values go', share: 20, add: ({ draw, entity }) => changeValues(draw, entity, dropValue) },
  { name: 'values are renamed', share: 20, add: renameValue },
  { name: 'a key of an entity goes', share: 20, add: dropKey },
  ...ENTITY_CONSTRUCTS.filter(({ name }) => !/description|table|path|links/.test(name)).map((item) => ({
    ...item,
    share: Math.ceil(item.share / 4),
  })),
];

function addEntity({ draw, spec, donor }: EditPlace): void {
  const entity = structuredClone(pick(draw, Object.values(donor.entities)));
  const fields = Object.entries(entity.fields).filter(
    ([, { type, computed }]) => !type.startsWith('reference') && !computed,
  );
  spec.entities[pick(draw, ENTITY_NAMES)] ??= { fields: Object.fromEntries(fields), access: entity.access, more: {} };
}

function renameEntity({ draw, spec, entityName, entity }: EditPlace): void {
  const name = pick(draw, ENTITY_NAMES);
  if (spec.entities[name] !== undefined) return;
  for (const { fields } of Object.values(spec.entities))
    for (const field of Object.values(fields)) if (field['to'] === entityName) field['to'] = name;
  delete spec.entities[entityName];
  spec.entities[name] = { ...entity, more: { ...entity.more, was: entityName } };
}

function addField({ draw, entity, donor }: EditPlace): void {
  const fields = Object.values(donor.entities).flatMap((other) => Object.values(other.fields));
  const field = pick(draw, fields);
  if (field.type.startsWith('reference') || 'computed' in field) return;
  entity.fields[pick(draw, FIELD_NAMES)] ??= structuredClone(field);
}

function dropField({ draw, entity }: EditPlace): void {
  const name = pick(draw, Object.keys(entity.fields));
  delete entity.fields[name];
  forgetField(entity, name);
}

function renameSomeField({ draw, entity }: EditPlace): void {
  const name = pick(draw, Object.keys(entity.fields));
  const next = pick(draw, FIELD_NAMES);
  const field = entity.fields[name];
  if (field === undefined || entity.fields[next] !== undefined || 'computed' in field) return;
  delete entity.fields[name];
  entity.fields[next] = { ...field, was: name };
  renameField(entity, name, next);
}

function toggle(key: string): (place: EditPlace) => void {
  return ({ draw, entity }) => {
    const field = pick(draw, Object.values(entity.fields));
    if (field[key] === true) delete field[key];
    else field[key] = true;
  };
}

/** Often of the same type, with other limits. */
function replaceField({ draw, entity, donor }: EditPlace): void {
  const [name, field] = pick(draw, Object.entries(entity.fields));
  const all = Object.values(donor.entities).flatMap((other) => Object.values(other.fields));
  const same = all.filter(({ type }) => type === field.type);
  const next = pick(draw, same.length > 0 && pickNumber(draw, 1, 4) > 1 ? same : all);
  if (!next.type.startsWith('reference') && !field.type.startsWith('reference'))
    entity.fields[name] = structuredClone(next);
}

type Change = (draw: Draw, values: readonly string[]) => readonly string[];

function changeValues(draw: Draw, entity: EntityDraft, change: Change): void {
  const fields = Object.values(entity.fields).filter(({ type }) => type === 'enum');
  const field = fields.length === 0 ? undefined : pick(draw, fields);
  const values = field?.['values'];
  if (field === undefined || !Array.isArray(values)) return;
  field['values'] = [...change(draw, values.map(String))];
}

function addValue(draw: Draw, values: readonly string[]): readonly string[] {
  return values.toSpliced(pickNumber(draw, 0, values.length), 0, `v${pickNumber(draw, 1, 99)}`);
}

function dropValue(draw: Draw, values: readonly string[]): readonly string[] {
  return values.toSpliced(pickNumber(draw, 0, values.length - 1), 1);
}

function renameValue({ draw, entity }: EditPlace): void {
  const fields = Object.values(entity.fields).filter(({ type, transitions }) => type === 'enum' && !transitions);
  const field = fields.length === 0 ? undefined : pick(draw, fields);
  const values = field?.['values'];
  if (field === undefined || !Array.isArray(values)) return;
  const old = pick(draw, values.map(String));
  const next = `v${pickNumber(draw, 1, 99)}`;
  field['values'] = values.map((value) => (value === old ? next : value));
  field['valuesWere'] = { [next]: old };
  for (const key of ['default', 'example']) if (field[key] === old) field[key] = next;
}

function dropKey({ draw, entity }: EditPlace): void {
  const keys = Object.keys(entity.more).filter((key) => key !== 'table');
  if (keys.length > 0) delete entity.more[pick(draw, keys)];
}
