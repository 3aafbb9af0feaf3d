import { join } from 'node:path';

/** Where processes of tests keep compiled modules, which spares each of them the work of the one before. */
export const COMPILE_CACHE = join(import.meta.dirname, '../.cache/compiled');
