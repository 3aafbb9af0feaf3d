import { spec } from '../plan-spec.ts';
import type { CastCase } from './cast-cases.ts';

/** An entity with a field `x`. */
export const specOf = (field: string, head?: string): string =>
  spec({ Lead: `fields:\n  name: { type: string }\n  x: { ${field} }` }, head);

/** The lines of a migration that casts fields. */
export function headOf(names: readonly string[], cases: readonly CastCase[]): string {
  const lines = names.flatMap((name, index) => {
    const { from = '', to = '', refused } = cases[index] ?? {};
    const changes = refused !== undefined || from === 'type: datetime';
    return [
      ...(changes ? [`change field Lead.${name}`] : []),
      ...(to.includes('many') ? [`check field Lead.${name}`] : []),
    ];
  });
  const allow = ['rewrite entity Lead', ...lines];
  const casts = names.map((name, index) => `    Lead.${name}: { ${cases[index]?.cast} }\n`);
  return `migration:\n  allow: [${allow.join(', ')}]\n  cast:\n${casts.join('')}`;
}
