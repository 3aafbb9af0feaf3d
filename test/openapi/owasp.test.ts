import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { compileText } from '../determinism/compile-text.ts';

const EXAMPLES = readdirSync('examples').filter((name) => !name.includes('.'));
const SPECS = EXAMPLES.map((name) => `examples/${name}/app.yaml`);

/** Rules that a backend without an authentication provider and without a limiter of its own cannot meet. */
const UNMET: ReadonlySet<string> = new Set([
  // `auth.provider: none` is written out by the author: everyone may do what the grants say.
  'owasp:api2:2023-write-restricted',
  // Nothing is limited, so no header may say so.
  'owasp:api4:2023-rate-limit',
]);

test.for(SPECS)("spectral's OWASP rules find no error in openapi.json of %s", { timeout: 60_000 }, async (spec) => {
  const files = await compileText(readFileSync(spec, 'utf8'));
  const found = await lint(JSON.parse(files.get('app/docs/openapi.json') ?? ''));
  expect(found.length).toBeGreaterThan(0);
  const errors = found.filter(({ severity, code }) => severity === 0 && !UNMET.has(code));
  expect(errors.map(({ code, path, message }) => `${code} ${path.join('/')}: ${message}`)).toEqual([]);
});

interface Finding {
  readonly code: string;
  /** 0 is an error. */
  readonly severity: number;
  readonly path: readonly string[];
  readonly message: string;
}

interface Linter {
  setRuleset(ruleset: unknown): void;
  run(document: unknown): Promise<readonly Finding[]>;
}

/** CommonJS without types of use here. */
async function lint(document: unknown): Promise<readonly Finding[]> {
  const load = createRequire(import.meta.url);
  const { Spectral } = load('@stoplight/spectral-core') as { readonly Spectral: new () => Linter };
  const linter = new Spectral();
  linter.setRuleset(load('@stoplight/spectral-owasp-ruleset'));
  return linter.run(document);
}
