import type { EntityName, Sort } from './world.ts';

export type TreeSort = Sort | 'span';
export type Aggregate = 'exists' | 'all' | 'count' | 'sum' | 'min' | 'max';

/** An expression as the test knows it; the reference evaluates it, `printTree` writes it as CEL. */
export type Tree =
  | { readonly op: 'literal'; readonly sort: TreeSort; readonly text: string }
  | { readonly op: 'null' }
  | { readonly op: 'now' }
  | { readonly op: 'field'; readonly row: RowTree; readonly key: string; readonly sort: Sort }
  | { readonly op: 'item'; readonly name: string; readonly sort: Sort }
  | { readonly op: 'row'; readonly row: RowTree }
  | { readonly op: 'rule'; readonly row: RowTree; readonly name: string; readonly means: Tree }
  | { readonly op: '!' | 'negate' | 'lower'; readonly args: readonly [Tree] }
  | { readonly op: BinaryOp; readonly args: readonly [Tree, Tree] }
  | { readonly op: '?:'; readonly args: readonly [Tree, Tree, Tree] }
  | { readonly op: 'in'; readonly args: readonly [Tree]; readonly items: readonly Tree[] }
  | { readonly op: 'in array'; readonly args: readonly [Tree]; readonly list: ListTree }
  | { readonly op: 'size'; readonly args: readonly [Tree] }
  | { readonly op: 'size list'; readonly list: ListTree }
  | { readonly op: 'round'; readonly args: readonly [Tree]; readonly places: number }
  | { readonly op: 'today'; readonly args: readonly [Tree] }
  | { readonly op: 'at'; readonly args: readonly [Tree, Tree, Tree] }
  | {
      readonly op: 'aggregate';
      readonly name: Aggregate;
      readonly list: ListTree;
      readonly variable: string;
      readonly body: Tree;
    };

export type BinaryOp =
  | '&&'
  | '||'
  | '=='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | '+'
  | '-'
  | '*'
  | '/'
  | 'whole /'
  | '%'
  | 'concat'
  | 'contains'
  | 'startsWith'
  | 'later'
  | 'earlier'
  | 'elapsed'
  | 'span +'
  | 'span -';

/** A name, then links to follow. */
export interface RowTree {
  readonly name: string;
  readonly entity: EntityName;
  readonly links: readonly string[];
}

export interface ListTree {
  readonly row: RowTree;
  readonly name: string;
  /** Rows of it, or absent for an array. */
  readonly of?: { readonly entity: EntityName; readonly by: string };
}

/** Operators that CEL spells otherwise than the test does. */
const SPELLINGS: Readonly<Record<string, string>> = {
  concat: '+',
  later: '+',
  earlier: '-',
  elapsed: '-',
  'span +': '+',
  'span -': '-',
  'whole /': '/',
};

export function printTree(tree: Tree): string {
  switch (tree.op) {
    case 'literal':
      return printLiteral(tree.sort, tree.text);
    case 'null':
      return 'null';
    case 'now':
      return 'now';
    case 'field':
      return `${printRow(tree.row)}.${tree.key}`;
    case 'item':
      return tree.name;
    case 'row':
      return printRow(tree.row);
    case 'rule':
      return `${printRow(tree.row)}.${tree.name}`;
    case '!':
      return `!(${printTree(tree.args[0])})`;
    case 'negate':
      return `-(${printTree(tree.args[0])})`;
    case 'lower':
    case 'size':
    case 'today':
      return `${tree.op}(${printTree(tree.args[0])})`;
    case 'round':
      return `round(${printTree(tree.args[0])}, ${tree.places})`;
    case 'at':
      return `at(${tree.args.map(printTree).join(', ')})`;
    case '?:': {
      const [condition, then, otherwise] = tree.args.map(printTree);
      return `((${condition}) ? ${then} : ${otherwise})`;
    }
    case 'in':
      return `(${printTree(tree.args[0])} in [${tree.items.map(printTree).join(', ')}])`;
    case 'in array':
      return `(${printTree(tree.args[0])} in ${printList(tree.list)})`;
    case 'size list':
      return `size(${printList(tree.list)})`;
    case 'contains':
    case 'startsWith':
      return `(${printTree(tree.args[0])}).${tree.op}(${printTree(tree.args[1])})`;
    case 'aggregate':
      return `${printList(tree.list)}.${tree.name}(${tree.variable}, ${printTree(tree.body)})`;
    default:
      return `(${printTree(tree.args[0])} ${SPELLINGS[tree.op] ?? tree.op} ${printTree(tree.args[1])})`;
  }
}

function printLiteral(sort: TreeSort, text: string): string {
  if (sort === 'bool' || sort === 'int') return text;
  if (sort === 'dec' || sort === 'num') return text.includes('.') ? text : `${text}.0`;
  if (sort === 'span') return `duration('${text}s')`;
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

function printRow({ name, links }: RowTree): string {
  return [name, ...links].join('.');
}

function printList({ row, name }: ListTree): string {
  return `${printRow(row)}.${name}`;
}
