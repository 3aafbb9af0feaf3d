import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildProject } from '../../compiler/cli/build-project.ts';
import { checkHistory } from '../../compiler/cli/check-history.ts';
import type { CommandResult } from '../../compiler/cli/command-result.ts';
import { migrateRebase } from '../../compiler/cli/migrate-rebase.ts';
import { readHistory } from '../../compiler/cli/read-history.ts';
import { analyze } from '../../compiler/analyze.ts';
import { compile } from '../../compiler/compile.ts';
import type { Diagnostic } from '../../compiler/diagnostics/diagnostic.ts';
import { planMigration } from '../../compiler/plan/migration/plan-migration.ts';
import type { Migration } from '../../runtime/migrations/migration.ts';
import { readMigrations } from '../../runtime/migrations/read-migrations.ts';
import { temporaryFolder, writeTree } from '../output/temporary-folder.ts';

const AUTHOR = ['-c', 'user.name=t', '-c', 'user.email=t@example.com'];

/** A git repository with a spec and its compiled backend, edited on several branches. */
export class Project {
  readonly root = temporaryFolder();
  readonly #isWhole: boolean;

  /** @param isWhole whether to write whole backends, or their migrations alone, which takes a tenth of the time */
  constructor(spec: string, isWhole: boolean) {
    this.#isWhole = isWhole;
    this.git('init', '-q', '-b', 'main');
    writeTree(this.root, { '.gitignore': 'backend/runtime\n' });
    this.write(spec);
  }

  /** Begins `branch` at `from`, says `spec` there, builds and commits. */
  async branch(branch: string, from: string, ...specs: readonly string[]): Promise<void> {
    this.git('checkout', '-q', '-b', branch, from);
    for (const spec of specs) await this.commit(spec);
  }

  /** Says `spec`, builds and commits; a refused build throws. */
  async commit(spec?: string): Promise<void> {
    if (spec !== undefined) this.write(spec);
    const errors = (await this.build()).filter(({ severity }) => severity === 'error');
    if (errors.length > 0) throw new Error(errors.map(({ code, message }) => `${code} ${message}`).join('\n'));
    // One process of this large one: to begin each costs some milliseconds.
    execFileSync('sh', ['-c', `git add -A && git ${AUTHOR.join(' ')} commit -q --no-verify --allow-empty -m change`], {
      cwd: this.root,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  /** Merges into the present branch, takes `spec` for the outcome, and answers which files git could not merge. */
  merge(branch: string, spec: string): readonly string[] {
    try {
      this.git('merge', '-q', '--no-edit', branch);
    } catch {
      // The conflicts are what is asked for.
    }
    const unmerged = this.git('diff', '--name-only', '--diff-filter=U')
      .split('\n')
      .filter((name) => name !== '');
    this.write(spec);
    return unmerged;
  }

  write(spec: string): void {
    writeTree(this.root, { 'app.yaml': spec });
  }

  async build(): Promise<readonly Diagnostic[]> {
    if (!this.#isWhole) return this.#buildMigrations();
    const spec = { file: 'app.yaml', text: this.spec() };
    const { diagnostics } = await buildProject({ spec, root: this.backend, check: false, force: false, compile });
    return diagnostics;
  }

  /** As a build does it, but for all else of the backend. */
  #buildMigrations(): readonly Diagnostic[] {
    const { history, diagnostics: problems } = readHistory(this.backend, 'backend', false);
    const { app, document } = analyze(this.spec(), 'app.yaml');
    if (app === undefined) throw new Error('the spec does not compile');
    const { migration, snapshot, diagnostics } = planMigration({ app, document, history });
    const found = [...problems, ...diagnostics];
    if (found.some(({ severity }) => severity === 'error')) return found;
    const drafts = history.migrations.filter(({ sealed }) => !sealed).map(({ id }) => id);
    for (const id of drafts)
      for (const end of ['sql', 'json']) rmSync(join(this.backend, 'migrations', `${id}.${end}`));
    const files = [snapshot, ...(migration === undefined ? [] : [migration.sql, migration.json])];
    writeTree(this.backend, Object.fromEntries(files.map(({ path, text }) => [path, text])));
    return found;
  }

  async check(): Promise<readonly Diagnostic[]> {
    return checkHistory(analyze(this.spec(), 'app.yaml'), join(this.root, 'app.yaml'));
  }

  rebase(options: { readonly onto?: string; readonly replan?: boolean } = {}): Promise<CommandResult> {
    return migrateRebase({ spec: join(this.root, 'app.yaml'), out: this.backend, ...options });
  }

  /** In the order of their chain, from the files. */
  migrations(): readonly Migration[] {
    return readMigrations(join(this.backend, 'migrations'));
  }

  files(): readonly string[] {
    return readdirSync(join(this.backend, 'migrations')).toSorted();
  }

  spec(): string {
    return readFileSync(join(this.root, 'app.yaml'), 'utf8');
  }

  get backend(): string {
    return join(this.root, 'backend');
  }

  git(...args: readonly string[]): string {
    return execFileSync('git', [...AUTHOR, ...args], {
      cwd: this.root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }
}
