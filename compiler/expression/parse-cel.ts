import { ParseError, parse, type ASTNode } from '@marcbachmann/cel-js';
import { findHabit } from './cel-habits.ts';
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
  const habit = findHabit(text, start);
  const what =
    text.trim() === '' ? 'the expression is empty' : `"${clip(text)}" is no CEL: ${habit?.says ?? plainWords(summary)}`;
  if (habit !== undefined) return { fault: 'expression-syntax', what, ...habit.place, ...habit.advice };
  const end = Math.max(start, Math.min(range?.end ?? start, text.length));
  return { fault: 'expression-syntax', start, end, what, hint: 'write a CEL expression such as record.score >= 10' };
}

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
