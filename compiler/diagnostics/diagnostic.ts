import type { Severity } from './catalogue-row.ts';
import type { Span } from './span.ts';

/** One problem of the user's input, exactly as `--format json` prints it; positions are 1-based. */
export interface Diagnostic extends Span {
  readonly code: string;
  readonly name: string;
  readonly severity: Severity;
  readonly file: string;
  /** JSON pointer of the node that is wrong; empty where there is none. */
  readonly path: string;
  readonly message: string;
  /** Everything that may stand here, in a stable order. Absent where the set is open. */
  readonly allowed?: readonly string[];
  readonly related: readonly RelatedPlace[];
  /** Only where the mend is certain. */
  readonly fix?: Fix;
}

/** A second place that explains the problem, such as the first of two equal keys. */
export interface RelatedPlace extends Span {
  readonly file: string;
  readonly message: string;
}

/** A mend that a tool may apply without asking. */
export interface Fix {
  readonly description: string;
  readonly edits: readonly Edit[];
}

/** Replace the text of a span; an empty span inserts, an empty text deletes. */
export interface Edit extends Span {
  readonly text: string;
}
