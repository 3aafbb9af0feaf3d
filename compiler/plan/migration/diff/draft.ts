import type { Hazard } from '../hazards.ts';
import type { Operation } from '../operations.ts';
import { PHASES, type Phase } from './phase.ts';
import type { Refusal } from './refusal.ts';

/** Collects what the parts of the differ plan. */
export interface Draft {
  add(phase: Phase, ...operations: readonly Operation[]): void;
  warn(...hazards: readonly Hazard[]): void;
  refuse(...refusals: readonly Refusal[]): void;
  /** In the order to run. */
  operations(): readonly Operation[];
  hazards(): readonly Hazard[];
  refusals(): readonly Refusal[];
}

/** An empty draft. */
export function createDraft(): Draft {
  const phases = new Map<Phase, Operation[]>(PHASES.map((phase) => [phase, []]));
  const hazards = new Map<string, Hazard>();
  const refusals: Refusal[] = [];
  return {
    add: (phase, ...operations) => phases.get(phase)?.push(...operations),
    warn(...found) {
      for (const hazard of found) {
        const key = `${hazard.kind} ${hazard.object}`;
        const known = hazards.get(key);
        hazards.set(key, known === undefined ? hazard : withCauses(known, hazard));
      }
    },
    refuse: (...found) => refusals.push(...found),
    operations: () => [...phases.values()].flat(),
    hazards: () => [...hazards.values()],
    refusals: () => refusals,
  };
}

/** The first that was told, with what else brings it. */
function withCauses(known: Hazard, { causes = [] }: Hazard): Hazard {
  return causes.length === 0 ? known : { ...known, causes: [...(known.causes ?? []), ...causes] };
}
