import type { CustomRoutes } from '#runtime/server/create-backend.ts';

/** Routes of your own, mounted beside the compiled ones. */
export const routes: CustomRoutes = () => {};
