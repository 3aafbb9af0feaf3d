import type { FieldCase, Json, JsonObject, ResourceCase } from './resource-case.ts';

/** Values that lead nowhere, for the links of a resource that may do so; those to one resource alone where one is named. */
export function emptyLinks({ fields }: ResourceCase, to?: string, but?: FieldCase): JsonObject {
  const links = fields.filter(
    (field) => field !== but && isEmptiable(field) && (to === undefined || targetOf(field) === to),
  );
  return Object.fromEntries(
    links.map(({ key, links: named }): [string, Json] => [key, named === undefined ? null : []]),
  );
}

function isEmptiable({ to, links, optional }: FieldCase): boolean {
  return links !== undefined || (to !== undefined && optional === true);
}

function targetOf({ to, links }: FieldCase): string | undefined {
  return to ?? links;
}
