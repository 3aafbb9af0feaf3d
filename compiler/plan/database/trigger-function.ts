import type { DatabaseFunction } from './database-schema.ts';
import { indented } from './raise-refusal.ts';

/** A trigger's function that may look at rows which the caller may not read. */
export function triggerFunction(name: string, lines: readonly string[], answer: 'new' | 'null'): DatabaseFunction {
  return {
    name,
    parameters: '',
    returns: 'trigger',
    language: 'plpgsql',
    securityDefiner: true,
    settings: ["search_path = ''"],
    body: ['begin', ...indented(lines, 2), `  return ${answer};`, 'end'],
  };
}
