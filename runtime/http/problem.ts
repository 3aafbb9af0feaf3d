import { STATUS_CODES } from 'node:http';

/** One mistake of a request: at a JSON Pointer into the body, or at a named parameter. */
export interface ProblemError {
  readonly pointer?: string;
  readonly parameter?: string;
  /** Stable name of the mistake: `required`, `pattern`. */
  readonly code: string;
  /** The mistake in words; never repeats the value. */
  readonly detail: string;
}

export interface ProblemOptions {
  readonly detail?: string;
  readonly errors?: readonly ProblemError[];
  /** Tells kinds of one status apart: `type` becomes `urn:problem:<code>`, `about:blank` without. */
  readonly code?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** Thrown anywhere in the handling of a request, it becomes the answer: RFC 9457 problem details. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly detail: string | undefined;
  readonly errors: readonly ProblemError[];
  readonly code: string | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, { detail, errors = [], code, headers = {}, cause }: ProblemOptions = {}) {
    super(detail ?? titleOf(status), { cause });
    this.status = status;
    this.detail = detail;
    this.errors = errors;
    this.code = code;
    this.headers = headers;
  }
}

/** The answer that a problem is; `instance` is the id of the request. */
export function problemResponse(problem: Problem, requestId: string): Response {
  const body = {
    type: problem.code === undefined ? 'about:blank' : `urn:problem:${problem.code}`,
    title: titleOf(problem.status),
    status: problem.status,
    ...(problem.detail !== undefined && { detail: problem.detail }),
    instance: requestId,
    ...(problem.errors.length > 0 && { errors: problem.errors }),
  };
  return new Response(JSON.stringify(body), {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json', ...problem.headers },
  });
}

/** Today's names (RFC 9110) where Node still has older ones, or none. */
const TITLES: Readonly<Record<number, string>> = {
  413: 'Content Too Large',
  422: 'Unprocessable Content',
  499: 'Client Closed Request',
};

function titleOf(status: number): string {
  return TITLES[status] ?? STATUS_CODES[status] ?? 'Error';
}
