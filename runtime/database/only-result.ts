import type { Result } from './database.ts';

/** The result of a statement that was sent alone. */
export function onlyResult(answers: readonly { readonly result: Result }[]): Result {
  const [answer] = answers;
  if (answer === undefined) throw new TypeError('A statement was not answered.');
  return answer.result;
}
