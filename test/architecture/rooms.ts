/**
 * The rooms and what each may import besides itself: the table of ARCHITECTURE.md. A name ending
 * in `*` stands for everything below it. Files directly in `compiler/` are rooms of their own.
 */
export const ROOMS: { readonly [room: string]: readonly string[] } = {
  'compiler/diagnostics': [],
  'compiler/spec': ['compiler/diagnostics', 'schemas'],
  'compiler/expression': ['compiler/diagnostics'],
  'compiler/model': ['compiler/diagnostics', 'compiler/expression', 'compiler/spec'],
  'compiler/plan': ['compiler/diagnostics', 'compiler/model', 'compiler/expression'],
  'compiler/emit': ['compiler/model', 'compiler/plan', 'compiler/expression'],
  'compiler/output': ['compiler/emit', 'compiler/diagnostics', 'runtime/environment'],
  'compiler/verify': ['compiler/diagnostics', 'compiler/plan', 'runtime/database', 'runtime/migrations'],
  'compiler/compile.ts': [
    'compiler/diagnostics',
    'compiler/spec',
    'compiler/expression',
    'compiler/model',
    'compiler/plan',
    'compiler/emit',
    'compiler/analyze.ts',
  ],
  'compiler/analyze.ts': [
    'compiler/diagnostics',
    'compiler/spec',
    'compiler/expression',
    'compiler/model',
    'compiler/plan',
  ],
  'compiler/cli': ['compiler/*', 'runtime/*', 'schemas'],
  'runtime/*': ['runtime/*'],
};

/** The room a file of the checkout is in: its first two path segments. */
export function roomOf(path: string): string {
  const [top = '', second = ''] = path.split('/');
  return top === 'compiler' || (top === 'runtime' && path.split('/').length > 2) ? `${top}/${second}` : top;
}

/** Whether a file in `from` may import a file in `to`. A room that the table lacks may import nothing. */
export function mayImport(from: string, to: string): boolean {
  if (from === to) return true;
  const allowed = Object.entries(ROOMS).find(([room]) => matches(room, from))?.[1] ?? [];
  return allowed.some((room) => matches(room, to));
}

function matches(pattern: string, room: string): boolean {
  if (!pattern.endsWith('/*')) return pattern === room;
  return room === pattern.slice(0, -2) || room.startsWith(pattern.slice(0, -1));
}
