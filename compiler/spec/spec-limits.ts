/** Most UTF-16 code units of a spec: some 1,500 entities, read in well under two seconds. */
export const MAX_TEXT_LENGTH = 1_048_576;

/** The same in words, for whoever meets it. */
export const MAX_TEXT = `${String(MAX_TEXT_LENGTH).replaceAll(/\B(?=(?:\d{3})+$)/g, ',')} characters`;

/** Deepest nesting of maps and lists; the language itself needs 12. */
export const MAX_DEPTH = 40;

/** Most syntax errors told of one file: what follows is nearly always their consequence. */
export const MAX_SYNTAX_ERRORS = 50;

/** Most lexemes of a text that is not plain, so that a file of brackets alone is refused as fast as any other. */
export const MAX_LEXEMES = 500_000;
