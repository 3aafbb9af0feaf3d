type MaybeText = string | null | undefined;

/** A to Z in lower case, all else as it is. */
export function lower(text: MaybeText): string | null {
  return text?.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()) ?? null;
}

/** One text behind the other; null where one is null. */
export function joined(left: MaybeText, right: MaybeText): string | null {
  return isText(left) && isText(right) ? left + right : null;
}

/** Whether a text has a part; false where one is absent. */
export function contains(text: MaybeText, part: MaybeText): boolean {
  return isText(text) && isText(part) && text.includes(part);
}

/** Whether a text begins with a part; false where one is absent. */
export function startsWith(text: MaybeText, part: MaybeText): boolean {
  return isText(text) && isText(part) && text.startsWith(part);
}

/** Characters (code points) of a text, or items of a list; null where there is none. */
export function lengthOf(text: MaybeText | readonly unknown[]): number | null {
  return text === null || text === undefined ? null : [...text].length;
}

function isText(text: MaybeText): text is string {
  return text !== null && text !== undefined;
}
