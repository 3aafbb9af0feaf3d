import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MessageReader } from '../../../runtime/database/message-reader.ts';
import { anyText } from '../../any-text.ts';
import type { RawRow } from '../../../runtime/database/raw-row.ts';

type Value = string | null;

const values = fc.array(fc.option(anyText(40), { nil: null }), { maxLength: 6 });

function rowMessage(row: readonly Value[]): Buffer {
  const cells = row.map((value) => {
    const text = Buffer.from(value ?? '');
    const length = Buffer.alloc(4);
    length.writeInt32BE(value === null ? -1 : text.length);
    return Buffer.concat([length, text]);
  });
  const count = Buffer.alloc(2);
  count.writeInt16BE(row.length);
  return message('D', Buffer.concat([count, ...cells]));
}

function message(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeUInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

test('rows and other messages come whole and in order, wherever the stream is cut', () => {
  const sent = fc.array(fc.oneof(values, fc.constantFrom('2', 'C', 'Z')), { maxLength: 12 });
  fc.assert(
    fc.property(sent, fc.infiniteStream(fc.integer({ min: 1, max: 30 })), (parts, sizes) => {
      const body = Buffer.from('body');
      const stream = Buffer.concat(
        parts.map((part) => (typeof part === 'string' ? message(part, body) : rowMessage(part))),
      );
      const received: (RawRow | string)[] = [];
      const reader = new MessageReader({
        onRow: (row) => received.push(row),
        onOthers: (bytes) => {
          // Whole messages, one or several.
          for (let at = 0; at < bytes.length; at += 9) {
            expect(bytes.toString('latin1', at + 5, at + 9)).toBe('body');
            received.push(bytes.toString('latin1', at, at + 1));
          }
        },
      });
      for (let at = 0; at < stream.length;) {
        const size = sizes.next().value ?? 1;
        reader.read(Buffer.from(stream.subarray(at, at + size)));
        at += size;
      }
      expect(received.map((one) => (typeof one === 'string' ? one : one.texts()))).toEqual(parts);
      for (const [index, one] of received.entries()) {
        if (typeof one === 'string') continue;
        const row = parts[index] ?? [];
        for (let place = 0; place <= row.length; place += 1) expect(one.text(place)).toBe(row[place] ?? null);
      }
    }),
  );
});
