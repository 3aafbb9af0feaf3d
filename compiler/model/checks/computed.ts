import type { Expression } from '../../expression/expression.ts';
import { partsOf, walkExpression } from '../../expression/walk-expression.ts';
import type { App, Computed, Entity, Field } from '../app.ts';
import { allFields, type Check, type CheckInput, type EntityField, fieldPointer } from './check.ts';

/** A computed value, or default, is there unless the field is optional, and no computed values wait for each other. */
export const checkComputed: Check = (input) => {
  for (const at of allFields(input.app)) {
    const { computed, preset, optional } = at.field;
    if (preset?.expression.nullable === true && !optional) {
      const what = `the default of "${at.field.name}" may be absent`;
      const hint = 'add "optional: true", or write one that is always there';
      input.reporter.report('computed-absent', fieldPointer(at, 'default'), { what, hint });
    }
    if (computed === undefined) continue;
    if (computed.expression.nullable && !optional) {
      const what = `the value of "${at.field.name}" is absent where a part of it is`;
      const hint = 'add "optional: true", or write what it is then: record.a == null ? 0 : record.a';
      input.reporter.report('computed-absent', fieldPointer(at, 'computed'), { what, hint });
    }
    if (!checkCircle(input, at)) checkChain(input, at, computed);
  }
};

/** Postgres computes the columns of a row in one go, so none of them sees another. */
function checkChain({ document, reporter }: CheckInput, at: EntityField, { expression, reads }: Computed): void {
  for (const part of ownValues(expression)) {
    const other = fieldOf(at.entity, part.value.key);
    const isMadeHere = other?.computed?.reads === 'row' || (other?.computed !== undefined && reads === 'others');
    if (other === undefined || !isMadeHere) continue;
    const pointer = fieldPointer(at, 'computed');
    const what = `"${other.name}" is computed itself, and the columns of one row do not see each other`;
    const params = { what, hint: `write out what "${other.name}" is made of` };
    reporter.report('computed-chain', pointer, params, { span: document.locateInside(pointer, part.start, part.end) });
  }
}

/** Values of the row itself: what a rule that is asked of another row calls `record` is that one. */
function* ownValues(expression: Expression): Generator<Value, void, undefined> {
  if (expression.kind === 'value' && isRecord(expression.of)) yield expression;
  const isOfOther = expression.kind === 'rule' && !isRecord(expression.of);
  for (const part of isOfOther ? [expression.of] : partsOf(expression)) yield* ownValues(part);
}

type Value = Extract<Expression, { readonly kind: 'value' }>;

function isRecord(of: Expression): boolean {
  return of.kind === 'row' && of.name === 'record';
}

function fieldOf({ fields }: Entity, key: string): Field | undefined {
  return fields.find((field) => field.key === key);
}

/** Values of other rows that depend on this one's would be computed without end; whether they do. */
function checkCircle({ app, reporter }: CheckInput, at: EntityField): boolean {
  const start = nameOf(at.entity, at.field);
  const path = [start];
  const seen = new Set<string>();
  const next = (name: string): readonly string[] => dependencies(app).get(name) ?? [];
  const reaches = (name: string): boolean =>
    next(name).some((other) => {
      if (other === start) return true;
      if (seen.has(other)) return false;
      seen.add(other);
      path.push(other);
      return reaches(other) || (path.pop(), false);
    });
  if (!reaches(start)) return false;
  const what = `"${at.field.name}" is computed from itself: ${[...path, start].join(' from ')}`;
  reporter.report('computed-circle', fieldPointer(at, 'computed'), { what, hint: 'break the circle' });
  return true;
}

const graphs = new WeakMap<App, ReadonlyMap<string, readonly string[]>>();

/** Computed fields by those that they are made of. */
function dependencies(app: App): ReadonlyMap<string, readonly string[]> {
  const known = graphs.get(app);
  if (known !== undefined) return known;
  const computed = allFields(app).filter(({ field }) => field.computed !== undefined);
  const names = new Set(computed.map(({ entity, field }) => nameOf(entity, field)));
  const graph = new Map(
    computed.map(({ entity, field }) => {
      const read = field.computed === undefined ? [] : valuesRead(field.computed.expression);
      return [nameOf(entity, field), read.filter((name) => names.has(name))];
    }),
  );
  graphs.set(app, graph);
  return graph;
}

function valuesRead(expression: Expression): readonly string[] {
  return [...walkExpression(expression)].flatMap((part) =>
    part.kind === 'value' && part.of.type.kind === 'entity' ? [`${part.of.type.entity}.${part.value.key}`] : [],
  );
}

function nameOf(entity: Entity, field: Field): string {
  return `${entity.name}.${field.key}`;
}
