/** `error` refuses the spec, `warning` does not. */
export type Severity = 'error' | 'warning';

/** What `explain CODE` prints. */
export interface Explanation {
  /** What is wrong and why it is refused, in a sentence or two. */
  readonly what: string;
  /** The smallest YAML (or shell) text that shows it. */
  readonly example: string;
  /** What to write instead. */
  readonly mend: string;
}

/** One kind of problem. The message says what is wrong with the name in quotes, then what to write instead. */
export interface CatalogueRow<Params = never> {
  /** `SC1xxx` syntax, `2xxx` shape, `3xxx` meaning, `4xxx` migration, `5xxx` output, `6xxx` environment; never renumbered. */
  readonly code: string;
  readonly severity: Severity;
  readonly message: (params: Params) => string;
  readonly explanation: Explanation;
}

/** Rows by their kebab-case name. */
export type CatalogueRows = Readonly<Record<string, CatalogueRow>>;
