import { SQL_KEYWORDS } from '../../sql/sql-keywords.ts';
import { quoteIdentifier, unquoteIdentifier } from '../../sql/sql-text.ts';
import type { Renamed } from './rename-objects.ts';

const NAME = '(?:"(?:[^"]|"")*"|[A-Za-z_][\\w$]*)';
const TEXT = "'(?:[^']|'')*'";
const SOURCES = new RegExp(
  `${TEXT}|\\b(?:from|join) (?:${NAME}\\.(?<table>${NAME}) )(?<alias>${NAME})|\\bas (?<list>${NAME})\\(`,
  'g',
);
const CHAINS = new RegExp(`${TEXT}|(?<chain>${NAME}(?:\\.${NAME})*)`, 'g');

/** Names that rows and columns have after a migration, for formulas as triggers have them. */
export interface NewNames {
  readonly table: (name: string) => string;
  /** Of a table under its new name. */
  readonly column: (table: string, name: string) => string;
  readonly other: (name: string) => string;
}

/** Where nothing is renamed. */
export const SAME_NAMES: NewNames = { table: same, column: (_, name) => name, other: same };

function same(name: string): string {
  return name;
}

export function newNames({ renames, words }: Pick<Renamed, 'renames' | 'words'>): NewNames {
  const to = (kind: string, name: string): string =>
    words.find(([word, , of]) => word === name && of === kind)?.[1] ?? name;
  return {
    table: (name) => to('table', name),
    column: (table, name) =>
      renames.find((item) => item.kind === 'column' && item.table === table && item.name === name)?.to ?? name,
    other: (name) => to('other', name),
  };
}

/**
 * A formula over a table, which has its new name, as it is under the new names of all else that it reads, and with its
 * aliases by their order: two that read alike then are one.
 */
export function respellFormula(sql: string, schema: string, names: NewNames): string {
  const sources = sourcesOf(sql, names);
  if (sources === undefined) return sql;
  const order = [...sources.keys()];
  return sql.replace(CHAINS, (found: string, ...rest) => {
    const { chain }: Readonly<Record<string, string | undefined>> = rest.at(-1);
    if (chain === undefined) return found;
    const [first = '', ...others] = (chain.match(new RegExp(NAME, 'g')) ?? []).map(unquoteIdentifier);
    const [second, third] = others;
    if (first === schema && second !== undefined) {
      if (third !== undefined) return spell(first, second, names.column(second, third));
      const table = names.table(second);
      return spell(first, table === second ? names.other(second) : table);
    }
    const source = sources.get(first);
    if (source === undefined || isKeyword(chain)) return found;
    return spell(`row ${order.indexOf(first)}`, ...others.map((name) => names.column(source, name)));
  });
}

function spell(...chain: readonly string[]): string {
  return chain.map(quoteIdentifier).join('.');
}

/** The table that each alias stands for, none for a list; undefined where one stands for several. */
function sourcesOf(sql: string, names: NewNames): ReadonlyMap<string, string> | undefined {
  const sources = new Map<string, string>();
  for (const { groups } of sql.matchAll(SOURCES)) {
    const alias = groups?.['alias'] ?? groups?.['list'];
    if (alias === undefined || isKeyword(alias)) continue;
    const table = names.table(unquoteIdentifier(groups?.['table'] ?? ''));
    const name = unquoteIdentifier(alias);
    if ((sources.get(name) ?? table) !== table) return undefined;
    sources.set(name, table);
  }
  return sources;
}

/** A keyword is a name in quotes alone. */
function isKeyword(word: string): boolean {
  return SQL_KEYWORDS.has(word);
}
