import { canonicalSchema } from '../../../compiler/plan/database/canonical-schema.ts';
import type {
  Column,
  Constraint,
  DatabaseFunction,
  DatabaseSchema,
  Index,
  IndexKey,
  IndexMethod,
  Policy,
  ReferentialAction,
  Table,
  Trigger,
  View,
} from '../../../compiler/plan/database/database-schema.ts';
import { SQL_KEYWORDS } from '../../../compiler/plan/sql/sql-keywords.ts';
import { sqlNames, sqlTokens } from '../../../compiler/plan/sql/sql-tokens.ts';
import { formatTypeName, parseTypeName } from '../../../compiler/plan/sql/type-name.ts';
import type {
  NeutralColumn,
  NeutralForeignKey,
  NeutralIndex,
  NeutralPolicy,
  NeutralSchema,
  NeutralTable,
} from './neutral-case.ts';
import { foreignKeyName, indexName, uniquesOf } from './neutral-names.ts';

/** A neutral schema as the compiler's own type. */
export function toDatabaseSchema(schema: NeutralSchema): DatabaseSchema {
  const functions = (schema.functions ?? []).map(parseFunction);
  const known = [
    ...Object.keys(schema.tables ?? {}),
    ...Object.keys(schema.views ?? {}),
    ...functions.map(({ name }) => name),
  ];
  return canonicalSchema({
    name: 'public',
    extensions: (schema.extensions ?? []).map((name) => ({ name })),
    enums: Object.entries(schema.enums ?? {}).map(([name, values]) => ({ name, values })),
    functions,
    tables: Object.entries(schema.tables ?? {}).map(([name, table]) => toTable(name, table, schema)),
    views: Object.entries(schema.views ?? {}).map(([name, view]): View => {
      const text = typeof view === 'string' ? view : (view.sql ?? view.query ?? '');
      const isStored = typeof view !== 'string' && view.materialized === true;
      const names = sqlNames(text);
      return {
        name,
        ...(isStored ? { materialized: true as const } : {}),
        query: text.split('\n'),
        dependsOn: known.filter((other) => other !== name && names.has(other)),
        options: isStored ? [] : ['security_invoker = true'],
      };
    }),
  });
}

function toTable(name: string, table: NeutralTable, schema: NeutralSchema): Table {
  const { primary_key, rls } = table;
  return {
    name,
    columns: Object.entries(table.columns).map(([column, spec]) => toColumn(column, spec, table, schema)),
    constraints: [
      ...(primary_key === undefined
        ? []
        : [{ kind: 'primaryKey', name: `${name}_pkey`, columns: primary_key } as const]),
      ...uniquesOf(name, table).map((item): Constraint => ({
        kind: 'unique',
        name: item.name,
        columns: item.columns,
        ...(item.nulls_not_distinct === true ? { nullsNotDistinct: true as const } : {}),
        ...deferrable(item),
      })),
      ...(table.checks ?? []).map((item): Constraint => ({
        kind: 'check',
        name: item.name,
        columns: columnsOf(item.expr, table),
        expression: item.expr,
      })),
      ...(table.foreign_keys ?? []).map((key) => toForeignKey(name, key)),
      ...(table.exclusions ?? []).map((item): Constraint => ({
        kind: 'exclusion',
        name: item.name,
        method: toMethod(item.method ?? 'gist'),
        elements: item.elements.map((element) => ({ key: { column: element.column }, operator: element.with })),
        ...(item.where === undefined ? {} : { where: item.where }),
      })),
    ],
    indexes: (table.indexes ?? []).map((index) => toIndex(name, index)),
    triggers: (table.triggers ?? []).map((item) => parseTrigger(item.name, item.def)),
    ...(rls === undefined || rls === false
      ? {}
      : { rowSecurity: rls === 'force' ? ('forced' as const) : ('enabled' as const) }),
    policies: (table.policies ?? []).map(toPolicy),
  };
}

/** Words of an expression that can only be columns. */
function columnsOf(expression: string, table: NeutralTable): readonly string[] {
  const tokens = sqlTokens(expression) ?? [];
  const names = tokens.flatMap(({ kind, text }, index) => {
    const name = kind === 'quoted' ? text.slice(1, -1) : text;
    if (kind !== 'word' && kind !== 'quoted') return [];
    if (name in table.columns) return [name];
    if (tokens[index + 1]?.text === '.') return [];
    const isColumn = kind === 'word' && !SQL_KEYWORDS.has(text) && !['zone', 'at', 'day', 'year'].includes(text);
    const [before, after] = [tokens[index - 1]?.text, tokens[index + 1]];
    return isColumn && before !== '::' && after?.text !== '(' && after?.kind !== 'string' ? [name] : [];
  });
  return [...new Set(names)];
}

