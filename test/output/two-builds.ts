import { createFileSet } from '../../compiler/emit/file.ts';
import type { FileSet, OutputFile } from '../../compiler/emit/file.ts';
import { emitManifest, sha256 } from '../../compiler/output/manifest.ts';

/** A first build's files. */
export const OLD_FILES: FileSet = createFileSet([
  compiled('app/app.ts', 'old app'),
  compiled('app/crud/lead/routes.ts', 'old routes'),
  compiled('app/crud/account/routes.ts', 'old account'),
  compiled('same.ts', 'same'),
]);

/** A second build's: one entity gone, one new, one changed; with a scaffold and a migration. */
export const NEW_FILES: FileSet = createFileSet([
  compiled('app/app.ts', 'new app'),
  compiled('app/crud/lead/routes.ts', 'new routes'),
  compiled('app/crud/order/line/routes.ts', 'new order'),
  compiled('same.ts', 'same'),
  { path: 'custom/hooks.ts', text: 'hooks', owner: 'scaffold' },
  { path: 'migrations/0002_create_order_bbbbbbbb.sql', text: 'order', owner: 'history' },
]);

/** The manifest that such a build writes. */
export function manifestOf(files: FileSet): OutputFile {
  return emitManifest(files, { compilerVersion: '1.0.0', specHash: sha256('spec') });
}

function compiled(path: string, text: string): OutputFile {
  return { path, text, owner: 'compiler' };
}
