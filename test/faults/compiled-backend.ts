import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { compile } from '../../compiler/compile.ts';
import type { OutputFile } from '../../compiler/emit/file.ts';
import { NO_HISTORY } from '../../compiler/plan/migration/history.ts';
import { COMPILE_CACHE } from '../compile-cache.ts';
import { QUICK_WASM } from '../end-to-end/compiled-backend.ts';
import { createFolder, removeFolder } from '../work-folder.ts';
import type { Fault } from './faults.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Outcome of a compiled backend's own tests. */
export interface TestRun {
  readonly code: number | null;
  /** Titles of failed tests, those of their suites too. */
  readonly failed: readonly string[];
  readonly passed: number;
  readonly output: string;
}

/** A backend in a folder of its own, compiled from the spec beside this file, that takes one fault at a time. */
export class CompiledBackend {
  readonly #folder: string;
  readonly #files: readonly OutputFile[];

  static async create(): Promise<CompiledBackend> {
    const text = readFileSync(join(import.meta.dirname, 'app.yaml'), 'utf8');
    const { files, diagnostics } = await compile({
      spec: { file: 'app.yaml', text },
      history: NO_HISTORY,
      ticks: [],
      dependencies: [],
      runtime: runtimeFiles(),
    });
    if (files.length === 0) throw new Error(JSON.stringify(diagnostics));
    return new CompiledBackend(createFolder('faults'), files);
  }

  private constructor(folder: string, files: readonly OutputFile[]) {
    this.#folder = folder;
    this.#files = files;
    for (const { path, text } of files) this.#write(path, text);
  }

  remove(): void {
    removeFolder(this.#folder);
  }

  /** Runs the test that must fail while the fault is there. */
  async runWith({ file, find, occurrence = 0, replace, resource, fails }: Fault): Promise<TestRun> {
    const target = this.#files.find(({ path }) =>
      file === '.sql' ? /^migrations\/.*\.sql$/.test(path) : path === file,
    );
    const parts = target?.text.split(find) ?? [];
    if (target === undefined || parts.length < occurrence + 2) throw new Error(`${file} does not hold ${find}`);
    const text = [parts.slice(0, occurrence + 1).join(find), parts.slice(occurrence + 1).join(find)].join(replace);
    try {
      this.#write(target.path, text);
      if (file === '.sql') this.#reseal(target.path, text);
      return await this.run([`${resource} ${fails}`]);
    } finally {
      for (const { path, text: sound } of this.#files)
        if (path === target.path || path.endsWith('.json')) this.#write(path, sound);
    }
  }

  /** Runs those of its own tests that have one of the titles, their suites' included. */
  async run(titles: readonly string[]): Promise<TestRun> {
    const only = titles.map((title) => `--test-name-pattern=^${title.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}$`);
    const { VITEST: _vitest, NODE_OPTIONS: _options, NODE_TEST_CONTEXT: _context, ...env } = process.env;
    const options = [QUICK_WASM, '--test', '--test-isolation=none', '--test-reporter=tap', ...only];
    const child = spawn(process.execPath, [...options, 'test/all.test.ts'], {
      cwd: this.#folder,
      env: { ...env, NODE_COMPILE_CACHE: COMPILE_CACHE },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    const failed = [...output.matchAll(/^ *not ok \d+ - (.*)$/gm)].map(([, title = '']) => title);
    return { code, failed, passed: Number(/^# pass (\d+)$/m.exec(output)?.[1]), output };
  }

  /** A migration is refused unless its record knows its text. */
  #reseal(sqlPath: string, text: string): void {
    const path = sqlPath.replace(/\.sql$/, '.json');
    const record = this.#files.find((file) => file.path === path)?.text ?? '';
    const hash = createHash('sha256').update(text).digest('hex');
    this.#write(path, record.replace(/"sha256": "\w+"/, `"sha256": "${hash}"`));
  }

  #write(path: string, text: string): void {
    const target = join(this.#folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
}

export function runtimeFiles(): readonly OutputFile[] {
  const entries = readdirSync(join(ROOT, 'runtime'), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: relative(ROOT, path), text: readFileSync(path, 'utf8'), owner: 'compiler' }));
}
