import type { Entity } from './app.ts';

/** Whether creates of an entity bring the ids of their rows: each of them, or those that want to; undefined: none. */
export function bringsId({ id, clientId }: Pick<Entity, 'id' | 'clientId'>): 'always' | 'maybe' | undefined {
  if (id === 'string') return 'always';
  return clientId ? 'maybe' : undefined;
}
