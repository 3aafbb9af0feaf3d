import { flattenTree } from './command-tree.ts';
import type { CommandNode } from './command-tree.ts';

/** A bash completion function: it walks the words to the command, then offers what that takes. */
export function completeBash(root: CommandNode): string {
  const nodes = flattenTree(root);
  const paths = nodes.filter(([path]) => path !== '').map(([path]) => quote(path));
  return `# bash completion of supercompile
_supercompile() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" path='' word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "\${path:+$path }$word" in
      ${paths.join('|')}) path="\${path:+$path }$word" ;;
    esac
  done
  local words='' files=''
  case "$path:$previous" in
${nodes.flatMap(([path, node]) => optionCases(path, node)).join('\n')}
    *)
      case "$path" in
${nodes.map(([path, node]) => wordsCase(path, node)).join('\n')}
      esac
      ;;
  esac
  COMPREPLY=()
  while IFS= read -r word; do COMPREPLY+=("$word"); done < <(
    compgen -W "$words" -- "$current"
    [[ -n $files ]] && compgen -f -- "$current"
  )
}
complete -o filenames -F _supercompile supercompile
`;
}

function optionCases(path: string, { options }: CommandNode): readonly string[] {
  return options
    .filter(({ takesValue }) => takesValue)
    .map(({ flag, choices }) => `    ${quote(`${path}:${flag}`)}) ${offer(choices ?? [], choices === undefined)} ;;`);
}

function wordsCase(path: string, { commands, options, choices = [], takesFile }: CommandNode): string {
  const words = [...commands.map(({ name }) => name), ...choices, ...options.map(({ flag }) => flag)];
  return `        ${quote(path)}) ${offer(words, takesFile)} ;;`;
}

function offer(words: readonly string[], files: boolean): string {
  return [`words=${quote(words.join(' '))}`, ...(files ? ["files='yes'"] : [])].join(' ');
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
