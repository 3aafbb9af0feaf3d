import type { CST } from 'yaml';
import { walkTokens } from './walk-tokens.ts';

/** How deep maps and lists are nested, and where they are deepest first. */
export interface Nesting {
  readonly depth: number;
  readonly offset: number;
}

/** Measures before anything recurses over the tokens. */
export function findDeepest(tokens: readonly CST.Token[]): Nesting {
  let deepest: Nesting = { depth: 0, offset: 0 };
  walkTokens(tokens, (token, depth) => {
    if (isCollection(token) && depth > deepest.depth) deepest = { depth, offset: token.offset };
  });
  return deepest;
}

function isCollection(token: CST.Token): boolean {
  return token.type === 'block-map' || token.type === 'block-seq' || token.type === 'flow-collection';
}
