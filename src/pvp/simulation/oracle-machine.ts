import type { LedgerCode } from '../../kernel/ids.js';
import { createOracle, type Oracle } from '../../ledger/oracle.js';
import { identityOf } from './domestic.js';
import { createSimulatedSigner } from './keys.js';
import type { Mutant } from './mutants.js';
import type { LedgerImage } from './stores.js';
import type { Life, MachineClock, VirtualTime } from './time.js';

/** A ledger's oracle as a machine: it has a clock and a key of its own, and may be away. */
export interface OracleMachine {
  readonly clock: MachineClock;
  readonly trouble: { isAway: boolean };
  /** As a process of the ledger reaches it. */
  client(life: Life): Oracle;
}

export interface OracleMachineOptions {
  readonly code: LedgerCode;
  readonly time: VirtualTime;
  readonly clock: MachineClock;
  readonly ledgerClock: MachineClock;
  readonly image: LedgerImage;
  readonly mutant: Mutant | null;
}

export const oracleKeyId = (code: LedgerCode): string => `${code}-oracle`;
/** On the way to the oracle and back: enough for the ledger to lose blocks meanwhile. */
const DELAY_MS = 2;

export function createOracleMachine(options: OracleMachineOptions): OracleMachine {
  const { code, time, clock, image, mutant, ledgerClock } = options;
  const trouble = { isAway: false };
  const real = (): Oracle =>
    createOracle({
      ledger: { ...identityOf(code), openBlock: mutant?.openBlock },
      store: image.store(),
      signer: createSimulatedSigner(oracleKeyId(code)),
      clock: mutant?.oracleTakesLedgerClock ? ledgerClock : clock,
    });
  const oracle: Oracle = {
    confirm: async (block) => {
      if (trouble.isAway) throw new Error('the oracle is away');
      return real().confirm(block);
    },
  };
  const reached = mutant?.oracle?.(oracle) ?? oracle;
  return {
    clock,
    trouble,
    client: (life) => ({
      confirm: (block) =>
        new Promise((resolve, reject) => {
          time.after(DELAY_MS, () => {
            const answered = reached.confirm(block);
            answered.catch(() => undefined);
            time.after(DELAY_MS, () => {
              if (!life.isOver) answered.then(resolve, reject);
            });
          });
        }),
    }),
  };
}
