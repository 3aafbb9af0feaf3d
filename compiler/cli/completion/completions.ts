import { completeBash } from './complete-bash.ts';
import { completeFish } from './complete-fish.ts';
import { completeZsh } from './complete-zsh.ts';
import type { CommandNode } from './command-tree.ts';

/** The script of each shell that is known. */
export const COMPLETIONS = { bash: completeBash, zsh: completeZsh, fish: completeFish } as const satisfies Readonly<
  Record<string, (root: CommandNode) => string>
>;

export type Shell = keyof typeof COMPLETIONS;
