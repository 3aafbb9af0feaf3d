import type { Answer } from '../tour/answer.ts';
import type { Document, Operation } from '../tour/document.ts';
import type { SchemaCheck } from '../tour/schema-check.ts';
import type { FuzzRequest } from './fuzz-request.ts';

/** An answer, and the document to hold it against. */
export interface Exchange {
  readonly document: Document;
  readonly schemas: SchemaCheck;
  readonly operation: Operation;
  readonly answer: Answer;
}

/** An exchange of the fuzzer's, with what it had asked. */
export interface FuzzExchange extends Exchange {
  readonly request: FuzzRequest;
  /** From the request's first byte to the answer's last. */
  readonly milliseconds: number;
}
