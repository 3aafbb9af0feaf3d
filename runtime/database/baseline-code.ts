import { setFlagsFromString } from 'node:v8';

/**
 * From now on WebAssembly runs as it is first compiled, and only what runs is validated. Compiling it better takes a
 * second of processor time, which only servers that live on win back.
 */
export function keepBaselineCode(): void {
  setFlagsFromString('--wasm-tiering-budget=2000000000');
  setFlagsFromString('--wasm-lazy-validation');
}
