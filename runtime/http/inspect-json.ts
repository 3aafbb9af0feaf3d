import { jsonPointer } from './json-pointer.ts';
import { Problem, type ProblemError } from './problem.ts';

const MAX_DEPTH = 64;
/** Enough to act on; a body made of mistakes must not make an answer larger than itself. */
const MAX_ERRORS = 20;

interface Node {
  readonly value: unknown;
  readonly key: PropertyKey;
  readonly parent: Node | undefined;
  readonly depth: number;
}

/**
 * What no JSON value may have here, found without recursion: text that Postgres cannot store, and
 * keys named `__proto__`, which validators overlook.
 *
 * @throws Problem 400 when the value is nested too deeply
 */
export function inspectJson(value: unknown): readonly ProblemError[] {
  if (isPlain(value, MAX_SHALLOW)) return [];
  const errors: ProblemError[] = [];
  const pending: Node[] = [{ value, key: '', parent: undefined, depth: 0 }];
  for (let node = pending.pop(); node !== undefined && errors.length < MAX_ERRORS; node = pending.pop()) {
    if (typeof node.value === 'string') {
      if (!isStorable(node.value)) errors.push({ pointer: pointerOf(node), ...NOT_TEXT });
    } else if (typeof node.value === 'object' && node.value !== null) {
      if (node.depth >= MAX_DEPTH) throw tooDeep();
      pushMembers(node, node.value, pending, errors);
    }
  }
  return errors;
}

/** Most bodies are shallow and have nothing of the kind, which is seen without a note of each member. */
const MAX_SHALLOW = 4;

function isPlain(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return isStorable(value);
  if (typeof value !== 'object' || value === null) return true;
  if (depth === 0) return false;
  if (Array.isArray(value)) return value.every((item) => isPlain(item, depth - 1));
  for (const [key, member] of Object.entries(value)) {
    if (key === '__proto__' || !isStorable(key) || !isPlain(member, depth - 1)) return false;
  }
  return true;
}

function pushMembers(parent: Node, container: object, pending: Node[], errors: ProblemError[]): void {
  const isArray = Array.isArray(container);
  for (const [key, value] of Object.entries(container)) {
    const node: Node = { value, key, parent, depth: parent.depth + 1 };
    if (!isArray && key === '__proto__') errors.push({ pointer: pointerOf(node), ...NOT_A_KEY });
    else if (!isArray && !isStorable(key)) errors.push({ pointer: pointerOf(parent), ...NOT_TEXT });
    else if (typeof value === 'string' || typeof value === 'object') pending.push(node);
  }
}

const NOT_TEXT = { code: 'format', detail: 'must not contain NUL or unpaired surrogates' } as const;
const NOT_A_KEY = { code: 'unknown', detail: 'is not a known key' } as const;

function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

function pointerOf(node: Node): string {
  const path: PropertyKey[] = [];
  for (let at = node; at.parent !== undefined; at = at.parent) path.unshift(at.key);
  return jsonPointer(path);
}

function tooDeep(): Problem {
  return new Problem(400, { detail: `The body may be nested at most ${MAX_DEPTH} levels deep.` });
}
