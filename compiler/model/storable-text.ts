/** Whether Postgres and JSON both keep the text as it is: no NUL and no half of a surrogate pair. */
export function isStorableText(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

/** Length in Unicode code points, as Postgres' `varchar(n)` and JSON Schema count. */
export function codePointLength(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}
