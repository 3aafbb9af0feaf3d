import type { Policy } from '../database/database-schema.ts';
import { qualify, quoteIdentifier } from '../sql/sql-text.ts';

/** `create policy` with whom and what on a line each. */
export function policySql(schema: string, table: string, policy: Policy): string {
  return `${[
    `create policy ${quoteIdentifier(policy.name)} on ${qualify(schema, table)}`,
    ...(policy.restrictive === true ? ['  as restrictive'] : []),
    `  for ${policy.command}`,
    ...(policy.roles === undefined ? [] : [`  to ${policy.roles.map(roleSql).join(', ')}`]),
    ...(policy.using === undefined ? [] : [`  using (${policy.using})`]),
    ...(policy.check === undefined ? [] : [`  with check (${policy.check})`]),
  ].join('\n')};`;
}

function roleSql(role: string): string {
  return ['public', 'current_user', 'current_role', 'session_user'].includes(role) ? role : quoteIdentifier(role);
}

/** What stands after `alter table x`. */
export function rowSecuritySql(level: 'enabled' | 'forced' | undefined): string {
  if (level === undefined) return 'disable row level security, no force row level security';
  return `enable row level security, ${level === 'forced' ? 'force' : 'no force'} row level security`;
}
