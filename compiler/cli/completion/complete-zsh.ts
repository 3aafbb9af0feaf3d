import type { CommandNode, OptionNode } from './command-tree.ts';

/** A zsh completion function for \`_arguments\`, one function a command. */
export function completeZsh(root: CommandNode): string {
  return `#compdef supercompile
${define(root, '_supercompile')}
if [ "$funcstack[1]" = "_supercompile" ]; then _supercompile "$@"; else compdef _supercompile supercompile; fi
`;
}

function define(node: CommandNode, name: string): string {
  const specs = [...node.options.map(optionSpec), ...argumentSpecs(node)];
  return [
    ...node.commands.map((child) => define(child, `${name}_${child.name}`)),
    `${name}() {`,
    '  local state',
    `  _arguments -C ${specs.map(quote).join(' ')}`,
    ...(node.commands.length > 0 ? dispatch(node, name) : []),
    '}',
  ].join('\n');
}

function dispatch({ commands }: CommandNode, name: string): readonly string[] {
  return [
    '  case "$state" in',
    '    commands)',
    '      local -a commands=(',
    ...commands.map((child) => `        ${quote(`${escapeColon(child.name)}:${child.about}`)}`),
    '      )',
    "      _describe 'command' commands",
    '      ;;',
    '    arguments)',
    '      case "$words[1]" in',
    ...commands.map((child) => `        ${quote(child.name)}) ${name}_${child.name} ;;`),
    '      esac',
    '      ;;',
    '  esac',
  ];
}

function argumentSpecs({ commands, choices, takesFile }: CommandNode): readonly string[] {
  if (commands.length > 0) return ['1: :->commands', '*::argument:->arguments'];
  if (choices !== undefined) return [`1:value:(${choices.join(' ')})`];
  return takesFile ? ['1:file:_files'] : [];
}

function optionSpec({ flag, about, takesValue, choices }: OptionNode): string {
  const value = choices === undefined ? ':value:_files' : `:value:(${choices.join(' ')})`;
  return `${flag}[${about.replaceAll(/[[\]]/g, '\\$&')}]${takesValue ? value : ''}`;
}

function escapeColon(text: string): string {
  return text.replaceAll(':', '\\:');
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
