import { buildBackend, createFolder, removeFolder, startBackend, type RunningBackend } from './compiled-backend.ts';

/** What tests read of a row. */
export interface Row {
  readonly [key: string]: unknown;
  readonly id: string;
}

interface Answer {
  readonly status: number;
  /** A row, a page of rows or a problem. */
  readonly body: Row;
}

/** A running backend of a sample database, asked by its routes. */
export class SampleBackend {
  readonly #folder: string;
  readonly #backend: RunningBackend;

  private constructor(folder: string, backend: RunningBackend) {
    this.#folder = folder;
    this.#backend = backend;
  }

  /** Compiles and starts a spec. */
  static async open(spec: string): Promise<SampleBackend> {
    const folder = createFolder('sample');
    await buildBackend(spec, folder);
    return new SampleBackend(folder, await startBackend(folder));
  }

  async close(): Promise<void> {
    await this.#backend.stop();
    removeFolder(this.#folder);
  }

  async send(method: string, path: string, body?: object): Promise<Answer> {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${this.#backend.url}${path}`, {
      method,
      ...(body !== undefined && { headers, body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: JSON.parse(text === '' ? '{}' : text) };
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
