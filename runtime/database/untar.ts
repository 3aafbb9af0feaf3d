/** One regular file of a tar archive; `path` is relative, with `/`. */
export interface TarEntry {
  readonly path: string;
  readonly directory: boolean;
  readonly data: Uint8Array;
}

/** Reads a ustar archive of files and directories, as `dumpDataDir` writes it. */
export function* untar(archive: Uint8Array): Generator<TarEntry> {
  for (let offset = 0; offset + BLOCK <= archive.length;) {
    const path = readText(archive, offset, 100).replace(/^\/+/, '');
    if (path === '') return;
    if (path.split('/').includes('..')) throw new Error('the archive leaves its directory');
    const size = Number.parseInt(readText(archive, offset + 124, 12), 8);
    const start = offset + BLOCK;
    const data = archive.subarray(start, start + size);
    if (data.length !== size) throw new Error('the archive is cut off');
    yield { path, directory: readText(archive, offset + 156, 1) === '5', data };
    offset = start + Math.ceil(size / BLOCK) * BLOCK;
  }
}

const BLOCK = 512;

/** A field of a header: text up to the first NUL. */
function readText(archive: Uint8Array, start: number, length: number): string {
  const field = Buffer.from(archive.subarray(start, start + length)).toString('latin1');
  const end = field.indexOf('\0');
  return (end === -1 ? field : field.slice(0, end)).trim();
}
