import type { CST } from 'yaml';
import type { SourceText } from './source-text.ts';
import { walkTokens } from './walk-tokens.ts';

/** A quote or bracket that is opened and not closed. */
export interface Unclosed {
  readonly offset: number;
  readonly open: string;
}

/** The first quote or bracket that explains an error at this offset: one without an end, or a quote that swallowed lines. */
export function findUnclosed(tokens: readonly CST.Token[], source: SourceText, errorAt: number): Unclosed | undefined {
  let first: Unclosed | undefined;
  walkTokens(tokens, (token) => {
    const open = openOf(token, source, errorAt);
    if (open !== undefined && (first === undefined || open.offset < first.offset)) first = open;
  });
  return first;
}

function openOf(token: CST.Token, source: SourceText, errorAt: number): Unclosed | undefined {
  switch (token.type) {
    case 'single-quoted-scalar':
    case 'double-quoted-scalar':
      return isOpenQuote(token, source, errorAt) ? { offset: token.offset, open: token.source.charAt(0) } : undefined;
    case 'flow-collection':
      return hasEnd(token) ? undefined : { offset: token.offset, open: token.start.source };
    default:
      return undefined;
  }
}

function isOpenQuote(token: CST.FlowScalar, source: SourceText, errorAt: number): boolean {
  const quote = token.source.charAt(0);
  const isClosed = token.source.length > 1 && token.source.endsWith(quote);
  if (!isClosed) return true;
  const end = token.offset + token.source.length;
  return token.source.includes('\n') && errorAt >= end && errorAt <= source.lineEnd(end) + 1;
}

function hasEnd(token: CST.FlowCollection): boolean {
  return token.end.some((end) => end.type === 'flow-map-end' || end.type === 'flow-seq-end');
}
