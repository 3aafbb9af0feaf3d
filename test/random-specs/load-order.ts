import { expect } from 'vitest';
import { runNode } from '../end-to-end/compiled-backend.ts';
import { inBackend } from './in-backends.ts';

/** Files of entities are loaded in the order of their names; each of the three must be able to come first. */
export const NAMINGS = [
  ['Alpha', 'Beta', 'Gamma'],
  ['Alpha', 'Gamma', 'Beta'],
  ['Beta', 'Alpha', 'Gamma'],
  ['Beta', 'Gamma', 'Alpha'],
  ['Gamma', 'Alpha', 'Beta'],
  ['Gamma', 'Beta', 'Alpha'],
] as const;

/** A whole, its parts and theirs: each upserted, each shown in the others. */
export function specOf([whole, part, least]: readonly [string, string, string]): string {
  return `supercompile: 1
name: order-of-names
auth: { provider: none }
entities:
  ${whole}:
    fields: { code: { type: string, unique: true }, state: { type: enum, values: [new, old], default: new, transitions: { new: [old] } } }
    upsert: [code]
    clientId: true
    list: { expand: [parts] }
    access: { all: { roles: [anonymous], allow: [create, read, update], rows: all } }
  ${part}:
    fields: { whole: { type: reference, to: ${whole}, inverse: parts }, code: { type: string, unique: true } }
    partOf: whole
    upsert: [code]
    list: { expand: [whole, leasts] }
  ${least}:
    fields: { part: { type: reference, to: ${part}, inverse: leasts }, code: { type: string, unique: true } }
    partOf: part
    upsert: [code]
    list: { expand: [part.whole] }
`;
}

/** Fails where a backend of these names cannot be loaded. */
export async function expectToLoad(...names: readonly [string, string, string]): Promise<void> {
  await inBackend(specOf(names), async (folder) => {
    const { code, stderr } = await runNode(folder, ['--input-type=module', '-e', "await import('./app/app.ts')"]);
    expect(stderr).toBe('');
    expect(code).toBe(0);
  });
}
