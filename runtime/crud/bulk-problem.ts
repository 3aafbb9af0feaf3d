import { Problem, type ProblemError } from '../http/problem.ts';

/** What a problem with one row is called where its own answer has no errors. */
const CODES: Readonly<Record<number, readonly [below: string, code: string]>> = {
  400: ['/ifMatch', 'format'],
  404: ['/id', 'missing'],
  412: ['/ifMatch', 'stale'],
};

/** The problem of one row of a bulk request, with its errors in the place of that row; `below`: where its fields are. */
export function atItem(problem: unknown, index: number, below: string): unknown {
  if (!(problem instanceof Problem)) return problem;
  const at = `/data/${index}`;
  const [place, code] = CODES[problem.status] ?? ['', problem.code ?? 'conflict'];
  const detail = problem.detail ?? 'cannot be written';
  const located = problem.errors.map((error): ProblemError => ({
    pointer: error.pointer === undefined ? `${at}${place}` : `${at}${below}${error.pointer}`,
    code: error.code,
    detail: error.detail,
  }));
  const errors = located.length > 0 ? located : [{ pointer: `${at}${place}`, code, detail }];
  return withErrors(problem, errors);
}

/** What is found when the transaction commits, where the database does not tell at which row: each mistake once. */
export function ofNoItem(problem: unknown): unknown {
  if (!(problem instanceof Problem) || problem.errors.every(({ pointer }) => pointer?.startsWith('/data/')))
    return problem;
  const placeless = problem.errors.map(
    ({ code, detail }) => [`${code} ${detail}`, { pointer: '/data', code, detail }] as const,
  );
  return withErrors(problem, [...new Map(placeless).values()]);
}

/** A row that two items of one request name. */
export function namedTwice(index: number): Problem {
  const errors = [{ pointer: `/data/${index}/id`, code: 'repeated', detail: 'must be named once' }];
  return new Problem(422, { detail: 'The request does not validate.', errors });
}

function withErrors(problem: Problem, errors: readonly ProblemError[]): Problem {
  const { status, detail, code, headers, cause } = problem;
  return new Problem(status, {
    ...(detail !== undefined && { detail }),
    ...(code !== undefined && { code }),
    headers,
    cause,
    errors,
  });
}
