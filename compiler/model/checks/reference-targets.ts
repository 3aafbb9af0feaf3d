import { pointer } from '../../diagnostics/json-pointer.ts';
import { findSpelling } from '../../spec/shape/suggest-word.ts';
import type { App } from '../app.ts';
import { allFields, type Check, type CheckInput, type EntityField, fieldPointer } from './check.ts';
import { type Culprit, findCulprits } from './dangling-names.ts';
import { nameHint } from './name-hint.ts';
import { replaceNode } from './replace-node.ts';
import { type Declarations, relatedIdle, reportDangling } from './report-dangling.ts';

/** A reference points to an entity of the spec, even to one that is itself refused. */
export const checkReferenceTargets: Check = (input) => {
  const { app, document, reporter } = input;
  const names = new Set(app.entities.map((entity) => entity.name));
  const links = listLinks(app).filter(({ to }) => names.has(to) || !document.isBroken(pointer('entities', to)));
  const dangling = links.filter(({ to }) => !names.has(to));
  if (dangling.length === 0) return;
  const declarations: Declarations = {
    what: 'an entity',
    pointer: '/entities',
    uses: links.map(({ at, to }) => ({ name: to, pointer: fieldPointer(at, 'to') })),
    place: (name) => ({ pointer: pointer('entities', name), at: 'key' }),
  };
  const culprits = findCulprits({
    declared: [...names],
    uses: declarations.uses,
    isDeclarable: () => true,
    isMeant: (name, near) => name !== `${near}s` && dangling.some(({ at, to }) => to === name && isNamedAfter(at, to)),
  });
  reportDangling(document, reporter, declarations, culprits);
  for (const link of dangling) if (!reporter.isFull()) reportUse(input, link, declarations, culprits.get(link.to));
};

interface Link {
  readonly at: EntityField;
  readonly to: string;
}

function listLinks(app: App): readonly Link[] {
  return allFields(app).flatMap((at) => {
    const { entity: to } = at.field.reference ?? at.field.links ?? {};
    return to === undefined ? [] : [{ at, to }];
  });
}

/** Whether the link has the name that its target suggests, which speaks for the target's. */
function isNamedAfter({ field }: EntityField, entity: string): boolean {
  return field.name.toLowerCase() === entity.toLowerCase();
}

function reportUse(
  { app, document, reporter }: CheckInput,
  { at, to }: Link,
  declarations: Declarations,
  culprit: Culprit | undefined,
): void {
  if (culprit?.kind !== 'use') return;
  const names = app.entities.map((entity) => entity.name);
  const closest = findSpelling(to, names);
  const where = fieldPointer(at, 'to');
  reporter.report(
    'unknown-entity',
    where,
    { name: to, hint: nameHint(closest, 'write the name of one under "entities"') },
    {
      allowed: names,
      related: relatedIdle(declarations, culprit),
      ...(closest !== undefined && { fix: replaceNode(document, where, closest) }),
    },
  );
}
