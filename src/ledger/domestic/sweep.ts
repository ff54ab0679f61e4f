import type { Entry, EntryKind } from '../model.js';
import type { LedgerStore } from '../store.js';
import type { CommandResult, LedgerCommand } from '../types.js';
import { termsOf } from './event.js';
import { endOfMark } from './vouchers.js';

/**
 * What happens by itself: an open entry whose time is up is ended by a command of its family. The command judges by the
 * time of its block and by the entry as it is then, so that sweeping too early, twice or beside another change does no
 * harm.
 */

/** Commands that end a due entry, or bring its end nearer. Those of one entry are submitted together. */
type Ending = (entry: Entry, store: LedgerStore) => Promise<readonly LedgerCommand[]>;

const ENDINGS: Readonly<Partial<Record<EntryKind, Ending>>> = {
  request: async ({ entryId }) => [{ kind: 'expireRequest', requestId: entryId }],
  mark: endOfMark,
  event: async (entry) => [{ kind: 'expireEvent', terms: termsOf(entry) }],
};

export interface SweepParts {
  readonly store: LedgerStore;
  readonly ledger: { submit(command: LedgerCommand): Promise<CommandResult> };
}

const PAGE = 200;
/** Commands submitted together: few enough that payments find room beside them. */
const AT_ONCE = 500;

/** Ends what was due at `now`, the longest due first; answers how many commands had their effect. */
export async function sweepDue({ store, ledger }: SweepParts, now: number): Promise<number> {
  let count = 0;
  for (const [kind, ending] of Object.entries(ENDINGS) as [EntryKind, Ending][]) {
    for (;;) {
      const due = await store.dueEntries(kind, now, PAGE);
      const commands = (await Promise.all(due.map((entry) => ending(entry, store)))).flat().slice(0, AT_ONCE);
      const results = await Promise.all(commands.map((command) => ledger.submit(command)));
      const effects = results.filter((result) => result.ok && result.value.transactionId !== null).length;
      count += effects;
      // What takes several steps is still due; what was refused stays due, and the next sweep asks again.
      if (effects === 0) break;
    }
  }
  return count;
}
