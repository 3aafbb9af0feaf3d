import type { MigrationSpec } from '../spec/spec.ts';
import type { FieldPlace, MigrationNotes } from './app.ts';

/** What a spec says of its next migration, places cut into entity and field. */
export function buildMigrationNotes({ allow = [], backfill = {}, values = {} }: MigrationSpec): MigrationNotes {
  return {
    allow,
    backfills: Object.entries(backfill).map(([place, value]) => ({ field: fieldPlace(place), value })),
    values: Object.entries(values).flatMap(([place, mapping]) =>
      Object.entries(mapping).map(([from, to]) => ({ field: fieldPlace(place), from, to })),
    ),
  };
}

/** `Order.note` in its parts. */
export function fieldPlace(place: string): FieldPlace {
  const [entity = '', field = ''] = place.split('.');
  return { entity, field };
}
