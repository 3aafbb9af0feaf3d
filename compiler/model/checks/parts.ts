import { findSpelling } from '../../spec/shape/suggest-word.ts';
import type { Entity } from '../app.ts';
import { type Check, type CheckInput, entityPointer, fieldPointer } from './check.ts';
import { nameHint } from './name-hint.ts';
import { replaceNode } from './replace-node.ts';

/** What a part is part of is the target of one of its references, and lends it its access. */
export const checkParts: Check = (input) => {
  const { spec, app, reporter } = input;
  for (const entity of app.entities) {
    const written = spec.entities[entity.name];
    if (written?.partOf === undefined) continue;
    if (entity.partOf === undefined) reportUnknown(input, entity, written.partOf);
    else reportAttributes(input, entity, entity.partOf.field);
    if (written.access === undefined) continue;
    const params = { entity: entity.name, parent: entity.partOf?.entity ?? written.partOf };
    reporter.report('part-with-access', entityPointer(entity, 'access'), params, { at: 'key' });
  }
};

function reportUnknown({ document, reporter }: CheckInput, entity: Entity, name: string): void {
  if (document.isBroken(entityPointer(entity, 'fields', name))) return;
  const links = entity.fields.filter(({ reference }) => reference !== undefined);
  const meant = links.find(({ key, reference }) => key === name || reference?.entity === name)?.name;
  const names = links.map((link) => link.name);
  const closest = meant ?? findSpelling(name, names);
  const where = entityPointer(entity, 'partOf');
  const hint = nameHint(closest, 'write the name of one of its references');
  const fix = closest !== undefined && { fix: replaceNode(document, where, closest) };
  reporter.report('unknown-part-link', where, { name, entity: entity.name, hint }, { allowed: names, ...fix });
}

const REASONS = {
  optional: 'a part is never without what it belongs to',
  onDelete: 'a part is deleted with what it belongs to',
  readOnly: 'whoever creates a part says what it belongs to',
  writeOnly: 'a part tells what it belongs to',
} as const;

function reportAttributes({ spec, reporter }: CheckInput, entity: Entity, name: string): void {
  const field = entity.fields.find((candidate) => candidate.name === name);
  const written = spec.entities[entity.name]?.fields[name];
  if (field === undefined || written === undefined) return;
  const wrong = {
    optional: written.optional === true,
    onDelete: written.onDelete !== undefined && written.onDelete !== 'cascade',
    readOnly: written.readOnly === true,
    writeOnly: written.writeOnly === true,
  };
  for (const attribute of ['optional', 'onDelete', 'readOnly', 'writeOnly'] as const) {
    if (!wrong[attribute]) continue;
    const params = { attribute, field: name, reason: REASONS[attribute] };
    reporter.report('part-link-attribute', fieldPointer({ entity, field }, attribute), params, { at: 'key' });
  }
}
