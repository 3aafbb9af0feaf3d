import type { Operation } from '../tour/document.ts';
import type { Json } from '../tour/json.ts';

/**
 * What the document makes of a request: admitted by it, against it, something it does not speak of, or a link to no
 * row, which only the database finds, and may find after a conflict.
 */
export type Expectation = 'accepted' | 'refused' | 'unknown' | 'unlinked';

/** A value of a body: given, the id of some row, JSON text as it is, or rows that are brought along. */
export type Given =
  | { readonly kind: 'value'; readonly value: Json }
  | { readonly kind: 'row'; readonly tag: string; readonly index: number }
  | { readonly kind: 'rows'; readonly tag: string; readonly index: number; readonly count: number }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bodies'; readonly bodies: readonly (readonly (readonly [key: string, given: Given])[])[] };

/** A body: members, of which one may come twice, or text. */
export type BodyPlan =
  | { readonly kind: 'members'; readonly members: readonly (readonly [key: string, given: Given])[] }
  | { readonly kind: 'text'; readonly text: string };

/** What is done with the cursor of a list that had a next page. */
export const CURSOR_USES = ['followed', 'truncated', 'changed', 'continued', 'of another order'] as const;

export type CursorUse = (typeof CURSOR_USES)[number];

/** A request before it is known which rows there are. */
export interface Plan {
  /** What is done, in words or by the name of a RESTler checker. */
  readonly kind: string;
  readonly expectation: Expectation;
  readonly operation: Operation;
  /** Which row, or the text of the path's segment. */
  readonly id?: number | string;
  readonly query?: readonly (readonly [name: string, value: string])[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: BodyPlan;
  /** Instead of `query`, where the list had a next page. */
  readonly cursor?: CursorUse;
  /** The target on the wire, with `{target}` for what it would be; no longer one of the operation. */
  readonly target?: string;
}

/** A request as it goes over the wire. */
export interface FuzzRequest {
  readonly kind: string;
  readonly expectation: Expectation;
  readonly method: string;
  readonly target: string;
  /** Whether the target is the operation's own. */
  readonly isOwnTarget: boolean;
  /** Of the row that it is about. */
  readonly id: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

const SHOWN = 400;

/** One line for people. */
export function describeRequest({ kind, method, target, headers, body }: FuzzRequest): string {
  const parts = [
    `${kind}: ${method} ${cut(target)}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${cut(value)}`),
    ...(body === undefined ? [] : [cut(body)]),
  ];
  return parts.join(' | ');
}

function cut(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}... (${text.length} characters)` : text;
}
