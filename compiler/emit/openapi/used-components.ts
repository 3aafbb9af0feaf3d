/** Components by kind (`schemas`, `parameters`...) and name. */
export type Components = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The components that the paths refer to, directly or through others, in their order; kinds without any are left out. */
export function usedComponents(paths: unknown, components: Components): Components {
  const used = reachable(refsIn(paths), components);
  const kinds = Object.entries(components).map(([kind, members]) => {
    const kept = Object.entries(members).filter(([name]) => used.has(pointer(kind, name)));
    return [kind, Object.fromEntries(kept)] as const;
  });
  return Object.fromEntries(kinds.filter(([, members]) => Object.keys(members).length > 0));
}

function reachable(start: ReadonlySet<string>, components: Components): ReadonlySet<string> {
  const byPointer = new Map(
    Object.entries(components).flatMap(([kind, members]) =>
      Object.entries(members).map(([name, member]) => [pointer(kind, name), member] as const),
    ),
  );
  const found = new Set<string>();
  const pending = [...start];
  while (pending.length > 0) {
    const next = pending.pop();
    if (next === undefined || found.has(next)) continue;
    found.add(next);
    pending.push(...refsIn(byPointer.get(next)));
  }
  return found;
}

function pointer(kind: string, name: string): string {
  return `#/components/${kind}/${name}`;
}

/** Every `$ref` below a value. Examples hold the user's own keys and are not looked into. */
function refsIn(value: unknown, found = new Set<string>()): ReadonlySet<string> {
  if (typeof value !== 'object' || value === null) return found;
  for (const [key, child] of Object.entries(value)) {
    if (key === 'example' || key === 'examples') continue;
    if (key === '$ref' && typeof child === 'string') found.add(child);
    else refsIn(child, found);
  }
  return found;
}
