import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { copyDatabase } from '../bench-database.ts';
import { serverEnv, type Candidate, type Setting } from '../candidates.ts';
import { platformaticDialect, shortDialect, zenstackDialect, type Dialect } from '../dialects.ts';
import { startProcess } from '../server-process.ts';

/** Installed outside the product's dependencies, and kept from run to run. */
export const PEERS_FOLDER = join(import.meta.dirname, '../../../.cache/bench-peers');

interface Peer {
  readonly name: string;
  readonly dialect: Dialect;
  /** What generates its client, as `npx` takes it. */
  readonly generate?: readonly string[];
}

const PEERS: readonly Peer[] = [
  { name: 'drizzle', dialect: shortDialect },
  { name: 'platformatic', dialect: platformaticDialect },
  { name: 'prisma', dialect: shortDialect, generate: ['prisma', 'generate', '--schema', 'schema.prisma'] },
  {
    name: 'zenstack',
    dialect: zenstackDialect,
    generate: ['zenstack', 'generate', '--schema', 'schema.zmodel', '--output', 'zenstack'],
  },
];

/** Installs the peers and starts those that run here; of the others, says why they do not. */
export async function startPeers({ seeded }: Setting): Promise<readonly Candidate[]> {
  installPeers();
  const started: Candidate[] = [];
  for (const { name, dialect, generate } of PEERS) {
    try {
      if (generate !== undefined) run('npx', ['--no-install', ...generate]);
      const databaseUrl = await copyDatabase(seeded, name);
      const server = await startProcess(PEERS_FOLDER, [`${name}.js`], {
        ...serverEnv(databaseUrl),
        NODE_ENV: 'production',
      });
      started.push({ name, databaseUrl, server, dialect, answersAlike: false });
    } catch (error) {
      process.stderr.write(`${name} is left out: ${error instanceof Error ? error.message : String(error)}\n`);
    }
  }
  return started;
}

/** Copies what the peers need into their folder and installs them from npm. */
export function installPeers(): void {
  mkdirSync(PEERS_FOLDER, { recursive: true });
  cpSync(import.meta.dirname, PEERS_FOLDER, { recursive: true });
  run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', '--ignore-scripts']);
}

/** Without a network `prisma generate` cannot fetch an engine that it does not need for this. */
const QUIET = { DO_NOT_TRACK: '1', PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true', CHECKPOINT_DISABLE: '1' };

function run(command: string, args: readonly string[]): void {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('npm_package_'));
  const env = { ...Object.fromEntries(own), ...QUIET };
  const { status, stdout, stderr } = spawnSync(command, [...args], { cwd: PEERS_FOLDER, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr || stdout}`);
}
