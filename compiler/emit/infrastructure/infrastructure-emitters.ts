import type { Emitter } from '../emitter.ts';
import { emitCustom } from './emit-custom.ts';
import { emitDocker } from './emit-docker.ts';
import { emitEnvironmentExample } from './emit-environment-example.ts';
import { emitGit } from './emit-git.ts';
import { emitPackage } from './emit-package.ts';

/** What surrounds the code of a backend. */
export const infrastructureEmitters: readonly Emitter[] = [
  emitCustom,
  emitDocker,
  emitEnvironmentExample,
  emitGit,
  emitPackage,
];
