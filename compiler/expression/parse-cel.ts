import { ParseError, parse, type ASTNode } from '@marcbachmann/cel-js';
import type { ExpressionProblem } from './problem.ts';

export type CelNode = ASTNode;

/** Parses CEL; positions are offsets in the text. */
export function parseCel(text: string): CelNode | ExpressionProblem {
  try {
    const { ast } = parse(text);
    return longRun(text, ast) ?? ast;
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return syntaxProblem(text, error);
  }
}

/** Signs before one operand: each is checked inside the one before, and a stack has an end. */
const MOST_SIGNS = 30;

function longRun(text: string, root: CelNode): ExpressionProblem | undefined {
  const open = [{ node: root, signs: 0 }];
  for (const { node, signs } of open) {
    const run = node.op === '!_' || node.op === '-_' ? signs + 1 : 0;
    if (run > MOST_SIGNS) {
      const what = `"${clip(text.slice(node.start))}" has more than ${MOST_SIGNS} signs before one value`;
      return { fault: 'expression-syntax', start: node.start, end: node.start + 1, what, hint: 'write one or none' };
    }
    open.push(...nodesIn(node.args).map((child) => ({ node: child, signs: run })));
  }
  return undefined;
}

function nodesIn(args: unknown): readonly CelNode[] {
  if (Array.isArray(args)) return args.flatMap(nodesIn);
  return isNode(args) ? [args] : [];
}

function isNode(value: unknown): value is CelNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value;
}

/** Whether the text could not be parsed. */
export function isProblem(outcome: CelNode | ExpressionProblem): outcome is ExpressionProblem {
  return 'fault' in outcome;
}

function syntaxProblem(text: string, { range, summary }: ParseError): ExpressionProblem {
  const start = Math.min(range?.start ?? 0, text.length);
  const end = Math.max(start, Math.min(range?.end ?? start, text.length));
  const rest = text.slice(start);
  const habit = HABITS.find(({ written }) => written.test(rest));
  const [found = ''] = habit?.written.exec(rest) ?? [];
  const words = found === '' ? plainWords(summary) : `"${found}" is none of its operators`;
  const what = text.trim() === '' ? 'the expression is empty' : `"${clip(text)}" is no CEL: ${words}`;
  const place = { start, end: found === '' ? end : start + found.length };
  const hint = habit === undefined ? 'write a CEL expression such as record.score >= 10' : `write ${habit.instead}`;
  const isCertain = habit !== undefined && habit.isAdvice !== true;
  return { fault: 'expression-syntax', ...place, what, hint, ...(isCertain && { replacement: habit.instead }) };
}

/** Spellings of other languages, as they stand where CEL's grammar ends. */
const HABITS: readonly { readonly written: RegExp; readonly instead: string; readonly isAdvice?: true }[] = [
  { written: /^={1,3}(?=[^=])/, instead: '==' },
  { written: /^<>/, instead: '!=' },
  { written: /^&(?!&)/, instead: '&&' },
  { written: /^\|(?!\|)/, instead: '||' },
  { written: /^and\b/i, instead: '&&' },
  { written: /^or\b/i, instead: '||' },
  { written: /^is\s+not\b/i, instead: '!=' },
  { written: /^is\b/i, instead: '==' },
  {
    written: /^(not\s+)?between\b/i,
    instead: 'two comparisons: record.score >= 1 && record.score <= 9',
    isAdvice: true,
  },
  { written: /^(not\s+)?i?like\b/i, instead: "record.name.contains('part'), or startsWith", isAdvice: true },
];

const TOKENS: Readonly<Record<string, string>> = {
  EOF: 'the end',
  NUMBER: 'a number',
  STRING: 'a text',
  BOOLEAN: 'true or false',
  IDENTIFIER: 'a name',
  PLUS: '+',
  MINUS: '-',
  MULTIPLY: '*',
  DIVIDE: '/',
  MODULO: '%',
  EQ: '==',
  NE: '!=',
  LT: '<',
  LE: '<=',
  GT: '>',
  GE: '>=',
  AND: '&&',
  OR: '||',
  NOT: '!',
  LPAREN: '(',
  RPAREN: ')',
  LBRACKET: '[',
  RBRACKET: ']',
  LBRACE: '{',
  RBRACE: '}',
  DOT: '.',
  COMMA: ',',
  COLON: ':',
  QUESTION: '?',
};

/** The parser's words, its tokens as they are written. */
function plainWords(summary: string): string {
  const words = summary.replace(/\b[A-Z]{2,}\b/g, (token) => TOKENS[token] ?? token.toLowerCase());
  return words.slice(0, 1).toLowerCase() + words.slice(1).replace(/[.\s]+$/, '');
}

function clip(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length <= 60 ? line : `${line.slice(0, 57)}...`;
}
