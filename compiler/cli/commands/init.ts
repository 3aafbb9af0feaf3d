import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { createDiagnostic } from '../../diagnostics/reporter.ts';
import { unlocated } from '../../diagnostics/span.ts';
import { refusal } from '../command-result.ts';
import type { CommandResult, Finish } from '../command-result.ts';
import { askOnTerminal, canAsk } from '../init/ask-on-terminal.ts';
import type { FirstSpec } from '../init/first-spec.ts';
import { formatOption } from '../output-format.ts';
import type { OutputFormat } from '../output-format.ts';

interface InitOptions {
  readonly name?: string;
  readonly entity?: string;
  readonly format: OutputFormat;
}

/** Adds `supercompile init`. */
export function addInit(program: Command, finish: Finish): void {
  program
    .command('init')
    .description('write a first app.yaml, with comments that explain it')
    .argument('[folder]', 'where to', '.')
    .option('--name <name>', "the app's name, in kebab-case (default: the folder's)")
    .option('--entity <name>', 'the first entity, in PascalCase and singular (default: Task)')
    .addOption(formatOption())
    .action(async (folder: string, options: InitOptions) => finish(options.format, await runInit(folder, options)));
}

/** The forms that the schema holds names to. */
const NAME = /^(?=.{1,48}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const ENTITY = /^[A-Z][A-Za-z0-9]{0,47}$/;

async function runInit(folder: string, options: InitOptions): Promise<CommandResult> {
  const { findExisting, initProject } = await import('../init/init-project.ts');
  const existing = findExisting(folder);
  if (existing.length > 0) return refusal(existing);
  const wrong = [...judge('--name', options.name), ...judge('--entity', options.entity)];
  if (wrong.length > 0) return refusal(wrong);
  const wanted = await complete(folder, options);
  return wanted === undefined ? CANCELLED : initProject(folder, wanted);
}

const CANCELLED: CommandResult = { ...refusal([]), summary: '\nnothing was written' };

/** What no option says is asked on a terminal, and taken from the folder's name elsewhere. */
async function complete(folder: string, { name, entity }: InitOptions): Promise<FirstSpec | undefined> {
  const fallback = { name: kebabCase(basename(resolve(folder))), entity: 'Task' };
  if (!canAsk() || (name !== undefined && entity !== undefined)) {
    return { name: name ?? fallback.name, entity: entity ?? fallback.entity };
  }
  const answers = await askOnTerminal([
    ...(name === undefined ? [{ text: 'Name of the app', fallback: fallback.name, refuse: refuse('--name') }] : []),
    ...(entity === undefined
      ? [{ text: 'First entity, singular', fallback: fallback.entity, refuse: refuse('--entity') }]
      : []),
  ]);
  if (answers === undefined) return undefined;
  return { name: name ?? answers[0] ?? '', entity: entity ?? answers.at(-1) ?? '' };
}

/** Why an answer will not do. */
function refuse(option: NameOption): (answer: string) => string | undefined {
  return (answer) => judge(option, answer)[0]?.message;
}

type NameOption = '--name' | '--entity';

function judge(option: NameOption, name: string | undefined): readonly Diagnostic[] {
  const [pattern, form] =
    option === '--name'
      ? ([NAME, 'a kebab-case name of ASCII letters and digits, such as lead-tracker'] as const)
      : ([ENTITY, 'a PascalCase name of ASCII letters and digits, such as LeadNote'] as const);
  if (name === undefined || pattern.test(name)) return [];
  return [createDiagnostic(unlocated('init'), 'unusable-name', '', { option, name, form })];
}

/** `My App 2` to `my-app-2`; a folder whose name has nothing usable makes an `app`. */
function kebabCase(text: string): string {
  const parts =
    text
      .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? [];
  const name = parts
    .join('-')
    .slice(0, 48)
    .replace(/^[^a-z]+|-$/g, '');
  return NAME.test(name) ? name : 'app';
}
