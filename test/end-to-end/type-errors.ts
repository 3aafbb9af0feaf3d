import { runTool } from './compiled-backend.ts';

/**
 * What TypeScript says of a compiled backend, nothing where its types are right. One checker alone: each begins
 * with the same second of comparing zod's types.
 */
export async function typeErrors(folder: string, project = '.'): Promise<string> {
  const { code, stdout, stderr } = await runTool(folder, 'tsc', ['-p', project, '--checkers', '1']);
  return code === 0 ? stdout : `${stdout}${stderr}`;
}
