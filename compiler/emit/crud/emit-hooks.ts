import type { Resource } from '../../plan/resource.ts';
import type { OutputFile } from '../file.ts';
import { raw, ts, typeSymbol, type Hole } from '../text/fragment.ts';
import { ident } from '../text/quote.ts';
import { sourceFile } from '../text/source-file.ts';
import { entityFolder, entityIdentifiers, runtime } from './entity-symbols.ts';

/** `hooks.ts`: the types that user code in `custom/` satisfies. */
export function emitHooks({ entity, routes }: Resource): OutputFile {
  const names = entityIdentifiers(entity);
  const kinds = new Set(routes.map(({ kind }) => kind));
  const z = typeSymbol('z', '@hono/zod-openapi');
  const body = (name: string, present: boolean): Hole =>
    present ? ts`${z}.output<typeof ${typeSymbol(name, './schema.ts')}>` : raw('never');
  return sourceFile(
    `${entityFolder(entity)}/hooks.ts`,
    ts`/** User code around the operations of this entity; see custom/hooks.ts. */
export type ${ident(names.hooks)} = ${runtime.hooksAround}<
  ${runtime.database},
  ${z}.output<typeof ${typeSymbol(names.row, './schema.ts')}>,
  ${body(names.create, kinds.has('create'))},
  ${body(names.patch, kinds.has('update'))}
>;`,
  );
}
