import type { Emitter } from '../emitter.ts';
import { HASH_HEADER } from '../header.ts';

/** Prints `.gitattributes` and `.gitignore`. */
export const emitGit: Emitter = () => [
  { path: '.gitattributes', text: [...HASH_HEADER, ...ATTRIBUTES, ''].join('\n'), owner: 'compiler' },
  { path: '.gitignore', text: [...HASH_HEADER, ...IGNORED, ''].join('\n'), owner: 'compiler' },
];

/** Bytes are compared and hashed, so no checkout may change a line's end. */
const ATTRIBUTES: readonly string[] = [
  '* text=auto eol=lf',
  'app/docs/openapi.json linguist-generated',
  'manifest.json linguist-generated',
  'migrations/snapshot.json linguist-generated',
  'model.json linguist-generated',
  'runtime/** linguist-vendored',
];

const IGNORED: readonly string[] = ['.data/', '.env', 'node_modules/'];
