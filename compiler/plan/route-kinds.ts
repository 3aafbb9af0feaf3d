/** What routes do, in the order of documents. */
export const ROUTE_KINDS = [
  'create',
  'upsert',
  'list',
  'get',
  'update',
  'delete',
  'restore',
  'link',
  'unlink',
  'bulkCreate',
  'bulkUpdate',
  'bulkDelete',
] as const;
export type RouteKind = (typeof ROUTE_KINDS)[number];

/** Whether a request of the kind is about several rows at once. */
export function isBulk(kind: RouteKind): kind is 'bulkCreate' | 'bulkUpdate' | 'bulkDelete' {
  return kind === 'bulkCreate' || kind === 'bulkUpdate' || kind === 'bulkDelete';
}
