import { environmentVariables, type EnvironmentVariable } from '../../plan/environment.ts';
import type { Emitter } from '../emitter.ts';
import { HASH_HEADER } from '../header.ts';

/** Prints `.env.example`: every variable with what it means, secrets left empty. */
export const emitEnvironmentExample: Emitter = () => [
  {
    path: '.env.example',
    text: [...HASH_HEADER, ...HINT, ...environmentVariables.flatMap(block), ...COMPOSE].join('\n'),
    owner: 'compiler',
  },
];

const HINT: readonly string[] = [
  '#',
  '# node --env-file=.env app/main.ts reads a copy of this file; so does docker compose.',
  '',
];

/** Shown commented out where a default holds, so that a copy changes nothing by itself. */
function block({ name, about, default: value, secret }: EnvironmentVariable): readonly string[] {
  const assignment = secret || value === undefined ? `# ${name}=` : `# ${name}=${value}`;
  return [...about.map((line) => `# ${line}`), assignment, ''];
}

/** compose.yaml alone reads these: it makes the connection strings of both logins from them. */
const COMPOSE: readonly string[] = [
  '# For compose.yaml alone: the password of the owner of the database. Letters and digits.',
  '# OWNER_PASSWORD=',
  '',
  "# For compose.yaml alone: the password of the server's login. Letters and digits.",
  '# SERVER_PASSWORD=',
  '',
];
