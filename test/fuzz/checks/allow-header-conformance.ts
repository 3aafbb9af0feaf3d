import type { Check } from '../check.ts';
import { ask, type FuzzWorld } from '../fuzz-world.ts';

/** Schemathesis' `allow_header_conformance`: `Allow` names the methods that the document declares. Asked once a path. */
export const allowHeaderConformance: Check = {
  name: 'allow_header_conformance',
  judge: async ({ operation: { path }, request }, world) => {
    const key = `allow_header_conformance ${path}`;
    if (!request.isOwnTarget || world.asked.has(key)) return [];
    world.asked.add(key);
    const target = path.replaceAll(/\{\w+\}/g, '00000000-0000-4000-8000-00000000dead');
    const methods = methodsOf(world, path);
    const wanted = methods.join(', ');
    const other = methods.includes('PUT') ? 'PATCH' : 'PUT';
    const answers = [await ask(world, 'OPTIONS', target), await ask(world, other, target)];
    return answers.flatMap(({ headers }) => {
      const allowed = listed(headers.get('allow') ?? '').join(', ');
      return allowed === wanted ? [] : [`Allow of ${path} is "${allowed}", and "${wanted}" are declared`];
    });
  },
};

/** Methods that the document declares for a path, in order. */
export function methodsOf({ operations }: FuzzWorld, path: string): readonly string[] {
  return operations
    .filter((operation) => operation.path === path)
    .map(({ method }) => method.toUpperCase())
    .toSorted();
}

/** HEAD and OPTIONS come with every path and are declared by none. */
function listed(allow: string): readonly string[] {
  return allow
    .split(/,\s*/)
    .filter((method) => method !== 'HEAD' && method !== 'OPTIONS')
    .toSorted();
}
