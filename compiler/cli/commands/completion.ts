import { Argument } from 'commander';
import type { Command } from 'commander';
import { COMPLETIONS } from '../completion/completions.ts';
import type { Shell } from '../completion/completions.ts';
import { readCommandTree } from '../completion/command-tree.ts';
import type { Finish } from '../command-result.ts';

/** Adds `supercompile completion`. */
export function addCompletion(program: Command, finish: Finish): void {
  program
    .command('completion')
    .description('print the completion script of a shell')
    .addArgument(new Argument('<shell>', 'the shell').choices(Object.keys(COMPLETIONS)))
    .addHelpText('after', HELP)
    .action((shell: Shell) =>
      finish('text', {
        diagnostics: [],
        sources: new Map(),
        text: COMPLETIONS[shell](readCommandTree(program)),
        data: {},
        summary: '',
      }),
    );
}

const HELP = `
To have it in every shell:
  bash  supercompile completion bash > ~/.local/share/bash-completion/completions/supercompile
  zsh   supercompile completion zsh > "\${fpath[1]}/_supercompile"
  fish  supercompile completion fish > ~/.config/fish/completions/supercompile.fish`;
