import { Query } from 'pg';
import type { Column, Result, Statement, Text } from './database.ts';

/** What a statement was answered with; `command` is the word of its tag: `SELECT`, `COMMIT`. */
export interface Answer {
  readonly result: Result;
  readonly command: string;
}

/**
 * A statement as `pg` sends it, without what our rows do not need: the description of the columns, which costs
 * as much as a small row, and their conversion. It overrides methods that `pg` has and does not declare, so it
 * belongs to the very version that is pinned.
 */
export class TextQuery extends Query {
  readonly name: string | undefined;
  readonly text: string;
  readonly values: readonly Text[];
  /** `pg` replaces it where it watches the time. */
  callback: (error: Error | null, answer: unknown) => void;
  readonly #isDescribed: boolean;
  readonly #rows: (readonly Text[])[] = [];
  #columns: readonly Column[] | undefined;
  #tag = '';

  constructor(statement: Statement, isNamed: boolean, settle: Settle) {
    super(NOTHING);
    this.name = isNamed ? statement.name : undefined;
    this.text = statement.text;
    this.values = statement.values;
    this.#isDescribed = statement.describe === true;
    this.callback = (error) => (error === null ? settle.resolve(this.#answer()) : settle.reject(error));
  }

  /** Called by `pg`, corked, to write the messages. */
  prepare(connection: WireConnection): void {
    const { name, text, values } = this;
    if (name === undefined || !isParsed(connection, name)) {
      connection.parse({ name, text });
      if (name !== undefined) connection.submittedNamedStatements[name] = text;
    }
    connection.bind({ statement: name, values });
    if (this.#isDescribed) connection.describe({ type: 'P' });
    connection.execute({});
    connection.sync();
  }

  handleRowDescription({ fields }: RowDescription): void {
    this.#columns = fields.map(({ name, dataTypeID }) => ({ name, type: dataTypeID }));
  }

  handleDataRow({ fields }: { readonly fields: readonly Text[] }): void {
    this.#rows.push(fields);
  }

  handleCommandComplete({ text }: { readonly text: string }): void {
    this.#tag = text;
  }

  #answer(): Answer {
    const [command = '', ...counts] = this.#tag.split(' ');
    const result = { rows: this.#rows, rowCount: Number(counts.at(-1) ?? 0) };
    return { command, result: this.#columns === undefined ? result : { ...result, columns: this.#columns } };
  }
}

interface Settle {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/** Makes the base class speak the extended protocol. */
const NOTHING = Object.freeze({ text: '', queryMode: 'extended' });

/** The part of a connection of `pg` that writes messages. */
interface WireConnection {
  readonly parsedStatements: Readonly<Record<string, string>>;
  readonly submittedNamedStatements: Record<string, string>;
  parse(message: { readonly name: string | undefined; readonly text: string }): void;
  bind(message: { readonly statement: string | undefined; readonly values: readonly Text[] }): void;
  describe(message: { readonly type: 'P' }): void;
  execute(message: object): void;
  sync(): void;
}

interface RowDescription {
  readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[];
}

function isParsed({ parsedStatements, submittedNamedStatements }: WireConnection, name: string): boolean {
  return parsedStatements[name] !== undefined || submittedNamedStatements[name] !== undefined;
}
