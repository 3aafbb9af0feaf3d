import type { Environment } from '../environment/environment-variables.ts';

/** Who may read `/metrics` on the port of the API. */
export type MetricsAccess =
  { readonly kind: 'open' } | { readonly kind: 'token'; readonly token: string } | { readonly kind: 'closed' };

/** What the environment decides about HTTP. */
export interface HttpSettings {
  /** Whether browsers are told to keep to TLS. */
  readonly production: boolean;
  readonly corsOrigins: readonly string[];
  /** Whether `/docs` and `/openapi.json` are answered. */
  readonly docs: boolean;
  readonly metricsAccess: MetricsAccess;
}

/** Of a backend that nobody configures, as tests have it. */
export const DEFAULT_SETTINGS: HttpSettings = {
  production: false,
  corsOrigins: [],
  docs: true,
  metricsAccess: { kind: 'open' },
};

type SettingsEnvironment = Pick<Environment, 'APP_ENV' | 'CORS_ORIGINS' | 'DOCS' | 'METRICS_PORT' | 'METRICS_TOKEN'>;

/** Reads the settings out of the environment. */
export function httpSettings(environment: SettingsEnvironment): HttpSettings {
  return {
    production: environment.APP_ENV === 'production',
    corsOrigins: environment.CORS_ORIGINS,
    docs: environment.DOCS,
    metricsAccess: metricsAccess(environment),
  };
}

/** A port of its own takes `/metrics` away from the API's; else a token opens it, else only production closes it. */
function metricsAccess({ APP_ENV, METRICS_PORT, METRICS_TOKEN: token }: SettingsEnvironment): MetricsAccess {
  if (METRICS_PORT !== undefined) return { kind: 'closed' };
  if (token !== undefined) return { kind: 'token', token };
  return { kind: APP_ENV === 'production' ? 'closed' : 'open' };
}
