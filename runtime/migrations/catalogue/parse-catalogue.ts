import type { Catalogue, CatalogueObject } from './catalogue.ts';
import { isCatalogueKind } from './catalogue-kinds.ts';

/** A catalogue from its JSON; undefined where another version wrote something else. */
export function parseCatalogue(text: string): Catalogue | undefined {
  const value: unknown = JSON.parse(text);
  if (!isRecord(value) || typeof value['server'] !== 'number' || !Array.isArray(value['objects'])) return undefined;
  const objects = value['objects'].map(parseObject);
  return { server: value['server'], objects: objects.flatMap((object) => object ?? []) };
}

function parseObject(value: unknown): CatalogueObject | undefined {
  if (!isRecord(value)) return undefined;
  const { kind, name, table, attributes } = value;
  if (!isCatalogueKind(kind) || typeof name !== 'string' || !isRecord(attributes)) return undefined;
  const entries = Object.entries(attributes).map(([key, item]) => [key, String(item)] as const);
  return { kind, name, ...(typeof table === 'string' && { table }), attributes: Object.fromEntries(entries) };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
