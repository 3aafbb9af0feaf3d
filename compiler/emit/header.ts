/** What a compiler-owned text file begins with; versions, dates and hashes live in `manifest.json` alone. */
const LINES = [
  'Compiled by supercompile from app.yaml. Edit the spec, not this file: the next build replaces it.',
  'Your own code and notes live in custom/.',
] as const;

/** For Dockerfile, YAML, `.env` and ignore files. */
export const HASH_HEADER: readonly string[] = LINES.map((line) => `# ${line}`);

/** For SQL. */
export const SQL_HEADER: readonly string[] = LINES.map((line) => `-- ${line}`);

/** For Markdown. */
export const MARKDOWN_HEADER: readonly string[] = LINES.map((line) => `<!-- ${line} -->`);

/** For TypeScript. */
export const SLASH_HEADER: readonly string[] = LINES.map((line) => `// ${line}`);
