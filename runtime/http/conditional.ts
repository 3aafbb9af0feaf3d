import { Problem } from './problem.ts';

/** The strong entity tag of a row's version. */
export function etagOf(version: string | null | undefined): string {
  return `"${version ?? ''}"`;
}

/**
 * The versions that `If-Match` accepts; `undefined` when there is no condition (no header, or `*`,
 * which any row fulfils). A weak tag, or one we never gave out, matches nothing.
 *
 * @throws Problem 400 when the header is malformed
 */
export function ifMatchVersions(header: string | undefined): readonly string[] | undefined {
  if (header === undefined || header.trim() === '*') return undefined;
  const tags = parseEntityTags(header);
  if (tags === undefined) throw malformed();
  return tags.flatMap(({ weak, tag }) => (!weak && VERSION.test(tag) ? [tag] : []));
}

/** Whether `If-None-Match` names the present tag, so that the answer is 304; a malformed header asks for nothing. */
export function isNoneMatch(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  if (header.trim() === '*') return true;
  return parseEntityTags(header)?.some(({ tag }) => `"${tag}"` === etag) ?? false;
}

/**
 * Whether `If-None-Match` says that there may be no row yet, which is the one thing that a change may ask of it.
 *
 * @throws Problem 400 for anything but `*`, and where `If-Match` asks for a row
 */
export function mustBeNew(ifNoneMatch: string | undefined, ifMatch: string | undefined): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === '*' && ifMatch === undefined) return true;
  throw new Problem(400, {
    detail: 'If-None-Match can only be * here, without If-Match.',
    errors: [{ parameter: 'If-None-Match', code: 'format', detail: 'must be *, and stand without If-Match' }],
  });
}

interface EntityTag {
  readonly weak: boolean;
  readonly tag: string;
}

/** As many digits as a Postgres `bigint` takes for certain. */
const VERSION = /^[1-9]\d{0,17}$/;

const MAX_TAGS = 50;

/** RFC 9110: a comma-separated list of entity tags, with empty elements; `undefined` when it is none. */
function parseEntityTags(header: string): readonly EntityTag[] | undefined {
  const tags: EntityTag[] = [];
  const pattern = /[\t ]*(?:(W\/)?"([\x21\x23-\x7e\x80-\xff]*)")?[\t ]*(,|$)/y;
  while (pattern.lastIndex < header.length) {
    const match = pattern.exec(header);
    if (match === null) return undefined;
    const [, weak, tag] = match;
    if (tag !== undefined) tags.push({ weak: weak !== undefined, tag });
    if (tags.length > MAX_TAGS) return undefined;
  }
  return tags.length === 0 ? undefined : tags;
}

function malformed(): Problem {
  return new Problem(400, {
    detail: 'If-Match is not a list of entity tags.',
    errors: [
      { parameter: 'If-Match', code: 'format', detail: 'must be entity tags like "3", separated by commas, or *' },
    ],
  });
}
