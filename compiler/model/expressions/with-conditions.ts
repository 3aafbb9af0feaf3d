import { pointer } from '../../diagnostics/json-pointer.ts';
import type { Reporter } from '../../diagnostics/reporter.ts';
import type { Located } from '../../diagnostics/span.ts';
import type { Expression } from '../../expression/expression.ts';
import { walkExpression } from '../../expression/walk-expression.ts';
import type { EntitySpec, Spec, SpecMap } from '../../spec/spec.ts';
import type {
  Computed,
  Condition,
  Entity,
  Field,
  NamedCondition,
  NamedFields,
  NoOverlap,
  Reads,
  RowCheck,
} from '../app.ts';
import { presetText } from '../build-field.ts';
import { isRange } from '../ranges.ts';
import { entityShapes, fieldType } from './entity-shapes.ts';
import { createExpressionReader, type ExpressionReader } from './expression-reader.ts';
import { type ExpressionPlace, readsRows } from './expression-place.ts';

/** Gives the entities what their expressions mean. One that means nothing is reported and left out. */
export function withConditions(
  spec: Spec,
  entities: readonly Entity[],
  document: Located,
  reporter: Reporter,
): readonly Entity[] {
  const reader = createExpressionReader(entityShapes(entities, spec, document), document, reporter);
  return entities.map((entity) => {
    const written = spec.entities[entity.name];
    return written === undefined ? entity : withMeaning({ reader, entity, written });
  });
}

interface Work {
  readonly reader: ExpressionReader;
  readonly entity: Entity;
  readonly written: EntitySpec;
}

function withMeaning(work: Work): Entity {
  const { entity, written } = work;
  const frozen = written.frozen === undefined ? [] : read(work, written.frozen, 'frozen', ['frozen']);
  const fields = entity.fields.map((field) => withPreset(work, withComputed(work, field)));
  const kept = keptKeys(fields);
  return {
    ...entity,
    fields,
    rules: readNamed(work, 'rules', 'rule'),
    checks: [
      ...readNamed(work, 'checks', 'check').map((check) => ({ ...check, reads: readsOf(check, kept) })),
      ...fields.filter(({ key }) => kept.has(key)).flatMap((field) => readLimits(work, field)),
    ],
    ...(frozen[0] !== undefined && { frozen: frozen[0] }),
    uniques: withWhere(work, 'unique', entity.uniques, written.unique),
    indexes: withWhere(work, 'indexes', entity.indexes, written.indexes),
    noOverlaps: withWhere(work, 'noOverlap', entity.noOverlaps, written.noOverlap).map((rule) => withOrder(work, rule)),
  };
}

function readNamed(work: Work, key: 'rules' | 'checks', place: ExpressionPlace): readonly NamedCondition[] {
  return Object.entries(work.written[key] ?? {}).flatMap(([name, text]) =>
    read(work, text, place, [key, name]).map((condition) => ({ name, ...condition })),
  );
}

/** The limits of a field that triggers keep hold when a transaction commits, as any rule over other rows does. */
function readLimits(work: Work, { name, type, optional, limits }: Field): readonly RowCheck[] {
  return LIMITS.flatMap(({ rule, operator, suffix }) => {
    const bound = limits[rule];
    if (bound === undefined) return [];
    const literal = typeof bound === 'number' || NUMBERS.includes(type) ? String(bound) : `'${bound}'`;
    const text = `${optional ? `record.${name} == null || ` : ''}record.${name} ${operator} ${literal}`;
    return read(work, text, 'check', ['fields', name, rule]).map((condition) => ({
      name: name + suffix,
      ...condition,
      reads: 'others' as const,
      limit: { field: name, rule },
    }));
  });
}

const NUMBERS: readonly Field['type'][] = ['integer', 'bigint', 'decimal', 'number'];

const LIMITS = [
  { rule: 'min', operator: '>=', suffix: 'Min' },
  { rule: 'max', operator: '<=', suffix: 'Max' },
] as const;

function withWhere<List extends NamedFields | NoOverlap>(
  work: Work,
  key: 'unique' | 'indexes' | 'noOverlap',
  lists: readonly List[],
  written: SpecMap<{ readonly where?: string }> = {},
): readonly List[] {
  return lists.map((list) => {
    const text = written[list.name]?.where;
    const [where] = text === undefined ? [] : read(work, text, 'where', [key, list.name, 'where']);
    return where === undefined ? list : { ...list, where };
  });
}

/** Fields that have no range are reported by a check of the model. */
function withOrder(work: Work, rule: NoOverlap): NoOverlap {
  const [from, to] = [rule.from, rule.to].map((name) => work.entity.fields.find((field) => field.name === name));
  if (from === undefined || to === undefined || !isRange(from, to)) return rule;
  const ends = [from, to].filter(({ optional }) => optional).map(({ name }) => `record.${name} == null || `);
  const text = `${ends.join('')}record.${from.name} < record.${to.name}`;
  const [ordered] = read(work, text, 'check', ['noOverlap', rule.name]);
  return ordered === undefined ? rule : { ...rule, ordered };
}

function withComputed(work: Work, field: Field): Field {
  const text = work.written.fields[field.name]?.computed;
  if (text === undefined) return field;
  const at = ['fields', field.name, 'computed'];
  const [computed] = read(work, text, 'computed', at, field);
  return computed === undefined ? field : { ...field, computed: { ...computed, reads: readsOf(computed) } };
}

function withPreset({ reader, entity, written }: Work, field: Field): Field {
  const spec = written.fields[field.name];
  const text = spec && presetText(spec);
  if (text === undefined) return field;
  const at = pointer('entities', entity.name, 'fields', field.name, 'default');
  const expression = reader.read(text, {
    pointer: at,
    place: 'default',
    type: fieldType(field),
    indent: INTERPOLATION,
  });
  return expression === undefined ? field : { ...field, preset: { text, expression } };
}

/** `${` before an expression. */
const INTERPOLATION = 2;

function read(
  { reader, entity }: Work,
  text: string,
  place: ExpressionPlace,
  at: readonly string[],
  field?: Field,
): readonly Condition[] {
  const expression = reader.read(text, {
    entity: entity.name,
    pointer: pointer('entities', entity.name, ...at),
    place,
    ...(field !== undefined && { type: fieldType(field) }),
  });
  return expression === undefined ? [] : [{ text, expression }];
}

/** Fields that change whenever other rows do: those that triggers keep, and those that are made of them. */
function keptKeys(fields: readonly Field[]): ReadonlySet<string> {
  const keysOf = (isKept: (computed: Computed) => boolean): readonly string[] =>
    fields.flatMap(({ key, computed }) => (computed !== undefined && isKept(computed) ? [key] : []));
  const kept = new Set(keysOf(({ reads }) => reads === 'others'));
  return new Set([...kept, ...keysOf((computed) => readsOf(computed, kept) === 'others')]);
}

function readsOf({ expression }: Condition, kept: ReadonlySet<string> = new Set()): Reads {
  const isOther = (part: Expression): boolean =>
    readsRows(part) || (part.kind === 'value' && part.of.kind === 'row' && kept.has(part.value.key));
  return [...walkExpression(expression)].some(isOther) ? 'others' : 'row';
}
