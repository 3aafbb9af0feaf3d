import { dirname, join } from 'node:path';
import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';
import type { Finish } from '../command-result.ts';
import { formatOption } from '../output-format.ts';
import type { OutputFormat } from '../output-format.ts';

interface DevOptions {
  readonly out?: string;
  readonly port?: number;
  readonly format: OutputFormat;
}

/** Adds `supercompile dev`. */
export function addDev(program: Command, finish: Finish): void {
  program
    .command('dev')
    .description('compile and serve a spec, again at every change, on a throw-away copy of the data')
    .argument('[spec]', 'the spec', 'app.yaml')
    .option('--out <folder>', 'where to compile to (default: backend/ beside the spec)')
    .option('--port <port>', 'where to serve (default: PORT, else 3000 or the next one free)', parsePort)
    .addOption(formatOption())
    .action(async (spec: string, { out, port, format }: DevOptions) => {
      const { runDev } = await import('../dev/run-dev.ts');
      const ended = await runDev({
        spec,
        folder: out ?? join(dirname(spec), 'backend'),
        host: process.env['HOST'] || '127.0.0.1',
        port: port ?? portOfEnvironment(program),
        report: (result) => finish(format, result),
        tell: (line) => void process.stderr.write(`${line}\n`),
      });
      if (ended !== undefined) finish(format, ended);
      else process.exitCode = 0;
    });
}

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError('A port is a number from 0 to 65535; 0 picks a free one.');
}

function portOfEnvironment(program: Command): number | undefined {
  const { PORT: text = '' } = process.env;
  if (text === '') return undefined;
  try {
    return parsePort(text);
  } catch {
    return program.error(`error: PORT is "${text}", which is no port.`, { exitCode: 2 });
  }
}
