import type { Edit } from '../../diagnostics/diagnostic.ts';
import type { Located } from '../../diagnostics/span.ts';
import type { Entity, Field } from '../app.ts';
import { plural } from '../naming.ts';
import { allFields, type Check, type EntityField, entityPointer, fieldPointer } from './check.ts';

/** A link is written without `Id`: the key in bodies gets it by itself. */
export const checkLinkNames: Check = ({ app, document, reporter }) => {
  for (const at of allFields(app)) {
    const { entity, field } = at;
    const short = shortName(field);
    if (short === undefined) continue;
    const isFree = entity.fields.every((other) => other.name !== short && other.key !== field.name);
    reporter.report(
      'link-named-id',
      fieldPointer(at),
      { name: field.name, end: field.links === undefined ? 'Id' : 'Ids', instead: short },
      {
        at: 'key',
        ...(isFree && { fix: { description: `write "${short}"`, edits: renameEdits(document, at, short) } }),
      },
    );
  }
};

/** The name without the end that the key gets by itself; undefined where it has none. */
function shortName({ name, reference, links }: Field): string | undefined {
  const stem = reference === undefined ? links && /^(.+)Ids$/.exec(name)?.[1] : /^(.+)Id$/.exec(name)?.[1];
  return stem === undefined || reference !== undefined ? stem : plural(stem);
}

/** The field's key, and every list of its entity that names it. */
function renameEdits(document: Located, at: EntityField, text: string): readonly Edit[] {
  const uses = usesOf(at.entity, at.field.name).map((use) => document.locate(use));
  return [document.locate(fieldPointer(at), 'key'), ...uses].map(({ line, column, endLine, endColumn }) => ({
    line,
    column,
    endLine,
    endColumn,
    text,
  }));
}

function usesOf(entity: Entity, name: string): readonly string[] {
  const lists: readonly (readonly [readonly string[], readonly string[]])[] = [
    [['list', 'filter'], entity.list.filter],
    [['list', 'sort'], entity.list.sort],
    ...entity.noOverlaps.map((rule) => [['noOverlap', rule.name, 'per'], rule.per] as const),
    ...entity.uniques.map((unique) => [['unique', unique.name, 'fields'], unique.fields] as const),
    ...entity.indexes.map((index) => [['indexes', index.name, 'fields'], index.fields] as const),
  ];
  return lists.flatMap(([path, names]) =>
    names.flatMap((used, index) => (used === name ? [entityPointer(entity, ...path, index)] : [])),
  );
}
