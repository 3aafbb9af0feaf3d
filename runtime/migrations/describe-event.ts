import type { MigrateEvent } from './migration.ts';

/** One line on how a run goes on, for people. */
export function describeEvent(event: MigrateEvent): string {
  switch (event.kind) {
    case 'waiting-for-lock':
      return 'waiting for another process that is migrating this database';
    case 'step':
      return `${event.id}: step ${event.step} of ${event.steps}`;
    case 'retry':
      return `${event.id}: step ${event.step} did not get its locks, attempt ${event.attempt}`;
    case 'rows':
      return `${event.id}: step ${event.step} has changed ${event.rows} rows`;
    case 'index':
      return `${event.id}: step ${event.step} ${event.phase}${share(event.done, event.total)}`;
    case 'adopted':
      return `${event.id}: done before, as ${event.replaces}`;
    case 'applied':
      return `${event.id}: applied`;
    default:
      return event satisfies never;
  }
}

function share(done: number, total: number): string {
  return total > 0 ? `, ${Math.floor((done / total) * 100)} %` : '';
}