const BUILT_IN: readonly string[] = [
  'smallint',
  'integer',
  'bigint',
  'numeric',
  'real',
  'double precision',
  'boolean',
  'text',
  'character varying',
  'character',
  'citext',
  'uuid',
  'json',
  'jsonb',
  'date',
  'timestamp without time zone',
  'timestamp with time zone',
  'time without time zone',
  'time with time zone',
  'interval',
  'bytea',
  'inet',
  'cidr',
  'macaddr',
  'xml',
  'money',
  'bit',
  'bit varying',
  'tsvector',
  'tsquery',
  'point',
  'int4range',
  'int8range',
  'numrange',
  'tsrange',
  'tstzrange',
  'daterange',
  'name',
  'oid',
];

function toColumn(name: string, column: NeutralColumn, table: NeutralTable, schema: NeutralSchema): Column {
  const array = column.type.endsWith('[]');
  const bare = array ? column.type.slice(0, -2) : column.type;
  const isBuiltIn = !(bare in (schema.enums ?? {})) && BUILT_IN.includes(parseTypeName(bare).base);
  const collation = column.collation ?? column.collate;
  return {
    name,
    type: {
      name: isBuiltIn ? formatTypeName(bare) : bare,
      ...(isBuiltIn ? {} : { enum: true as const }),
      ...(array ? { array: true as const } : {}),
    },
    notNull: column.null === false || column.identity !== undefined || table.primary_key?.includes(name) === true,
    ...(column.default === undefined ? {} : { default: String(column.default) }),
    ...(column.identity === undefined
      ? {}
      : { identity: { generation: column.identity === 'always' ? ('always' as const) : ('byDefault' as const) } }),
    ...(column.generated === undefined ? {} : { generated: { expression: column.generated, stored: true as const } }),
    ...(collation === undefined ? {} : { collation }),
  };
}

function deferrable(item: { readonly deferrable?: boolean; readonly initially_deferred?: boolean }): {
  readonly deferrable?: 'initiallyImmediate' | 'initiallyDeferred';
} {
  if (item.initially_deferred === true) return { deferrable: 'initiallyDeferred' };
  return item.deferrable === true ? { deferrable: 'initiallyImmediate' } : {};
}

const ACTIONS: Readonly<Record<string, ReferentialAction>> = {
  restrict: 'restrict',
  cascade: 'cascade',
  'set null': 'setNull',
  'set default': 'setDefault',
};

function toForeignKey(table: string, key: NeutralForeignKey): Constraint {
  const [onDelete, onUpdate] = [ACTIONS[key.on_delete ?? ''], ACTIONS[key.on_update ?? '']];
  return {
    kind: 'foreignKey',
    name: foreignKeyName(table, key),
    columns: key.columns,
    references: key.references,
    ...(onDelete === undefined ? {} : { onDelete }),
    ...(onUpdate === undefined ? {} : { onUpdate }),
    ...deferrable(key),
  };
}

function toMethod(method: string): IndexMethod {
  const known = (['btree', 'gin', 'gist', 'hash', 'brin'] as const).find((item) => item === method);
  if (known === undefined) throw new Error(`unknown index method ${method}`);
  return known;
}

function toIndex(table: string, index: NeutralIndex): Index {
  const method = index.method === undefined || index.method === 'btree' ? {} : { method: toMethod(index.method) };
  return {
    name: indexName(table, index),
    ...(index.unique === true ? { unique: true as const } : {}),
    ...method,
    keys: index.columns?.map((column) => ({ column })) ?? topLevelParts(index.expression ?? '').map(toKey),
    ...(index.include === undefined ? {} : { include: index.include }),
    ...(index.where === undefined ? {} : { where: index.where }),
    ...(index.nulls_not_distinct === true ? { nullsNotDistinct: true as const } : {}),
  };
}

