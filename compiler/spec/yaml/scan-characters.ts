import type { SyntaxReporter } from './syntax-reporter.ts';

const NO_UTF8 = 'it stands for bytes that are no UTF-8; save the file as UTF-8';

/** Characters that a reader of the file cannot see, or that say the file was decoded wrongly; the first that fits tells why. */
const FORBIDDEN: readonly { readonly pattern: RegExp; readonly reason: string }[] = [
  { pattern: /\r/u, reason: 'lines end with a line feed, with or without a carriage return before it' },
  { pattern: /\p{Cc}/u, reason: 'it is a control character' },
  { pattern: /[\u202A-\u202E\u2066-\u2069]/u, reason: 'it reorders the text on screen' },
  { pattern: /[\u2028\u2029]/u, reason: 'some tools break the line here and others do not' },
  { pattern: /\uFEFF/u, reason: 'a byte order mark belongs at the start of the file alone' },
  { pattern: /[\uFFFD\p{Cs}]/u, reason: NO_UTF8 },
];

const SUSPICIOUS = /[^\P{Cc}\t\n\r]|\r(?!\n)|[\u202A-\u202E\u2066-\u2069\u2028\u2029\uFEFF\uFFFD]|\p{Cs}/gu;
const INDENT_WITH_TAB = /^ *\t[ \t]*(?=[^\s#])/gm;
const INDENT_WITH_NBSP = /^[ \t]*\u00A0/gm;

/** Refuses characters that may stand nowhere in a spec, and tabs that indent. */
export function scanCharacters(reporter: SyntaxReporter): void {
  scanForbidden(reporter);
  scanTabs(reporter);
  scanNoBreakSpaces(reporter);
}

function scanForbidden(reporter: SyntaxReporter): void {
  for (const { 0: character, index } of reporter.source.text.matchAll(SUSPICIOUS)) {
    if (reporter.isFull()) return;
    const reason = FORBIDDEN.find((one) => one.pattern.test(character))?.reason ?? NO_UTF8;
    reporter.report('invalid-character', index, index + 1, { character: nameCharacter(character), reason });
  }
}

function scanTabs(reporter: SyntaxReporter): void {
  for (const { 0: indent, index } of reporter.source.text.matchAll(INDENT_WITH_TAB)) {
    if (reporter.isFull()) return;
    reporter.report('tab', index + indent.indexOf('\t'), index + indent.length, {});
  }
}

function scanNoBreakSpaces(reporter: SyntaxReporter): void {
  for (const { 0: indent, index } of reporter.source.text.matchAll(INDENT_WITH_NBSP)) {
    if (reporter.isFull()) return;
    const at = index + indent.length - 1;
    const reason = 'it is a no-break space; indent with spaces';
    const edits = [reporter.source.edit(at, at + 1, ' ')];
    const fix = { description: 'write a space', edits };
    reporter.report('invalid-character', at, at + 1, { character: nameCharacter('\u00A0'), reason }, { fix });
  }
}

function nameCharacter(character: string): string {
  return `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}
