import type { OpenBlock } from '../../ledger/block.js';
import { encodeMark, markOf } from '../../ledger/domestic/mark.js';
import type { TokenDraft } from '../../ledger/model.js';
import { createWorkingBlock, type TransactionDraft, type WorkingState } from '../../ledger/working.js';
import { identityOf, signStatement } from './domestic.js';
import type { Mutant } from './mutants.js';

/** Faulty variants of the rules of marked money and of money that waits for an event, and of the oracle. */

/** A block whose state differs from the product's in some part. */
const withState =
  (part: (state: WorkingState) => Partial<WorkingState>): OpenBlock =>
  (...opened) => {
    const block = createWorkingBlock(...opened);
    return { ...block, state: { ...block.state, ...part(block.state) } };
  };

/** A ledger that makes other outputs than the rules say. */
const withOutputs = (outputs: (draft: TransactionDraft) => readonly TokenDraft[]): OpenBlock =>
  withState((state) => ({ post: (draft) => state.post({ ...draft, outputs: outputs(draft) }) }));

const unmarkedToken = (token: TokenDraft): TokenDraft => ({ ...token, markId: null, markLevel: null });

/** The change of a payment: what goes back to the pocket that it is from. */
const isChange = ({ debitWallet, creditWallet }: TransactionDraft, token: TokenDraft): boolean =>
  debitWallet !== creditWallet && token.walletId === debitWallet && token.conditionRef === null;

const LATE_MS = 3_000;

export const DOMESTIC: readonly Mutant[] = [
  {
    name: 'mark-dropped-on-change',
    what: 'the change of marked money is unmarked',
    openBlock: withOutputs((draft) =>
      draft.outputs.map((token) => (isChange(draft, token) ? unmarkedToken(token) : token)),
    ),
  },
  {
    name: 'mark-lost-on-release',
    what: 'a released hold gives unmarked money back',
    openBlock: withOutputs((draft) => (draft.kind === 'release' ? draft.outputs.map(unmarkedToken) : draft.outputs)),
  },
  {
    name: 'mark-lost-on-merge',
    what: 'merged tokens lose their mark',
    openBlock: withOutputs((draft) =>
      draft.kind === 'consolidate' ? draft.outputs.map(unmarkedToken) : draft.outputs,
    ),
  },
  {
    name: 'level-not-advanced',
    what: 'marked money is paid on at the level that it had',
    openBlock: withOutputs((draft) =>
      draft.outputs.map((token) => {
        const [from] = draft.inputs;
        const isPaid = from && token.markId !== null && token.walletId !== from.walletId;
        return isPaid ? { ...token, markLevel: from.markLevel } : token;
      }),
    ),
  },
  {
    name: 'arrival-unmarked',
    what: 'money from another ledger that is to be marked arrives unmarked',
    openBlock: withOutputs((draft) =>
      draft.kind === 'settle' && draft.inputs[0]?.markId === null ? draft.outputs.map(unmarkedToken) : draft.outputs,
    ),
  },
  {
    name: 'route-ignored',
    what: 'marked money goes to wallets that its mark forbids',
    openBlock: withState((state) => ({
      entry(kind, entryId) {
        const entry = state.entry(kind, entryId);
        if (kind !== 'mark' || !entry) return entry;
        const mark = markOf(entry);
        const { rule } = mark;
        if (rule.by !== 'addresses') return entry;
        // Whoever is on the route anywhere may receive at every level, and everybody at the last one.
        const everybody = rule.levels.flat();
        const levels = rule.levels.map(() => everybody);
        return { ...entry, body: encodeMark({ ...mark, rule: { by: 'addresses', levels } }) };
      },
    })),
  },
  {
    name: 'statement-replayed',
    what: 'a statement of another event or ledger, or an old one, is accepted',
    ledger: (ledger) => ({
      ...ledger,
      submit(command) {
        if (command.kind !== 'stateEvent') return ledger.submit(command);
        const statement = signStatement(identityOf(ledger.code), command.terms, command.statement);
        return ledger.submit({ ...command, statement });
      },
    }),
  },
  {
    name: 'released-unconfirmed',
    what: "held money is released without the oracle's confirmation",
    oracle: (oracle) => ({ confirm: (block) => oracle.confirm(block).catch(() => new Uint8Array(64)) }),
  },
  {
    name: 'expiry-by-askers-clock',
    what: 'an expiry by the wrong clock: the oracle believes the time of whoever asks it',
    oracleTakesLedgerClock: true,
  },
  {
    name: 'late-statement',
    what: 'a statement after the expiry releases the money',
    openBlock: withState((state) => ({ now: state.now - LATE_MS })),
  },
];
