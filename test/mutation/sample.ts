import { type Mutation, MUTATION_KINDS } from './mutations.ts';

/** About so many mutants, the same ones each time: of each kind every n-th. */
export function sample(all: Iterable<Mutation>, size: number): readonly Mutation[] {
  const mutants = [...all];
  return MUTATION_KINDS.flatMap((kind) => {
    const ofKind = mutants.filter((one) => one.kind === kind);
    const step = Math.max(1, Math.ceil(ofKind.length / (size / MUTATION_KINDS.length)));
    return ofKind.filter((_, index) => index % step === 0);
  });
}
