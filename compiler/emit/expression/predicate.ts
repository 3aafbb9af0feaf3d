import type { Expression } from '../../expression/expression.ts';
import { raw, type Fragment } from '../text/fragment.ts';
import { conditionText } from './predicate-condition.ts';
import { valueText } from './predicate-value.ts';
import type { PredicateWriter } from './predicate-writer.ts';

/** A condition as TypeScript over the names `record` (a row as the API answers it) and `now` (microseconds). */
export function predicate(expression: Expression): Fragment {
  return writerWith(new Map([['record', raw('record')]])).condition(expression);
}

/** A value, over the same names. */
export function value(expression: Expression): Fragment {
  return writerWith(new Map([['record', raw('record')]])).value(expression);
}

function writerWith(spellings: ReadonlyMap<string, Fragment>): PredicateWriter {
  const write: PredicateWriter = {
    value: (expression) => valueText(write, expression),
    condition: (expression) => conditionText(write, expression),
    spelling: (name) => spellings.get(name) ?? raw('undefined'),
    bind: (name, spelling) => writerWith(new Map([...spellings, [name, spelling]])),
    bindRecord: (spelling) => writerWith(new Map([['record', spelling]])),
  };
  return write;
}
