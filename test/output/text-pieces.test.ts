import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fileSystem } from '../../compiler/output/disk/file-system.ts';
import { sha256 } from '../../compiler/output/manifest.ts';
import { MOST_AT_ONCE, textPieces } from '../../compiler/output/text-pieces.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A pair of halves where a piece would end. */
const LARGE = `${'a'.repeat(MOST_AT_ONCE - 1)}😀${'é'.repeat(MOST_AT_ONCE)}`;

test('a large text comes in pieces that are texts, and is the same in the end', () => {
  const pieces = [...textPieces(LARGE)];
  expect(pieces.length).toBe(3);
  expect(pieces.every((piece) => piece.isWellFormed() && piece.length <= MOST_AT_ONCE)).toBe(true);
  expect(pieces.join('') === LARGE).toBe(true);
  expect([...textPieces('')]).toEqual([]);
});

test.each([LARGE, 'small 😀', ''])('it is written and hashed as it is', (text) => {
  const path = join(temporaryFolder(), 'text');
  fileSystem.createFile(path, text);
  expect(readFileSync(path, 'utf8') === text).toBe(true);
  expect(sha256(text)).toBe(createHash('sha256').update(text).digest('hex'));
  expect(() => fileSystem.createFile(path, text)).toThrow('EEXIST');
});
