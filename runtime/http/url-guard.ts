import { Problem, type ProblemError } from './problem.ts';

/** Longest path and query accepted, in characters. */
const MAX_URL = 8 * 1024;

/**
 * Refuses a request whose URL is too long (414), holds a `%` that encodes nothing (400), or text that
 * no value can have (422). `url` may be absolute.
 *
 * @throws Problem
 */
export function guardUrl(url: string): void {
  if (url.length > MAX_URL) throw new Problem(414, { detail: `The URL may have at most ${MAX_URL} characters.` });
  if (!url.includes('%')) return;
  const [path = '', query = ''] = splitOnce(url, '?');
  const decodedPath = decode(path);
  if (decodedPath === undefined) throw new Problem(400, { detail: 'The path has a malformed percent-encoding.' });
  const errors = query.split('&').flatMap(errorsOfParameter);
  if (errors.some(({ code }) => code === 'encoding')) {
    throw new Problem(400, { detail: 'The query has a malformed percent-encoding.', errors });
  }
  if (errors.length > 0) throw new Problem(422, { detail: 'The request does not validate.', errors });
  // A path with NUL names nothing; the routes' own patterns refuse it, but not every router likes it.
  if (decodedPath.includes('\0')) throw new Problem(404, { detail: 'There is nothing at this path.' });
}

function errorsOfParameter(text: string): readonly ProblemError[] {
  if (!text.includes('%')) return [];
  const [name = '', value = ''] = splitOnce(text.replaceAll('+', ' '), '=').map(decode);
  const [rawName = ''] = splitOnce(text, '=');
  const parameter = (decode(rawName) ?? rawName).replaceAll('\0', '').slice(0, 100);
  if (decode(text) === undefined) {
    return [{ parameter, code: 'encoding', detail: 'has a malformed percent-encoding' }];
  }
  const hasNul = name.includes('\0') || value.includes('\0');
  return hasNul ? [{ parameter, code: 'format', detail: 'must not contain NUL or unpaired surrogates' }] : [];
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function splitOnce(text: string, separator: string): readonly string[] {
  const at = text.indexOf(separator);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
