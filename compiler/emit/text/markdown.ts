/** Line breaks, controls and marks that turn the direction of text: none of them belongs into one line of prose. */
const GAPS = /[\s\u0000-\u001f\u007f-\u009f\u2028\u2029]+/gu;
const DIRECTION_MARKS = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Prose of a spec as one line of Markdown that is nothing but text: in a paragraph, a heading, a list or a table's cell. */
export function prose(text: string): string {
  return text
    .replaceAll(DIRECTION_MARKS, '')
    .replaceAll(GAPS, ' ')
    .trim()
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\\`*[\]|~$]/g, '\\$&')
    .replaceAll(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\_')
    .replace(/^(\d*)([#+=.)-])/, '$1\\$2')
    .replaceAll(/(javascript|data|vbscript):/gi, '$1&#58;');
}

/** Text of a spec, exactly, as inline code; safe in a table's cell. */
export function code(text: string): string {
  if (text !== '' && text.trim() === text && !/[`|\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text)) return `\`${text}\``;
  const inner = text.replaceAll(
    /[^\w #%(),./:;=?@^+'"{}!-]|!(?=\[)/gu,
    (character) => NAMED[character] ?? `&#${character.codePointAt(0)};`,
  );
  return `<code>${inner}</code>`;
}

const NAMED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** A table's row. */
export function row(...cells: readonly string[]): string {
  return `| ${cells.map((cell) => (cell === '' ? '-' : cell)).join(' | ')} |`;
}

/** A table, one line a row, never padded: a longer cell must not touch other lines. Without rows there is no table. */
export function table(heads: readonly string[], rows: readonly string[]): readonly string[] {
  return rows.length === 0 ? [] : [row(...heads), row(...heads.map(() => '---')), ...rows, ''];
}

/** Text in several blocks, each given as its lines, as a file. */
export function document(lines: readonly string[]): string {
  return `${lines.join('\n').trimEnd()}\n`;
}
