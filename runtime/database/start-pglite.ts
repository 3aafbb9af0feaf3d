import { PGlite, type PGliteOptions } from '@electric-sql/pglite';

/**
 * Starts PGlite without what it asks its database for first, the types of arrays: values travel as text here. Its
 * cache is of `cacheMegabytes`; PGlite's own is of 128, and to make that is a third of a start.
 */
export async function startPglite(options: PGliteOptions, cacheMegabytes: number): Promise<PGlite> {
  const startParams = [...PGlite.defaultStartParams, '-c', `shared_buffers=${cacheMegabytes}MB`];
  const pglite = new TextPglite({ ...options, startParams });
  await pglite.waitReady;
  return pglite;
}

class TextPglite extends PGlite {
  override async _initArrayTypes(): Promise<void> {}
}
