import { Option } from 'commander';

/** How a command prints what it found. */
export const FORMATS = ['text', 'json', 'sarif', 'github'] as const;

export type OutputFormat = (typeof FORMATS)[number];

/** The option that every command takes. */
export function formatOption(): Option {
  return new Option('--format <format>', 'how to print what was found').choices(FORMATS).default('text');
}
