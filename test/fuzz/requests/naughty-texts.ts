import blns from 'big-list-of-naughty-strings/blns.json' with { type: 'json' };

/** The Big List of Naughty Strings, with texts that are one to people and several to Unicode. All of them can be stored. */
export const NAUGHTY_TEXTS: readonly string[] = [
  ...blns.filter((text) => !text.includes('\0') && text.isWellFormed()),
  'caf\u00e9',
  'cafe\u0301',
  '\u1e9b\u0323',
  '\ufb01 \u2126 \u212b',
  '\u0130 \u0131 \u00df \u1e9e',
  '\ufeffbyte order mark',
  '\uffff\ufffe',
  '\u{10ffff}',
  '\u0001\u001f\u007f\u0085',
  'a\u200db\u2060c',
  '\u202eabc',
  "'; drop table leads; --",
  '${7*7}{{7*7}}#{7*7}',
  '__proto__',
  'constructor',
];

/** Text that no column can have. */
export const UNSTORABLE_TEXTS: readonly string[] = ['\0', 'a\0b', '\ud800', 'a\udfffb', '\udc00\ud800'];
