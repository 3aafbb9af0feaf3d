import { childPointer, parentPointer, pointerSegments } from '../../diagnostics/json-pointer.ts';
import type { LocatedDocument } from '../located-document.ts';
import type { Spec } from '../spec.ts';
import { createMap, isList, isMap, type SpecMapValue, type SpecValue } from '../spec-value.ts';
import { checkShape } from './check-shape.ts';
import { unescapeInterpolation } from './interpolation.ts';
import { nodeAt } from './node-at.ts';
import type { ShapeProblem } from './shape-problem.ts';

/** The whole of a spec in which nothing was refused. */
export function keepSpec(value: SpecValue, document: LocatedDocument): Spec | undefined {
  const copy = copyValid(value, '', document);
  return isSpec(copy) ? copy : undefined;
}

/**
 * The part of a spec that is valid, so that its meaning can be checked although some of it was
 * refused. What is left out is marked broken. A list goes as a whole: its items keep their numbers.
 */
export function pruneSpec(value: SpecValue, document: LocatedDocument): Spec | undefined {
  const copy = copyValid(value, '', document);
  for (let problems = listProblems(copy); problems.length > 0; problems = listProblems(copy)) {
    for (const problem of problems) removeProblem(copy, problem, document);
  }
  return isSpec(copy) ? copy : undefined;
}

/** Empty maps stand in for required ones that were refused; they are not held to their least size. */
function listProblems(value: SpecValue): readonly ShapeProblem[] {
  return checkShape(value).filter((problem) => !(problem.kind === 'wrong-count' && STAND_IN.test(problem.pointer)));
}

const STAND_IN = /^\/entities(?:\/[^/]+\/fields)?$|^\/mixins\/[^/]+\/fields$/;

function isSpec(value: unknown): value is Spec {
  return typeof value === 'object' && value !== null;
}

function copyValid(value: SpecValue, at: string, document: LocatedDocument): SpecValue {
  if (typeof value === 'string') return at.endsWith('/pattern') ? value : unescapeInterpolation(value);
  if (isList(value)) return value.map((item, index) => copyValid(item, `${at}/${index}`, document));
  if (!isMap(value)) return value;
  const copy = createMap();
  for (const [key, item] of Object.entries(value)) {
    const pointer = childPointer(at, key);
    if (hasBrokenItem(item, pointer, document)) document.markBroken(pointer);
    if (!document.isBroken(pointer)) copy[key] = copyValid(item, pointer, document);
  }
  return copy;
}

function hasBrokenItem(value: SpecValue, pointer: string, document: LocatedDocument): boolean {
  return isList(value) && value.some((_, index) => document.isBroken(`${pointer}/${index}`));
}

function removeProblem(root: SpecValue, problem: ShapeProblem, document: LocatedDocument): void {
  if (problem.kind === 'missing-key') {
    const pointer = `${problem.pointer}/${problem.key}`;
    const standIn = createStandIn(pointer);
    if (standIn === undefined) return remove(root, problem.pointer, document);
    problem.map[problem.key] = standIn;
    return document.markBroken(pointer);
  }
  remove(root, problem.pointer, document);
}

function createStandIn(pointer: string): SpecValue | undefined {
  switch (pointer) {
    case '/supercompile':
      return 1;
    case '/name':
      return 'app';
    case '/auth':
      return createProvider();
    case '/auth/provider':
      return 'none';
    default:
      return /^\/entities(?:\/[^/]+\/(?:fields|access))?$/.test(pointer) ? createMap() : undefined;
  }
}

function createProvider(): SpecMapValue {
  const auth = createMap();
  auth['provider'] = 'none';
  return auth;
}

function remove(root: SpecValue, pointer: string, document: LocatedDocument): void {
  const parent = nodeAt(root, parentPointer(pointer));
  if (isList(parent)) return remove(root, parentPointer(pointer), document);
  document.markBroken(pointer);
  const key = pointerSegments(pointer).at(-1);
  if (isMap(parent) && key !== undefined) delete parent[key];
}
