import type { Session } from '../../../runtime/database/database.ts';

/** Runs the steps of a migration's file one after the other, each in a transaction of its own or in none. */
export async function runSteps(session: Session, sql: string): Promise<void> {
  const [, ...parts] = sql.split(/^-- step \d+/m);
  for (const part of parts) {
    const [words = '', ...lines] = part.split('\n');
    const statements = lines.join('\n').trim();
    if (/\bbatched=/.test(words)) {
      for (let changed = 1; changed > 0;) changed = (await session.query({ text: statements, values: [] })).rowCount;
    } else if (/\bnotx\b/.test(words)) await session.script(statements);
    else await session.script(`begin;\n${statements}\ncommit;`);
  }
}
