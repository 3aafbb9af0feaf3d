import pluralize from 'pluralize';
import { columnName, entityNames } from './naming.ts';

/** The entity that a table without one would come from: `lead_notes` is `LeadNote`. */
export function entityOfTable(table: string): string {
  const words = table.split('_').filter((word) => word !== '');
  const name = [...words.slice(0, -1), pluralize.singular(words.at(-1) ?? '')].map(capitalised).join('');
  return entityNames(name).table === table ? name : words.map(capitalised).join('');
}

/** The field that a column without one would come from: `account_id` is `account` where it is a link. */
export function fieldOfColumn(column: string, isLink: boolean): string {
  const bare = isLink && column.endsWith('_id') ? column.slice(0, -'_id'.length) : column;
  const [first = '', ...rest] = bare.split('_').filter((word) => word !== '');
  return first + rest.map(capitalised).join('');
}

function capitalised(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

/** Columns that a former field may have been stored in: as a value, or as a link. */
export function formerColumns(field: string): readonly string[] {
  return [columnName(field), columnName(`${field}Id`)];
}
