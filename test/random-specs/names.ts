import { HOSTILE } from '../emit/fixture-app.ts';

/** Names of entities: ordinary ones, words of SQL and TypeScript, names that compiled code itself uses, plurals that are the same, long ones. */
export const ENTITY_NAMES = [
  'Folder',
  'Image',
  'Order',
  'Person',
  'Company',
  'Select',
  'Group',
  'Class',
  'Promise',
  'Delete',
  'Sheep',
  'X',
  'Api2Key',
  'HTTPServer',
  'Resource',
  'Route',
  'List',
  'Query',
  'Operation',
  'Repository',
  'Record',
  'AVeryLongNameOfAnEntityThatNobodyWouldEverWri',
] as const;

/** Names of fields, by the same rule. */
export const FIELD_NAMES = [
  'name',
  'title',
  'order',
  'group',
  'user',
  'default',
  'limit',
  'sort',
  'cursor',
  'class',
  'toString',
  'select',
  'parent',
  'owner',
  'a',
  'x1',
  'aURLOf2',
  'aVeryLongNameOfAFieldThatNobodyWouldEverWrite',
] as const;

/** Text that breaks every notation it is not escaped for; a `$` before a brace is doubled, as the language wants it. */
export const PROSE = HOSTILE.replaceAll('${', () => '$${');
