import type { LedgerCode } from '../../kernel/ids.js';
import type { EventTerms } from '../../ledger/domestic/event.js';
import type { CommandResult, LedgerCommand } from '../../ledger/types.js';
import { type Deed, isEvent } from './deeds.js';
import { commandsOf, termsOfDeed } from './domestic.js';
import type { Network } from './network.js';
import type { Life, VirtualTime } from './time.js';

/** Those who ask a ledger for more than payments to other ones: each of its own, until it is answered. */
export interface Users {
  plan(deed: Deed): void;
  /** Everybody was answered. */
  readonly isDone: () => boolean;
}

export interface UsersOptions {
  readonly time: VirtualTime;
  readonly network: Network;
  readonly terms: (event: number) => EventTerms | undefined;
}

/** A refusal that says nothing of the command: it is asked again. */
const LATER: ReadonlySet<string> = new Set(['UNAVAILABLE', 'QUEUE_FULL']);
const AGAIN_MS = 500;
const AGAIN_MS_MAX = 4_000;
const NAME = 'users';

export function createUsers({ time, network, terms }: UsersOptions): Users {
  const life: Life = { isOver: false };
  let openCount = 0;

  const submit = (code: LedgerCode, commands: readonly LedgerCommand[], waitMs: number): void => {
    const [command, ...rest] = commands;
    if (!command) {
      openCount -= 1;
      return;
    }
    const again = (): void => {
      time.after(waitMs, () => submit(code, commands, Math.min(2 * waitMs, AGAIN_MS_MAX)));
    };
    network.call<CommandResult>(life, NAME, code, 'submit', command).then((result) => {
      if (!result.ok && LATER.has(result.error.code)) again();
      else submit(code, rest, AGAIN_MS);
    }, again);
  };
  return {
    isDone: () => openCount === 0,
    plan(deed) {
      openCount += 1;
      time.after(deed.at, () => submit(deed.ledger, commandsOf(deed, terms), AGAIN_MS));
    },
  };
}

/** Terms of the events of a plan, by the deed that registers them. */
export const termsOfPlan = (deeds: readonly Deed[], startsAt: number): ReadonlyMap<number, EventTerms> =>
  new Map(deeds.filter(isEvent).map((deed) => [deed.id, termsOfDeed(deed, startsAt)]));
