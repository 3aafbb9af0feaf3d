/**
 * A runner that kills its own process: `node killed-runner.ts <url> <statements> <answered|sent>`. So nothing is
 * tidied up, neither in the process nor on the connection.
 */
import type { Database, Session } from '../../runtime/database/database.ts';
import { openPostgres } from '../../runtime/database/postgres.ts';
import { migrate } from '../../runtime/migrations/migrate.ts';
import { BEFORE, TWENTY } from './twenty-steps.ts';

const [url = '', statements = '', when = ''] = process.argv.slice(2);
let left = Number(statements);

/** Sends a statement and, when its turn has come, dies once it is answered, or as soon as it is sent. */
async function counted<T>(send: () => Promise<T>): Promise<T> {
  left -= 1;
  const sending = send();
  if (left === 0 && when === 'sent') setImmediate(die);
  const answer = await sending;
  if (left === 0) die();
  return answer;
}

function die(): void {
  process.kill(process.pid, 'SIGKILL');
}

function counting(session: Session): Session {
  return {
    query: (statement) => counted(() => session.query(statement)),
    script: (sql) => counted(() => session.script(sql)),
    batch: (statements) => counted(() => session.batch(statements)),
  };
}

const database = openPostgres({ url, poolSize: 2 });
const watched: Database = {
  kind: database.kind,
  query: (statement) => database.query(statement),
  read: (statement) => database.read(statement),
  batch: (statements) => database.batch(statements),
  transaction: (work) => database.transaction(work),
  session: (work) => database.session((session) => work(counting(session))),
  close: () => database.close(),
};
await migrate(watched, [BEFORE, TWENTY]);
await database.close();
process.stdout.write(`${Number(statements) - left}\n`);
