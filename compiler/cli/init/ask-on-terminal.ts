import { createInterface } from 'node:readline';

/** One question, with what an empty answer means. */
export interface Question {
  readonly text: string;
  readonly fallback: string;
  /** Why an answer will not do, or undefined. */
  readonly refuse: (answer: string) => string | undefined;
}

/** Whether a person is there to answer. */
export function canAsk(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY;
}

/** Asks until every answer will do; undefined when the person leaves with Ctrl+C or Ctrl+D. */
export async function askOnTerminal(questions: readonly Question[]): Promise<readonly string[] | undefined> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  lines.on('SIGINT', () => lines.close());
  // An iterator keeps lines that were pasted together until their question comes.
  const typed = lines[Symbol.asyncIterator]();
  const ask = async ({ text, fallback, refuse }: Question): Promise<string | undefined> => {
    for (;;) {
      lines.setPrompt(`${text} (${fallback}): `);
      lines.prompt();
      const line = await typed.next();
      if (line.done === true) return undefined;
      const answer = line.value.trim() || fallback;
      const reason = refuse(answer);
      if (reason === undefined) return answer;
      process.stderr.write(`${reason}\n`);
    }
  };
  const answers: string[] = [];
  for (const question of questions) {
    const answer = await ask(question);
    if (answer === undefined) return undefined;
    answers.push(answer);
  }
  lines.close();
  return answers;
}
