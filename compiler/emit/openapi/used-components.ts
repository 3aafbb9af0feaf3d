import type { PrintedSchema } from './printed-schema.ts';

/** Components by kind (`schemas`, `parameters`...) and name. */
export type Components = ReadonlyMap<string, ReadonlyMap<string, PrintedSchema>>;

/** The components that the paths refer to, directly or through others, in their order; kinds without any are left out. */
export function usedComponents(paths: readonly PrintedSchema[], components: Components): Components {
  const used = reachable(paths, components);
  const kinds = [...components].map(([kind, members]) => {
    const kept = [...members].filter(([name]) => used.has(pointer(kind, name)));
    return [kind, new Map(kept)] as const;
  });
  return new Map(kinds.filter(([, members]) => members.size > 0));
}

function reachable(paths: readonly PrintedSchema[], components: Components): ReadonlySet<string> {
  const byPointer = new Map(
    [...components].flatMap(([kind, members]) =>
      [...members].map(([name, member]) => [pointer(kind, name), member] as const),
    ),
  );
  const found = new Set(paths.flatMap(({ refs }) => [...refs]));
  // What is added to a set while it is walked is walked too.
  for (const next of found) for (const ref of byPointer.get(next)?.refs ?? []) found.add(ref);
  return found;
}

function pointer(kind: string, name: string): string {
  return `#/components/${kind}/${name}`;
}
