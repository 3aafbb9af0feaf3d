import { buildBackend, startBackend, type Environment, type RunningBackend } from './compiled-backend.ts';
import { createFolder, removeFolder } from '../work-folder.ts';

/** What tests read of a row. */
export interface Row {
  readonly [key: string]: unknown;
  readonly id: string;
}

export interface Answer {
  readonly status: number;
  /** A row, a page of rows or a problem. */
  readonly body: Row;
  readonly etag: string | null;
}

/** A running backend of a sample database, asked by its routes. */
export class SampleBackend {
  readonly #backend: RunningBackend;
  /** Its own, which goes with it. */
  readonly #folder: string | undefined;

  private constructor(backend: RunningBackend, folder?: string) {
    this.#backend = backend;
    this.#folder = folder;
  }

  /** Compiles and starts a spec. */
  static async open(spec: string): Promise<SampleBackend> {
    const folder = createFolder('sample');
    await buildBackend(spec, folder);
    return new SampleBackend(await startBackend(folder), folder);
  }

  /** Starts what is compiled. */
  static async start(folder: string, environment?: Environment): Promise<SampleBackend> {
    return new SampleBackend(await startBackend(folder, environment));
  }

  async close(): Promise<void> {
    await this.#backend.stop();
    if (this.#folder !== undefined) removeFolder(this.#folder);
  }

  async send(
    method: string,
    path: string,
    body?: object,
    more: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const headers = { ...(body !== undefined && { 'content-type': 'application/json' }), ...more };
    const response = await fetch(`${this.#backend.url}${path}`, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const { status, headers: answered } = response;
    const text = await response.text();
    return { status, body: JSON.parse(text === '' ? '{}' : text), etag: answered.get('etag') };
  }

  async status(method: string, path: string, body?: object): Promise<number> {
    return (await this.send(method, path, body)).status;
  }

  async create(path: string, body: object): Promise<Row> {
    const { status, body: row } = await this.send('POST', path, body);
    if (status !== 201) throw new Error(`${path}: ${status} ${JSON.stringify(row)}`);
    return row;
  }

  async list(path: string): Promise<readonly Row[]> {
    const response = await fetch(`${this.#backend.url}${path}`);
    if (response.status !== 200) throw new Error(`${path}: ${response.status}`);
    const { data }: { readonly data: readonly Row[] } = JSON.parse(await response.text());
    return data;
  }
}
