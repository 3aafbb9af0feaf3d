import type { CST } from 'yaml';

/** A token of the concrete syntax tree with its depth: 0 for the document itself. */
export interface TokenAtDepth {
  readonly token: CST.Token;
  readonly depth: number;
}

/** Every token below the given ones, in no particular order; iterative, so that no nesting can overflow the stack. */
export function* walkTokens(roots: readonly CST.Token[]): Generator<TokenAtDepth, void, undefined> {
  const stack: TokenAtDepth[] = roots.map((token) => ({ token, depth: 0 }));
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    yield next;
    for (const token of childTokens(next.token)) stack.push({ token, depth: next.depth + 1 });
  }
}

function childTokens(token: CST.Token): readonly CST.Token[] {
  switch (token.type) {
    case 'document':
      return [...token.start, ...(token.value === undefined ? [] : [token.value]), ...(token.end ?? [])];
    case 'doc-end':
      return token.end ?? [];
    case 'block-map':
    case 'block-seq':
      return token.items.flatMap(itemTokens);
    case 'flow-collection':
      return [token.start, ...token.items.flatMap(itemTokens), ...token.end];
    case 'block-scalar':
      return token.props;
    case 'alias':
    case 'scalar':
    case 'single-quoted-scalar':
    case 'double-quoted-scalar':
      return token.end ?? [];
    default:
      return [];
  }
}

function itemTokens(item: CST.CollectionItem): readonly CST.Token[] {
  return [
    ...item.start,
    ...(item.key == null ? [] : [item.key]),
    ...(item.sep ?? []),
    ...(item.value === undefined ? [] : [item.value]),
  ];
}