/** `a desc nulls last`, `lower(a) text_pattern_ops`. */
function toKey(text: string): IndexKey {
  const match = /^(.*?)(?:\s+(\w+_ops))?(?:\s+(asc|desc))?(?:\s+nulls\s+(first|last))?$/i.exec(text.trim());
  const [, key = '', operatorClass, direction, nulls] = match ?? [];
  const descending = direction?.toLowerCase() === 'desc';
  const order = nulls?.toLowerCase() === 'first' ? ('first' as const) : ('last' as const);
  const isImplied = nulls === undefined || (order === 'first') === descending;
  const isColumn = /^(\w+|"[^"]+")$/.test(key);
  return {
    ...(isColumn ? { column: key.replaceAll('"', '') } : { expression: key }),
    ...(descending ? { descending: true as const } : {}),
    ...(isImplied ? {} : { nulls: order }),
    ...(operatorClass === undefined ? {} : { operatorClass }),
  };
}

function topLevelParts(text: string): readonly string[] {
  const parts = [''];
  let depth = 0;
  for (const character of text) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (character === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts;
}

const COMMANDS = ['all', 'select', 'insert', 'update', 'delete'] as const;

function toPolicy(policy: NeutralPolicy): Policy {
  const check = policy.with_check ?? policy.check;
  return {
    name: policy.name,
    command: COMMANDS.find((command) => command === (policy.for ?? 'all').toLowerCase()) ?? 'all',
    ...(policy.restrictive === true ? { restrictive: true as const } : {}),
    ...(policy.to === undefined ? {} : { roles: policy.to }),
    ...(policy.using === undefined ? {} : { using: policy.using }),
    ...(check === undefined ? {} : { check }),
  };
}

function parseTrigger(name: string, def: string): Trigger {
  const match =
    /^\s*(before|after|instead of)\s+(.+?)\s+on\s+\S+\s+for\s+each\s+(row|statement)\s+(?:when\s*\((.*)\)\s+)?execute\s+(?:function|procedure)\s+(\w+)\s*\(([^)]*)\)/is.exec(
      def,
    );
  if (match === null) throw new Error(`trigger ${name}: ${def}`);
  const [, timing = '', events = '', level, when, called = '', args = ''] = match;
  const timings = { before: 'before', after: 'after', 'instead of': 'insteadOf' } as const;
  return {
    name,
    timing: timings[timing.toLowerCase() as keyof typeof timings],
    events: events.split(/\s+or\s+/i).map((event) => {
      const [, on = '', columns] = /^(\w+)(?:\s+of\s+(.*))?$/is.exec(event.trim()) ?? [];
      const known = (['insert', 'update', 'delete', 'truncate'] as const).find((item) => item === on.toLowerCase());
      if (known === undefined) throw new Error(`trigger ${name}: ${event}`);
      return {
        on: known,
        ...(columns === undefined ? {} : { columns: columns.split(',').map((item) => item.trim()) }),
      };
    }),
    level: level?.toLowerCase() === 'row' ? 'row' : 'statement',
    ...(when === undefined ? {} : { when }),
    function: called,
    arguments: args.trim() === '' ? [] : args.split(',').map((item) => item.trim().replace(/^'|'$/g, '')),
  };
}

function parseFunction(text: string): DatabaseFunction {
  const head =
    /^\s*create\s+(?:or\s+replace\s+)?function\s+"?(\w+)"?\s*\(([^)]*)\)\s+returns\s+(.+?)\s+(?=language|as|immutable|stable|security|set\b)/is.exec(
      text,
    );
  const body = /\bas\s+(\$\w*\$)([\s\S]*)\1/i.exec(text);
  if (head === null || body === null) throw new Error(`function: ${text}`);
  const options = text.replace(body[0], ' ').slice(head[0].length);
  const volatility = (['immutable', 'stable'] as const).find((word) => new RegExp(`\\b${word}\\b`, 'i').test(options));
  return {
    name: head[1] ?? '',
    parameters: (head[2] ?? '').trim(),
    returns: head[3] ?? '',
    language: /language\s+sql/i.test(options) ? 'sql' : 'plpgsql',
    ...(volatility === undefined ? {} : { volatility }),
    ...(/security\s+definer/i.test(options) ? { securityDefiner: true as const } : {}),
    settings: [...options.matchAll(/\bset\s+(\w+\s*(?:=|to)\s*'[^']*')/gi)].map((match) => match[1] ?? ''),
    body: (body[2] ?? '').trim().split('\n'),
  };
}
