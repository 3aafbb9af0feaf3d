import type { ExpressionType } from './expression-type.ts';
import type { LinkShape, ListShape, ValueShape } from './scope.ts';

/** A typed expression: frozen plain data. Conditions never yield null where `nullable` is false. */
export type Expression =
  | Literal
  | Null
  | Row
  | Element
  | Now
  | Value
  | Link
  | Rule
  | Items
  | Children
  | Not
  | Negate
  | Logical
  | Equality
  | Order
  | Membership
  | Arithmetic
  | Round
  | Concat
  | Shift
  | Elapsed
  | Choice
  | TextTest
  | Lower
  | Size
  | Today
  | At
  | Aggregate;

interface Node<Kind extends string> {
  readonly kind: Kind;
  readonly type: ExpressionType;
  readonly nullable: boolean;
  /** Offsets in the text of the condition that wrote it. */
  readonly start: number;
  readonly end: number;
}

/** A constant in its one spelling: `true`, `12.50`, `2026-03-14`; a duration is its microseconds. */
export interface Literal extends Node<'literal'> {
  readonly value: string;
}

export type Null = Node<'null'>;

/** `record`, or a name that a macro binds to the rows of a list. */
export interface Row extends Node<'row'> {
  readonly name: string;
  readonly entity: string;
}

/** A name that a macro binds to the items of a `many` field. */
export interface Element extends Node<'element'> {
  readonly name: string;
}

/** The moment of the transaction. */
export type Now = Node<'now'>;

/** A column of a row. */
export interface Value extends Node<'value'> {
  readonly of: Expression;
  readonly value: ValueShape;
}

/** The row that a link points to. */
export interface Link extends Node<'link'> {
  readonly of: Expression;
  readonly link: LinkShape;
  readonly entity: string;
}

/** A named condition of a row's entity; in `condition` that row is called `record`. */
export interface Rule extends Node<'rule'> {
  readonly of: Expression;
  readonly entity: string;
  readonly name: string;
  readonly condition: Expression;
}

/** `['new', 'won']`. */
export interface Items extends Node<'items'> {
  readonly items: readonly Expression[];
}

/** The rows that point to one. */
export interface Children extends Node<'children'> {
  readonly of: Expression;
  readonly list: ListShape;
}

export interface Not extends Node<'not'> {
  readonly operand: Expression;
}

export interface Negate extends Node<'negate'> {
  readonly operand: Expression;
}

export interface Logical extends Node<'and' | 'or'> {
  readonly left: Expression;
  readonly right: Expression;
}

/** `==`, or `!=` where negated. */
export interface Equality extends Node<'equal'> {
  readonly negated: boolean;
  readonly left: Expression;
  readonly right: Expression;
}

export type OrderOperator = '<' | '<=' | '>' | '>=';

export interface Order extends Node<'order'> {
  readonly operator: OrderOperator;
  readonly left: Expression;
  readonly right: Expression;
}

/** `in`: the list is `items`, or a `many` field. */
export interface Membership extends Node<'in'> {
  readonly item: Expression;
  readonly list: Expression;
}

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%';

/** Of exact numbers, and `+` and `-` of durations. Null where an operand is, or where it divides by zero. */
export interface Arithmetic extends Node<'arithmetic'> {
  readonly operator: ArithmeticOperator;
  readonly left: Expression;
  readonly right: Expression;
}

/** An exact number with at most so many places, half away from zero. */
export interface Round extends Node<'round'> {
  readonly of: Expression;
  readonly places: number;
}

export interface Concat extends Node<'concat'> {
  readonly left: Expression;
  readonly right: Expression;
}

/** A moment, so much later or earlier. */
export interface Shift extends Node<'shift'> {
  readonly operator: '+' | '-';
  readonly moment: Expression;
  readonly duration: Expression;
}

/** The time from `right` to `left`. */
export interface Elapsed extends Node<'elapsed'> {
  readonly left: Expression;
  readonly right: Expression;
}

export interface Choice extends Node<'choice'> {
  readonly condition: Expression;
  readonly met: Expression;
  readonly otherwise: Expression;
}

export interface TextTest extends Node<'contains' | 'startsWith'> {
  readonly text: Expression;
  readonly part: Expression;
}

/** A to Z in lower case; all else as it is, whatever the locale. */
export interface Lower extends Node<'lower'> {
  readonly text: Expression;
}

/** Characters (code points) of a text, items of a `many` field, rows of a list. */
export interface Size extends Node<'size'> {
  readonly of: Expression;
}

/** The day in a time zone. */
export interface Today extends Node<'today'> {
  readonly zone: Expression;
}

/** The moment at which clocks of a time zone show a time of day. */
export interface At extends Node<'at'> {
  readonly date: Expression;
  readonly time: Expression;
  readonly zone: Expression;
}

export const AGGREGATES = ['exists', 'all', 'count', 'sum', 'min', 'max'] as const;
export type AggregateName = (typeof AGGREGATES)[number];

/** Over the rows of a list or the items of a `many` field. */
export interface Aggregate extends Node<'aggregate'> {
  readonly name: AggregateName;
  readonly list: Expression;
  readonly variable: string;
  readonly body: Expression;
}
