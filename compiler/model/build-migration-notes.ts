import type { CastSpec, MigrationSpec } from '../spec/spec.ts';
import type { Cast, FieldPlace, MigrationNotes } from './app.ts';

/** What a spec says of its next migration, places cut into entity and field. */
export function buildMigrationNotes({
  allow = [],
  backfill = {},
  values = {},
  cast = {},
}: MigrationSpec): MigrationNotes {
  return {
    allow,
    backfills: Object.entries(backfill).map(([place, value]) => ({ field: fieldPlace(place), value })),
    values: Object.entries(values).flatMap(([place, mapping]) =>
      Object.entries(mapping).map(([from, to]) => ({ field: fieldPlace(place), from, to })),
    ),
    casts: Object.entries(cast).map(([place, said]) => ({ field: fieldPlace(place), cast: buildCast(said) })),
  };
}

function buildCast({ timeZone, epoch, values = {}, separator, element }: CastSpec): Cast {
  if (timeZone !== undefined) return { kind: 'timeZone', zone: timeZone };
  if (epoch !== undefined) return { kind: 'epoch', perSecond: epoch === 'seconds' ? 1 : 1000 };
  if (separator !== undefined) return { kind: 'separator', text: separator };
  if (element !== undefined) return { kind: 'element' };
  return { kind: 'values', values: Object.entries(values).map(([from, to]) => ({ from, to })) };
}

/** `Order.note` in its parts. */
export function fieldPlace(place: string): FieldPlace {
  const [entity = '', field = ''] = place.split('.');
  return { entity, field };
}
