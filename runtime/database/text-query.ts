import { Query } from 'pg';
import type { Column, Result, Statement, Text } from './database.ts';
import type { RawRow } from './raw-row.ts';
import type { DataRow } from './text-client.ts';

/** What a statement was answered with; `command` is the word of its tag: `SELECT`, `COMMIT`. */
export interface Answer {
  readonly result: Result;
  readonly command: string;
}

/**
 * Statements as `pg` sends them, without what our rows do not need: the description of the columns, which costs
 * as much as a small row, and their conversion. Several go out together and end with one sync, so they are one
 * transaction. It overrides methods that `pg` has and does not declare, so it belongs to the very version that
 * is pinned.
 */
export class TextQuery extends Query {
  /** Of the statement that is answered now: `pg` notes it as prepared when it has been parsed. */
  name: string | undefined;
  text: string;
  /** `pg` replaces it where it watches the time. */
  callback: (error: Error | null, answer: unknown) => void;
  /** Makes the base class speak the extended protocol. */
  readonly queryMode = 'extended';
  readonly #statements: readonly Statement[];
  readonly #isNamed: boolean;
  readonly #answers: Answer[] = [];
  /** Names that this query has had parsed, by the place of their statement. */
  readonly #parsing: (string | undefined)[] = [];
  #rows: (readonly Text[])[] = [];
  #raw: RawRow[] = [];
  #columns: readonly Column[] | undefined;

  constructor(statements: readonly Statement[], isNamed: boolean, settle: Settle) {
    // Not as an object, which `pg` would copy property by property: a twentieth of the work of a short read.
    super('');
    this.#statements = statements;
    this.#isNamed = isNamed;
    this.name = this.#nameAt(0);
    this.text = statements[0]?.text ?? '';
    this.callback = (error) => (error === null ? settle.resolve(this.#answers) : settle.reject(error));
  }

  /** Called by `pg`, corked, to write the messages. */
  prepare(connection: WireConnection): void {
    for (const [index, { text, values, describe }] of this.#statements.entries()) {
      const name = this.#nameAt(index);
      if (name === undefined || !isParsed(connection, name)) {
        connection.parse({ name, text });
        if (name !== undefined) connection.submittedNamedStatements[name] = text;
        this.#parsing[index] = name;
      }
      connection.bind({ statement: name, values });
      if (describe === true) connection.describe({ type: 'P' });
      connection.execute({});
    }
    connection.sync();
  }

  /** Statements behind the one that failed were skipped, and so never parsed; `pg` itself knows of one only. */
  handleError(error: Error, connection: WireConnection): void {
    for (const name of this.#parsing.slice(this.#answers.length + 1)) {
      if (name !== undefined) Reflect.deleteProperty(connection.submittedNamedStatements, name);
    }
    this.callback(error, undefined);
  }

  handleRowDescription({ fields }: RowDescription): void {
    this.#columns = fields.map(({ name, dataTypeID }) => ({ name, type: dataTypeID }));
  }

  handleDataRow({ row }: DataRow): void {
    if (this.#isRaw()) this.#raw.push(row);
    else this.#rows.push(row.texts());
  }

  handleCommandComplete({ text }: { readonly text: string }): void {
    const last = text.lastIndexOf(' ');
    this.#answers.push({
      command: last === -1 ? text : text.slice(0, text.indexOf(' ')),
      result: {
        rows: this.#rows,
        rowCount: last === -1 ? 0 : Number(text.slice(last + 1)),
        ...(this.#columns !== undefined && { columns: this.#columns }),
        ...(this.#isRaw() && { raw: this.#raw }),
      },
    });
    if (this.#answers.length === this.#statements.length) return;
    this.#rows = [];
    this.#raw = [];
    this.#columns = undefined;
    this.name = this.#nameAt(this.#answers.length);
    this.text = this.#statements[this.#answers.length]?.text ?? '';
  }

  /** Of the statement that is answered now. */
  #isRaw(): boolean {
    return this.#statements[this.#answers.length]?.raw === true;
  }

  #nameAt(index: number): string | undefined {
    return this.#isNamed ? this.#statements[index]?.name : undefined;
  }
}

interface Settle {
  readonly resolve: (answers: readonly Answer[]) => void;
  readonly reject: (error: unknown) => void;
}

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
