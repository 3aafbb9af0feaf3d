import { pointer, pointerSegments } from '../diagnostics/json-pointer.ts';
import type { Reporter } from '../diagnostics/reporter.ts';
import { findSpelling } from '../spec/shape/suggest-word.ts';
import type { LocatedDocument } from '../spec/located-document.ts';
import type { EntitySpec, FieldSpec, Spec, SpecMap } from '../spec/spec.ts';
import { nameHint } from './checks/name-hint.ts';
import { replaceNode } from './checks/replace-node.ts';

/** A spec whose entities have the fields of their mixins, and its text, in which those stand elsewhere. */
export interface MixedSpec {
  readonly spec: Spec;
  readonly document: LocatedDocument;
}

/** Gives each entity the fields of its mixins, behind its own. What is declared twice stays the entity's own. */
export function withMixins(spec: Spec, document: LocatedDocument): MixedSpec {
  const { mixins } = spec;
  if (mixins === undefined) return { spec, document };
  const entries = Object.entries(spec.entities).map(([name, entity]) => [name, withFields(entity, mixins)] as const);
  return {
    spec: { ...spec, entities: Object.fromEntries(entries) },
    document: elsewhere(document, (at) => writtenPlace(spec, at)),
  };
}

function withFields(entity: EntitySpec, mixins: SpecMap<{ readonly fields: SpecMap<FieldSpec> }>): EntitySpec {
  const taken = (entity.mixins ?? []).flatMap((name) => Object.entries(own(mixins, name)?.fields ?? {}));
  const added = taken.filter(([name]) => !Object.hasOwn(entity.fields, name));
  return { ...entity, fields: { ...entity.fields, ...Object.fromEntries(added) } };
}

function own<Value>(map: SpecMap<Value>, name: string): Value | undefined {
  return Object.hasOwn(map, name) ? map[name] : undefined;
}

/** Where the node of a field is written: in the entity, or in the mixin that it comes from. */
function writtenPlace({ entities, mixins = {} }: Spec, at: string): string {
  const [root = '', entity = '', key, field = '', ...below] = pointerSegments(at);
  if (root !== 'entities' || key !== 'fields' || field === '') return at;
  const written = own(entities, entity);
  if (written === undefined || Object.hasOwn(written.fields, field)) return at;
  const mixin = written.mixins?.find((name) => Object.hasOwn(own(mixins, name)?.fields ?? {}, field));
  return mixin === undefined ? at : pointer('mixins', mixin, 'fields', field, ...below);
}

function elsewhere(document: LocatedDocument, placeOf: (at: string) => string): LocatedDocument {
  return {
    ...document,
    written: placeOf,
    place: (at) => document.place(placeOf(at)),
    locate: (at, place) => document.locate(placeOf(at), place),
    locateInside: (at, start, end) => document.locateInside(placeOf(at), start, end),
    isBroken: (at) => document.isBroken(placeOf(at)),
    isIncomplete: (at) => document.isIncomplete(placeOf(at)),
    markBroken: (at) => document.markBroken(placeOf(at)),
  };
}

/** Mixins are there, are used, and declare no field that the entity has already. */
export function checkMixins(spec: Spec, document: LocatedDocument, reporter: Reporter): void {
  const { entities, mixins = {} } = spec;
  const used = new Set<string>();
  for (const [entity, written] of Object.entries(entities)) {
    const declared = new Map(
      Object.keys(written.fields).map((name) => [name, fieldsPointer('entities', entity, name)]),
    );
    for (const [index, name] of (written.mixins ?? []).entries()) {
      used.add(name);
      const at = pointer('entities', entity, 'mixins', index);
      const mixin = own(mixins, name);
      if (mixin === undefined) used.add(reportUnknown({ document, reporter, at, name, known: Object.keys(mixins) }));
      for (const field of Object.keys(mixin?.fields ?? {})) {
        const other = declared.get(field);
        const here = fieldsPointer('mixins', name, field);
        if (other !== undefined) {
          const related = [other, here].map((place) => ({ pointer: place, message: `"${field}" is here` }));
          reporter.report('mixin-field-clash', at, { mixin: name, field, entity }, { related });
        }
        declared.set(field, here);
      }
    }
  }
  for (const name of Object.keys(mixins)) {
    if (!used.has(name) && !document.isIncomplete('/entities'))
      reporter.report('unused-mixin', pointer('mixins', name), { name }, { at: 'key' });
  }
}

function fieldsPointer(kind: 'entities' | 'mixins', owner: string, field: string): string {
  return pointer(kind, owner, 'fields', field);
}

interface Unknown {
  readonly document: LocatedDocument;
  readonly reporter: Reporter;
  readonly at: string;
  readonly name: string;
  readonly known: readonly string[];
}

/** Answers the mixin that was meant, as far as that can be told. */
function reportUnknown({ document, reporter, at, name, known }: Unknown): string {
  const closest = findSpelling(name, known);
  if (document.isBroken(pointer('mixins', name))) return closest ?? '';
  const fix = closest === undefined ? {} : { fix: replaceNode(document, at, closest) };
  const hint = nameHint(closest, known.length === 0 ? 'declare it under "mixins" of the app' : 'write the name of one');
  reporter.report('unknown-mixin', at, { name, hint }, { allowed: known, ...fix });
  return closest ?? '';
}
