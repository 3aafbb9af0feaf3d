import type { Hono } from 'hono';

/**
 * The methods of a path, for 405 and OPTIONS; none for a path that no route matches. Routes are read
 * at the first call: after that, Hono takes no more.
 */
export function allowedMethods(app: Pick<Hono, 'routes'>): (path: string) => readonly string[] {
  let patterns: readonly RoutePattern[] | undefined;
  return (path) => {
    patterns ??= readPatterns(app);
    const segments = path.split('/');
    const matching = patterns.filter((pattern) => matches(pattern, segments));
    // A path that stands as it is hides the id that its last segment would be.
    const exact = matching.filter((pattern) => pattern.segments.join('/') === path);
    const methods = new Set((exact.length > 0 ? exact : matching).flatMap((pattern) => [...pattern.methods]));
    if (methods.size === 0) return [];
    // Hono answers HEAD wherever it answers GET.
    if (methods.has('GET')) methods.add('HEAD');
    return [...methods.add('OPTIONS')].toSorted((left, right) => ORDER.indexOf(left) - ORDER.indexOf(right));
  };
}

const ORDER = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

interface RoutePattern {
  readonly segments: readonly string[];
  readonly methods: ReadonlySet<string>;
}

function readPatterns({ routes }: Pick<Hono, 'routes'>): readonly RoutePattern[] {
  const methods = new Map<string, Set<string>>();
  for (const { method, path } of routes) {
    // `ALL` is middleware.
    if (method === 'ALL') continue;
    const known = methods.get(path) ?? new Set();
    methods.set(path, known.add(method));
  }
  return [...methods].map(([path, set]) => ({ segments: path.split('/'), methods: set }));
}

function matches({ segments }: RoutePattern, path: readonly string[]): boolean {
  const last = segments.at(-1);
  const isPrefix = last === '*';
  if (isPrefix ? path.length < segments.length - 1 : path.length !== segments.length) return false;
  const compared = isPrefix ? segments.slice(0, -1) : segments;
  return compared.every((segment, index) => segment === path[index] || (segment.startsWith(':') && path[index] !== ''));
}
