import type { ExchangedName } from './database-schema.ts';

/** Something that may have had another name. */
interface Renamed {
  readonly name: string;
  readonly was?: string;
}

/** Those whose former names lead back to themselves: all of them are in use, before and after. */
export function exchangedNames(items: readonly Renamed[]): readonly ExchangedName[] {
  const former = new Map(items.flatMap(({ name, was }) => (was === undefined ? [] : [[name, was]])));
  return items.flatMap(({ name, was }) => (was !== undefined && leadsBack(name, former) ? [{ name, was }] : []));
}

function leadsBack(start: string, former: ReadonlyMap<string, string>): boolean {
  let name = former.get(start);
  for (let steps = 0; steps < former.size && name !== undefined; steps += 1) {
    if (name === start) return true;
    name = former.get(name);
  }
  return false;
}
