import { Composer, CST, type Document, Lexer, Parser, type YAMLError } from 'yaml';
import { MAX_DEPTH, MAX_LEXEMES, MAX_SYNTAX_ERRORS, MAX_TEXT, MAX_TEXT_LENGTH } from '../spec-limits.ts';
import { findDeepest } from './nesting.ts';
import { scanTokens } from './scan-tokens.ts';
import type { SyntaxReporter } from './syntax-reporter.ts';

/** What the YAML library made of the text. */
export interface ParsedYaml {
  readonly contents: Document.Parsed['contents'];
  readonly errors: readonly YAMLError[];
  readonly tokens: readonly CST.Token[];
}

/** Reads the text as one YAML 1.2 document; reports and gives up where it could hang or hides its meaning. */
export function parseYaml(reporter: SyntaxReporter): ParsedYaml | undefined {
  const tokens = tokenize(reporter);
  if (tokens === undefined) return undefined;
  if (!scanTokens(tokens, reporter)) return undefined;
  const deepest = findDeepest(tokens);
  if (deepest.depth > MAX_DEPTH) {
    reporter.report('too-deep', deepest.offset, deepest.offset + 1, { limit: String(MAX_DEPTH) });
    return undefined;
  }
  const [document] = new Composer({ uniqueKeys: false, prettyErrors: false }).compose(tokens);
  return { contents: document?.contents ?? null, errors: document?.errors ?? [], tokens };
}

function tokenize(reporter: SyntaxReporter): readonly CST.Token[] | undefined {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let lexemes = 0;
  let offset = 0;
  let brackets = 0;
  for (const lexeme of new Lexer().lex(reporter.source.text)) {
    lexemes += 1;
    brackets += OPENING.has(lexeme) ? 1 : CLOSING.has(lexeme) ? -1 : 0;
    if (lexemes > MAX_LEXEMES) {
      reporter.report('file-too-large', 0, 0, { limit: `${MAX_LEXEMES} words and marks` });
      return undefined;
    }
    if (brackets > MAX_DEPTH) {
      reporter.report('too-deep', offset, offset + 1, { limit: String(MAX_DEPTH) });
      return undefined;
    }
    if (!MARKERS.has(lexeme)) offset += lexeme.length;
    for (const token of parser.next(lexeme)) tokens.push(token);
  }
  tokens.push(...parser.end());
  return dropRepeatedErrors(tokens);
}

const OPENING: ReadonlySet<string> = new Set(['[', '{']);
const CLOSING: ReadonlySet<string> = new Set([']', '}']);
/** Lexemes that the lexer adds: they are no part of the text. */
const MARKERS: ReadonlySet<string> = new Set([CST.DOCUMENT, CST.FLOW_END, CST.SCALAR]);

/** Each stray token would become an error with a stack trace: of a million of them, the first few are enough. */
function dropRepeatedErrors(tokens: readonly CST.Token[]): readonly CST.Token[] {
  let errors = 0;
  const kept = tokens.filter((token) => token.type !== 'error' || ++errors <= MAX_SYNTAX_ERRORS);
  for (const token of kept) {
    if (token.type !== 'document') continue;
    token.end?.splice(MAX_SYNTAX_ERRORS);
    if (token.value !== undefined && 'end' in token.value) token.value.end?.splice(MAX_SYNTAX_ERRORS);
  }
  return kept;
}

/** Whether the text is short enough to be read at all. */
export function checkTextLength(reporter: SyntaxReporter): boolean {
  if (reporter.source.text.length <= MAX_TEXT_LENGTH) return true;
  reporter.report('file-too-large', 0, 0, { limit: MAX_TEXT });
  return false;
}
