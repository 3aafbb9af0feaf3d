import type { Expression } from '../../expression/expression.ts';
import type { ListPath } from '../../expression/scope.ts';
import { partsOf } from '../../expression/walk-expression.ts';

/** A way from a row to others: along a link, or to the rows of a list. */
export type PathStep =
  | { readonly kind: 'link'; readonly entity: string; readonly column: string; readonly name: string }
  | { readonly kind: 'list'; readonly entity: string; readonly via: ListPath; readonly name: string };

/** Rows that an expression reads: how they are found from the row called `record`, and which of their columns matter. */
export interface RowPath {
  /** Empty for the row itself. */
  readonly steps: readonly PathStep[];
  /** In code-unit order. */
  readonly columns: readonly string[];
}

/** All rows that an expression reads, a row before those it leads to. */
export function rowPaths(expression: Expression): readonly RowPath[] {
  const found = new Map<string, { readonly steps: readonly PathStep[]; readonly columns: Set<string> }>();
  visit(expression, new Map([['record', []]]), (steps, column) => {
    const key = pathName(steps);
    const path = found.get(key) ?? { steps, columns: new Set<string>() };
    found.set(key, path);
    if (column !== undefined) path.columns.add(column);
  });
  return [...found]
    .toSorted(([a, one], [b, other]) => one.steps.length - other.steps.length || (a < b ? -1 : 1))
    .map(([, { steps, columns }]) => ({ steps, columns: [...columns].toSorted() }));
}

/** Whether the row that a step starts from says where it leads: nobody else can take it there. */
export function isOwnStep(step: PathStep): boolean {
  return step.kind === 'link' || step.via.kind === 'ids';
}

/** `items.variant`, unique among the paths of one entity. */
export function pathName(steps: readonly PathStep[]): string {
  return steps.map(({ name }) => name).join('.');
}

type Names = ReadonlyMap<string, readonly PathStep[]>;
type Found = (steps: readonly PathStep[], column?: string) => void;

function visit(expression: Expression, names: Names, found: Found): void {
  switch (expression.kind) {
    case 'value':
      return readColumn(expression.of, expression.value.column, names, found);
    case 'link':
      return readColumn(expression.of, expression.link.column, names, found);
    case 'children':
      return void listSteps(expression, names, found);
    case 'rule':
      return visit(expression.condition, new Map([['record', rowSteps(expression.of, names, found)]]), found);
    case 'aggregate': {
      const { list, variable, body } = expression;
      if (list.kind === 'children')
        return visit(body, new Map([...names, [variable, listSteps(list, names, found)]]), found);
      visit(list, names, found);
      return visit(body, names, found);
    }
    default:
      for (const part of partsOf(expression)) visit(part, names, found);
  }
}

/** The id behind a link is the link itself. */
function readColumn(of: Expression, column: string, names: Names, found: Found): void {
  if (of.kind === 'link' && column === 'id') return readColumn(of.of, of.link.column, names, found);
  found(rowSteps(of, names, found), column);
}

function rowSteps(of: Expression, names: Names, found: Found): readonly PathStep[] {
  if (of.kind === 'row') return names.get(of.name) ?? [];
  if (of.kind !== 'link') return [];
  const from = rowSteps(of.of, names, found);
  found(from, of.link.column);
  const { entity } = of;
  return [...from, { kind: 'link', entity, column: of.link.column, name: of.link.name }];
}

function listSteps(list: Extract<Expression, { kind: 'children' }>, names: Names, found: Found): readonly PathStep[] {
  const from = rowSteps(list.of, names, found);
  const { entity, via, name } = list.list;
  const steps: readonly PathStep[] = [...from, { kind: 'list', entity, via, name }];
  const isOwn = via.kind === 'ids';
  found(from, isOwn ? via.column : undefined);
  found(steps, isOwn ? undefined : via.column);
  return steps;
}
