import { Problem } from '../http/problem.ts';

/** What a caller may do to rows. */
export type GrantedOperation = 'create' | 'read' | 'update' | 'delete' | 'restore';

/** Named grants of one resource. Access is their union; what none allows is denied. */
export type Grants = Readonly<
  Record<
    string,
    {
      readonly roles: readonly string[];
      readonly allow: readonly GrantedOperation[];
      readonly rows: 'all';
    }
  >
>;

/** Who asks. Without an authentication provider everyone is anonymous. */
export interface Caller {
  /** Tells callers apart, for what is kept for each: `anonymous` for all who do not say who they are. */
  readonly principal: string;
  readonly roles: readonly string[];
}

export const ANONYMOUS: Caller = { principal: 'anonymous', roles: ['anonymous'] };

/** @throws Problem 403 when no grant allows the operation to one of the caller's roles. */
export function authorize(caller: Caller, grants: Grants, operation: GrantedOperation): void {
  const granted = Object.values(grants).some(
    ({ roles, allow }) => allow.includes(operation) && roles.some((role) => caller.roles.includes(role)),
  );
  if (!granted) throw new Problem(403, { detail: 'No grant allows this operation to you.' });
}
