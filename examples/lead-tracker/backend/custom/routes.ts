import type { CustomRoutes } from '#runtime/server/create-backend.ts';
import type { DB } from '../app/database.ts';

/**
 * Routes of your own; they come before the compiled ones.
 *
 *   (app, { db }) => app.get('/leads/count', async (context) => context.json(await db.selectFrom('leads')...))
 */
export const routes: CustomRoutes<DB> = () => {};
