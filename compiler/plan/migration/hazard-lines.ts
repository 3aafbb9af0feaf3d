import type { Hazard } from './hazards.ts';

/** A hazard as a file's header says it: the kind, its object, and the statement that counts the rows in the way. */
export function hazardLines({ kind, object, query, allowed }: Hazard): readonly string[] {
  const line = `-- ${kind}: ${oneLine(object)}${allowed === undefined ? '' : `, allowed by "${allowed}"`}`;
  return query === undefined ? [line] : [line, `--   rows in its way: ${oneLine(query)}`];
}

/** No name can begin a line of its own. */
function oneLine(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ');
}
