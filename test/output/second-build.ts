import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FileSystem } from '../../compiler/output/disk/file-system.ts';
import { withOutputLock } from '../../compiler/output/disk/output-lock.ts';
import { readOutput } from '../../compiler/output/disk/read-output.ts';
import { writeFiles } from '../../compiler/output/disk/write-files.ts';
import { MANIFEST_PATH, parseManifest } from '../../compiler/output/manifest.ts';
import { planWrites } from '../../compiler/output/plan-writes.ts';
import { NEW_FILES, manifestOf } from './two-builds.ts';

/** Brings an output to what the second build has; @throws whatever the disk does. */
export async function runSecondBuild(root: string, disk?: FileSystem): Promise<void> {
  const build = async (): Promise<void> => {
    const manifest = parseManifest(readFileSync(join(root, MANIFEST_PATH), 'utf8'));
    const desired = [...NEW_FILES, manifestOf(NEW_FILES)];
    const state = readOutput(root, [...desired.map((file) => file.path), ...(manifest?.files.keys() ?? [])]);
    const request = { desired, manifest, disk: state, sealed: new Set<string>(), force: false };
    writeFiles(root, planWrites(request), state, disk);
  };
  await withOutputLock(root, build, disk);
}
