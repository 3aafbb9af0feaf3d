import { assume } from '../assume.ts';

/** One variable that a program reads from its environment. */
export interface EnvironmentVariable<Value> {
  /** One sentence for `.env.example` and the docs. */
  readonly description: string;
  /** What is used when the variable is absent or empty; without it the value is `undefined` then. */
  readonly default?: string;
  /** Never shown: not in problems, not in logs. */
  readonly secret?: true;
  /** @throws Error whose message finishes the sentence "NAME must be ..." */
  readonly parse: (text: string) => Value;
}

export type EnvironmentTable = Readonly<Record<string, EnvironmentVariable<unknown>>>;

/** The values of a table's variables, by name. */
export type EnvironmentOf<Table extends EnvironmentTable> = {
  readonly [Name in keyof Table]: Table[Name] extends { readonly default: string }
    ? ReturnType<Table[Name]['parse']>
    : ReturnType<Table[Name]['parse']> | undefined;
};

/** The environment is not one the program can run in; `problems` has one line for each variable at fault. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

/**
 * Reads all variables of `table` out of `source`.
 *
 * @throws EnvironmentError with every problem at once
 */
export function readEnvironment<Table extends EnvironmentTable>(
  table: Table,
  source: Readonly<Record<string, string | undefined>>,
): EnvironmentOf<Table> {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, variable] of Object.entries(table)) {
    const text = source[name] === undefined || source[name] === '' ? variable.default : source[name];
    if (text === undefined) continue;
    try {
      values[name] = variable.parse(text);
    } catch (error) {
      problems.push(`${name} must be ${error instanceof Error ? error.message : 'valid'}`);
    }
  }
  if (problems.length > 0) throw new EnvironmentError(problems);
  // Each key holds what its own `parse` made of it, or nothing where there is no default.
  return assume<EnvironmentOf<Table>>(values);
}
