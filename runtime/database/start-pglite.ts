import { PGlite, type PGliteOptions } from '@electric-sql/pglite';

/** Starts PGlite without what it asks its database for first, the types of arrays: values travel as text here. */
export async function startPglite(options: PGliteOptions): Promise<PGlite> {
  const pglite = new TextPglite(options);
  await pglite.waitReady;
  return pglite;
}

class TextPglite extends PGlite {
  override async _initArrayTypes(): Promise<void> {}
}
