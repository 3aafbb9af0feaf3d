/** The two streams of a run: what was asked for goes to `out`, what is merely told to `tell`. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly tell: (line: string) => void;
  /** Whether `out` may use colours. */
  readonly colours: boolean;
}

/** The process's own streams. A reader that has gone away is no error: the work goes on unheard. */
export function openTerminal(): Terminal {
  for (const stream of [process.stdout, process.stderr]) {
    if (!stream.listeners('error').includes(ignoreClosedPipe)) stream.on('error', ignoreClosedPipe);
  }
  return {
    out: (text) => void process.stdout.write(text),
    tell: (line) => void process.stderr.write(`${line}\n`),
    colours: process.stdout.isTTY && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb',
  };
}

function ignoreClosedPipe(error: Error): void {
  if (!('code' in error) || error.code !== 'EPIPE') throw error;
}
