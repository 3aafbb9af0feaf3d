import type { Exchange, FuzzExchange } from './exchange.ts';
import type { FuzzWorld } from './fuzz-world.ts';

/** A promise that every exchange is held to; the name is Schemathesis' or RESTler's. */
export interface Check {
  readonly name: string;
  /** What the exchange breaks; it may send requests of its own. */
  readonly judge: (exchange: FuzzExchange, world: FuzzWorld) => Promise<readonly string[]> | readonly string[];
}

/** A check that needs nothing but the document and the answer. */
export interface ConformanceCheck {
  readonly name: string;
  readonly judge: (exchange: Exchange) => readonly string[];
}
