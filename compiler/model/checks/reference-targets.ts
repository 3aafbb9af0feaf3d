import { findSpelling } from '../../spec/shape/suggest-word.ts';
import { pointer } from '../../diagnostics/json-pointer.ts';
import { allFields, type Check, fieldPointer } from './check.ts';
import { nameHint } from './name-hint.ts';
import { replaceNode } from './replace-node.ts';

/** A reference points to an entity of the spec, even to one that is itself refused. */
export const checkReferenceTargets: Check = ({ app, document, reporter }) => {
  const names = app.entities.map((entity) => entity.name);
  for (const at of allFields(app)) {
    const target = at.field.reference?.entity;
    if (target === undefined || names.includes(target) || document.isBroken(pointer('entities', target))) continue;
    const closest = findSpelling(target, names);
    const where = fieldPointer(at, 'to');
    reporter.report(
      'unknown-entity',
      where,
      { name: target, hint: nameHint(closest, 'write the name of one under "entities"') },
      { allowed: names, ...(closest !== undefined && { fix: replaceNode(document, where, closest) }) },
    );
  }
};
