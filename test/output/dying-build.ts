/** A build that dies by SIGKILL just before its n-th step that changes the disk: `node dying-build.ts <folder> <n>`. */
import { mortalDisk } from './mortal-disk.ts';
import { runSecondBuild } from './second-build.ts';

const [root = '', deadline = '0'] = process.argv.slice(2);
await runSecondBuild(root, mortalDisk(Number(deadline), () => process.kill(process.pid, 'SIGKILL')).disk);
