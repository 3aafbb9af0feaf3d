/**
 * A build that dies by SIGKILL just before its n-th step that changes the disk:
 * `node dying-build.ts <folder> <n>`. Prints the number of steps when it comes to its end.
 */
import { parseManifest } from '../../compiler/output/manifest.ts';
import { fileSystem } from '../../compiler/output/disk/file-system.ts';
import type { FileSystem } from '../../compiler/output/disk/file-system.ts';
import { withOutputLock } from '../../compiler/output/disk/output-lock.ts';
import { readOutput } from '../../compiler/output/disk/read-output.ts';
import { writeFiles } from '../../compiler/output/disk/write-files.ts';
import { planWrites } from '../../compiler/output/plan-writes.ts';
import { NEW_FILES, OLD_FILES, manifestOf } from './two-builds.ts';

const [root = '', deadline = '0'] = process.argv.slice(2);
let steps = 0;

const dying: FileSystem = {
  makeFolder: (path) => step(() => fileSystem.makeFolder(path)),
  createFile: (path, text) => step(() => fileSystem.createFile(path, text)),
  copyFile: (from, to) => step(() => fileSystem.copyFile(from, to)),
  rename: (from, to) => step(() => fileSystem.rename(from, to)),
  removeFile: (path) => step(() => fileSystem.removeFile(path)),
  removeFolder: (path) => step(() => fileSystem.removeFolder(path)),
  removeTree: (path) => step(() => fileSystem.removeTree(path)),
  syncFolder: (path) => step(() => fileSystem.syncFolder(path)),
};

function step<T>(work: () => T): T {
  steps += 1;
  if (steps === Number(deadline)) process.kill(process.pid, 'SIGKILL');
  return work();
}

const build = async (): Promise<void> => {
  const manifest = parseManifest(manifestOf(OLD_FILES).text);
  const desired = [...NEW_FILES, manifestOf(NEW_FILES)];
  const disk = readOutput(root, [...desired.map((file) => file.path), ...(manifest?.files.keys() ?? [])]);
  const request = { desired, manifest, disk, sealed: new Set<string>(), force: false };
  writeFiles(root, planWrites(request), disk, dying);
};

await withOutputLock(root, build, dying);
console.log(steps);
