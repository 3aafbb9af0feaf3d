import type { Command, Option } from 'commander';

/** What a shell may offer after a command's name. */
export interface CommandNode {
  readonly name: string;
  readonly about: string;
  readonly options: readonly OptionNode[];
  readonly commands: readonly CommandNode[];
  /** Words that its first argument may be; undefined: a file, where it takes one. */
  readonly choices: readonly string[] | undefined;
  readonly takesFile: boolean;
}

export interface OptionNode {
  /** `--out`. */
  readonly flag: string;
  readonly about: string;
  readonly takesValue: boolean;
  /** Values that it may have; undefined: any, or a file. */
  readonly choices: readonly string[] | undefined;
}

/** The commands of a program as commander knows them, so that no script lists one by hand. */
export function readCommandTree(command: Command): CommandNode {
  const help = command.createHelp();
  const [argument] = command.registeredArguments;
  return {
    name: command.name(),
    about: command.description(),
    options: help.visibleOptions(command).flatMap(readOption),
    commands: command.commands.map(readCommandTree),
    choices: argument?.argChoices,
    takesFile: argument !== undefined && argument.argChoices === undefined && !/code/.test(argument.name()),
  };
}

function readOption({ long, description, argChoices, required }: Option): readonly OptionNode[] {
  if (long === undefined || long === null) return [];
  return [{ flag: long, about: description, takesValue: required, choices: argChoices }];
}

/** Every command with the words that lead to it: `migrate up`. */
export function flattenTree(root: CommandNode): readonly (readonly [path: string, node: CommandNode])[] {
  const below = (node: CommandNode, path: string): readonly (readonly [string, CommandNode])[] => [
    [path, node],
    ...node.commands.flatMap((child) => below(child, path === '' ? child.name : `${path} ${child.name}`)),
  ];
  return below(root, '');
}
