import { emitApp } from './app/emit-app.ts';
import { emitDatabase } from './app/emit-database.ts';
import { emitEntryPoints, emitScaffolds } from './app/emit-entry-points.ts';
import { emitCrud } from './crud/emit-crud.ts';
import { documentEmitters } from './documents/document-emitters.ts';
import type { Emitter } from './emitter.ts';
import { infrastructureEmitters } from './infrastructure/infrastructure-emitters.ts';
import { emitTests } from './tests/emit-tests.ts';

/** Every emitter; which files a backend has is decided here and nowhere else. */
export const emitters: readonly Emitter[] = [
  emitCrud,
  emitApp,
  emitDatabase,
  emitEntryPoints,
  emitScaffolds,
  emitTests,
  ...documentEmitters,
  ...infrastructureEmitters,
];
