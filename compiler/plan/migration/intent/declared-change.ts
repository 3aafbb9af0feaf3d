import type { App } from '../../../model/app.ts';
import type { DatabaseSchema } from '../../database/database-schema.ts';
import type { Lineage } from './lineage.ts';

/** An app, what its history holds, what it needs, and what came from where. */
export interface DeclaredChange {
  readonly app: App;
  readonly from: DatabaseSchema;
  readonly to: DatabaseSchema;
  readonly lineage: Lineage;
}
