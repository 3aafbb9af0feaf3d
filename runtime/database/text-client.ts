import { Client, type ClientConfig } from 'pg';
import { Parser } from 'pg-protocol/dist/parser.js';
import { MessageReader } from './message-reader.ts';
import type { RawRow } from './raw-row.ts';

/**
 * A client of `pg` that leaves rows as the bytes they came in: `pg` itself decodes every value on arrival. It
 * replaces a method that `pg` has and does not declare, so it belongs to the very version that is pinned.
 */
export class TextClient extends Client {
  constructor(config?: ClientConfig) {
    super(config);
    const { connection } = this;
    const parser = new Parser();
    const reader = new MessageReader({
      onRow: (row) => connection.emit('dataRow', new DataRow(row)),
      onOthers: (bytes) =>
        parser.parse(bytes, (message) =>
          connection.emit(message.name === 'error' ? 'errorMessage' : message.name, message),
        ),
    });
    Object.assign(connection, {
      attachListeners: (stream: NodeJS.ReadableStream) => stream.on('data', (chunk: Buffer) => reader.read(chunk)),
    });
  }
}

/** The message of a row, as `pg` hands it to the query that is answered. */
export class DataRow {
  readonly name = 'dataRow';
  readonly row: RawRow;

  constructor(row: RawRow) {
    this.row = row;
  }

  /** What `pg` itself reads. */
  get fields(): readonly (string | null)[] {
    return this.row.texts();
  }
}
