/** A mistake that the compiler or the runtime could make, as a change of one compiled file. */
export interface SeededFault {
  readonly name: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}
