import type { Check } from '../check.ts';
import { ask, type FuzzWorld } from '../fuzz-world.ts';
import { methodsOf } from './allow-header-conformance.ts';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND', 'QUERY'];

/** Schemathesis' `unsupported_method`: a method that the path does not declare is 405 with `Allow`. Asked once a path. */
export const unsupportedMethod: Check = {
  name: 'unsupported_method',
  judge: async ({ operation: { path }, request }, world) => {
    if (!request.isOwnTarget || !isFirst(world, path)) return [];
    const target = path.replaceAll(/\{\w+\}/g, '00000000-0000-4000-8000-00000000dead');
    const declared = methodsOf(world, path);
    const problems: string[] = [];
    for (const method of METHODS.filter((candidate) => !declared.includes(candidate))) {
      const { status, headers } = await ask(world, method, target);
      if (status !== 405) problems.push(`${method} ${path} is not declared and was answered ${status}`);
      else if (headers.get('allow') === null) problems.push(`${method} ${path} was refused without Allow`);
    }
    return problems;
  },
};

function isFirst({ asked }: FuzzWorld, path: string): boolean {
  const key = `unsupported_method ${path}`;
  const isNew = !asked.has(key);
  asked.add(key);
  return isNew;
}
