import type { Arithmetic, Expression } from '../../expression/expression.ts';

/** Digits after the point that the values of an exact expression can have. */
export interface Places {
  /** Below 0 where a constant ends in zeros: a hundred has -2. */
  readonly places: number;
  /** Whether factors make them, which people round; nobody means to round a sum. */
  readonly isProduct: boolean;
}

/** Places of a field, by its entity and key. */
export type ScaleOf = (entity: string, key: string) => number;

/** Those of a quotient count as none: whoever divides knows that it is rounded. */
export function placesOf(expression: Expression, scaleOf: ScaleOf): Places {
  const go = (part: Expression, items: ReadonlyMap<string, Places>): Places => {
    switch (part.kind) {
      case 'literal':
        return sum(placesWritten(part.value));
      case 'value':
        return sum(part.of.type.kind === 'entity' ? scaleOf(part.of.type.entity, part.value.key) : 0);
      case 'element':
        return items.get(part.name) ?? sum(0);
      case 'negate':
        return go(part.operand, items);
      case 'round': {
        const { places, isProduct } = go(part.of, items);
        return { places: Math.min(places, part.places), isProduct };
      }
      case 'arithmetic':
        return arithmetic(part, go(part.left, items), go(part.right, items));
      case 'choice':
        return most(go(part.met, items), go(part.otherwise, items));
      case 'aggregate': {
        if (part.name === 'count') return sum(0);
        const item = part.list.kind === 'value' ? go(part.list, items) : sum(0);
        return go(part.body, new Map([...items, [part.variable, item]]));
      }
      default:
        return sum(0);
    }
  };
  return go(expression, new Map());
}

function arithmetic({ operator }: Arithmetic, left: Places, right: Places): Places {
  switch (operator) {
    case '+':
    case '-':
    case '%':
      return most(left, right);
    case '*':
      return {
        places: left.places + right.places,
        isProduct: left.isProduct || right.isProduct || (left.places > 0 && right.places > 0),
      };
    case '/':
      return sum(0);
    default:
      return operator satisfies never;
  }
}

function sum(places: number): Places {
  return { places, isProduct: false };
}

function most(left: Places, right: Places): Places {
  return left.places >= right.places ? left : right;
}

function placesWritten(digits: string): number {
  const [whole = '', fraction = ''] = digits.split('.');
  const kept = fraction.replace(/0+$/, '');
  return kept === '' ? -(/[1-9](0+)$/.exec(whole)?.[1]?.length ?? 0) : kept.length;
}
