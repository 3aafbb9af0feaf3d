import { flattenTree } from './command-tree.ts';
import type { CommandNode, OptionNode } from './command-tree.ts';

/** fish completions, one line a word that it may offer. */
export function completeFish(root: CommandNode): string {
  const lines = flattenTree(root).flatMap(([path, node]) => [
    ...node.commands.map((child) => `${when(path, node)} -f -a ${quote(child.name)} -d ${quote(child.about)}`),
    ...(node.choices === undefined ? [] : [`${when(path, node)} -f -a ${quote(node.choices.join(' '))}`]),
    ...node.options.map((option) => `${when(path, node)}${describe(option)}`),
  ]);
  return `# fish completion of supercompile\n${lines.join('\n')}\n`;
}

/** A command's own words are offered once it was named, and none of its own commands was yet. */
function when(path: string, { commands }: CommandNode): string {
  const words = path.split(' ').filter((word) => word !== '');
  const seen = words.map((word) => `__fish_seen_subcommand_from ${word}`);
  const unseen =
    commands.length === 0 ? [] : [`not __fish_seen_subcommand_from ${commands.map(({ name }) => name).join(' ')}`];
  const condition = [...seen, ...unseen].join('; and ');
  return `complete -c supercompile${condition === '' ? '' : ` -n ${quote(condition)}`}`;
}

function describe({ flag, about, takesValue, choices }: OptionNode): string {
  const value = choices === undefined ? ' -r' : ` -x -a ${quote(choices.join(' '))}`;
  return ` -l ${flag.slice(2)}${takesValue ? value : ''} -d ${quote(about)}`;
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
