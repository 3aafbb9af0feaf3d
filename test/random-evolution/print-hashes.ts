/** Prints the hash of every file that the steps of a chain emit: `print-hashes.ts <seed> <steps>`. */
import { evolve } from './evolve.ts';
import { hashesOf } from './hashes-of.ts';

const [seed = 1, count = 1] = process.argv.slice(2).map(Number);
process.stdout.write(hashesOf(evolve(seed, count)).join('\n'));
