import type { CST } from 'yaml';

/** Sees a token and how deep it is nested: 0 for the document itself. */
export type TokenVisitor = (token: CST.Token, depth: number) => void;

/** Shows every token below the given ones, in no particular order; iterative, so that no nesting can overflow the stack. */
export function walkTokens(roots: readonly CST.Token[], visit: TokenVisitor): void {
  const tokens: CST.Token[] = [...roots];
  const depths: number[] = roots.map(() => 0);
  for (let token = tokens.pop(); token !== undefined; token = tokens.pop()) {
    const depth = depths.pop() ?? 0;
    visit(token, depth);
    pushChildren(token, tokens);
    while (depths.length < tokens.length) depths.push(depth + 1);
  }
}

function pushChildren(token: CST.Token, into: CST.Token[]): void {
  switch (token.type) {
    case 'document':
      pushAll(token.start, into);
      if (token.value !== undefined) into.push(token.value);
      return pushAll(token.end, into);
    case 'block-map':
    case 'block-seq':
      for (const item of token.items) pushItem(item, into);
      return;
    case 'flow-collection':
      into.push(token.start);
      for (const item of token.items) pushItem(item, into);
      return pushAll(token.end, into);
    case 'block-scalar':
      return pushAll(token.props, into);
    case 'doc-end':
    case 'alias':
    case 'scalar':
    case 'single-quoted-scalar':
    case 'double-quoted-scalar':
      return pushAll(token.end, into);
    default:
  }
}

function pushItem(item: CST.CollectionItem, into: CST.Token[]): void {
  pushAll(item.start, into);
  if (item.key != null) into.push(item.key);
  pushAll(item.sep, into);
  if (item.value !== undefined) into.push(item.value);
}

function pushAll(some: readonly CST.Token[] | undefined, into: CST.Token[]): void {
  if (some === undefined) return;
  for (const one of some) into.push(one);
}
