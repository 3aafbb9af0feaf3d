import type { ClientConfig } from 'pg';
import { SESSION_SETTINGS } from './session-settings.ts';

export interface ConnectionOptions {
  readonly url: string;
  /** Longest time to make a connection, in milliseconds. */
  readonly connectTimeout: number;
  readonly applicationName: string | undefined;
  /** Beside those of every session. */
  readonly settings: readonly (readonly [name: string, value: string])[];
}

/** How one connection is made: values raw as text, settings sent with the start-up message at no round trip. */
export function connectionConfig(options: ConnectionOptions): ClientConfig {
  const { url, startupOptions } = takeStartupOptions(options.url);
  const settings = [...SESSION_SETTINGS, ...options.settings].map(([name, value]) => `-c ${name}=${value}`);
  return {
    connectionString: url,
    options: [startupOptions, ...settings].filter((part) => part !== '').join(' '),
    application_name: options.applicationName,
    connectionTimeoutMillis: options.connectTimeout,
    keepAlive: true,
    types: { getTypeParser: () => keepText },
  };
}

/** `pg` lets the URL's `options` replace ours; here they come first and ours are added. */
function takeStartupOptions(url: string): { readonly url: string; readonly startupOptions: string } {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const startupOptions = parsed?.searchParams.get('options') ?? '';
  if (parsed === undefined || startupOptions === '') return { url, startupOptions: '' };
  parsed.searchParams.delete('options');
  return { url: parsed.href, startupOptions };
}

function keepText(value: string): string {
  return value;
}
