/**
 * Faulty variants of the protocol, by name. Each breaks one rule at a seam of the product, so that exploration,
 * simulation or a named test must find it: a guard whose absence nothing notices guards nothing.
 */
import { equalBytes } from '../../kernel/hash.js';
import { ok } from '../../kernel/result.js';
import type { OpenBlock } from '../../ledger/block.js';
import type { Oracle } from '../../ledger/oracle.js';
import type { Hold, Ledger } from '../../ledger/types.js';
import type { Vote } from '../attestation.js';
import type { CoSigner } from '../co-signer.js';
import type { JurisdictionPort, LegCheck } from '../jurisdiction-port.js';
import type { decideLeg, LegAction } from '../leg.js';
import type { recoverJurisdiction } from '../recovery.js';
import type { SignerEntry } from '../signer.js';
import type { SignerStore } from '../signer-store.js';
import type { Verified } from '../verify.js';
import { DOMESTIC } from './domestic-mutants.js';

export type DecideLeg = typeof decideLeg;
export type Recover = typeof recoverJurisdiction;

/** What a mutant puts in place of the product's own part; a part that it doesn't name is the product's. */
export interface Mutant {
  readonly name: string;
  /** The broken rule, as the protocol's list words it. */
  readonly what: string;
  readonly decide?: (real: DecideLeg) => DecideLeg;
  readonly recover?: (real: Recover) => Recover;
  readonly ledger?: (ledger: Ledger) => Ledger;
  readonly coSigner?: (coSigner: CoSigner) => CoSigner;
  readonly signerStore?: (store: SignerStore) => SignerStore;
  readonly legCheck?: (check: LegCheck) => LegCheck;
  readonly port?: (port: JurisdictionPort) => JurisdictionPort;
  /** Of the ledger and of its oracle alike. */
  readonly openBlock?: (...opened: Parameters<OpenBlock>) => ReturnType<OpenBlock>;
  readonly oracle?: (oracle: Oracle) => Oracle;
  /** The oracle believes the time of whoever asks it. */
  readonly oracleTakesLedgerClock?: true;
  /** The journal lies with the ledger and is lost with its last commits. */
  readonly journalWithLedger?: true;
  /** The ledger's store answers a commit before it is durable. */
  readonly answersUnsynced?: true;
}

const release = (reason: 'VOTE_TOO_LATE' | 'CANCELLED'): LegAction => ({ do: 'release', reason, evidence: [] });

/** The same vote for other terms: what a mutant that doesn't compare them sees. */
const forTerms = (vote: Verified<Vote>, termsHash: Uint8Array): Verified<Vote> => ({
  ...vote,
  value: { ...vote.value, termsHash },
});

const DECISIONS: readonly Mutant[] = [
  {
    name: 'lapse-after-commit',
    what: 'hold lapses after own COMMIT',
    decide: (real) => (view, event, facts, now, config) =>
      view.hold?.state === 'HELD' && view.entry?.decision === 'COMMIT' && now > view.hold.lapseAt
        ? release('VOTE_TOO_LATE')
        : real(view, event, facts, now, config),
  },
  {
    name: 'late-vote-void',
    what: 'receiver voids a "late" vote by its own clock',
    decide: (real) => (view, event, facts, now, config) => {
      const isLate = view.terms !== null && now > view.terms.voteBy;
      const late = isLate && facts.votes.some((vote) => vote.value.ledger !== config.ledger);
      return late && view.hold?.state === 'HELD' && view.entry?.decision === 'COMMIT'
        ? release('VOTE_TOO_LATE')
        : real(view, event, facts, now, config);
    },
  },
  {
    name: 'abort-ignored',
    what: "signer's ABORT ignored after a failover that lost the last commit",
    decide: (real) => (view, event, facts, now, config) => {
      const isIgnored = view.entry?.decision === 'ABORT' && view.hold?.state !== 'RELEASED';
      const votes = facts.votes.filter((vote) => vote.value.ledger !== config.ledger);
      return isIgnored && event.kind === 'prepare'
        ? real({ ...view, entry: null }, event, { ...facts, votes }, now, config)
        : isIgnored
          ? { do: 'nothing', refused: null }
          : real(view, event, facts, now, config);
    },
  },
  {
    name: 'mixed-certificate',
    what: 'certificate accepted with COMMITs of two termsHashes',
    decide: (real) => (view, event, facts, now, config) => {
      const hash = view.hold?.termsHash;
      const votes = facts.votes.map((vote) => (hash && vote.value.decision === 'COMMIT' ? forTerms(vote, hash) : vote));
      return real(view, event, { ...facts, votes }, now, config);
    },
  },
  {
    name: 'release-before-abort',
    what: 'hold released before ABORT is journalled',
    decide: (real) => (view, event, facts, now, config) => {
      const action = real(view, event, facts, now, config);
      const isAbort = action.do === 'vote' && action.vote === 'ABORT' && view.hold?.state === 'HELD';
      return isAbort ? release('CANCELLED') : action;
    },
  },
  {
    name: 'sweeper-reads-row',
    what: 'the lapse sweeper reads the row only',
    decide: (real) => (view, event, facts, now, config) =>
      event.kind === 'lapse' && view.hold?.state === 'HELD' && now > view.hold.lapseAt
        ? release('VOTE_TOO_LATE')
        : real(view, event, facts, now, config),
  },
  {
    name: 'tombstone-before-journal',
    what: 'refused item tombstoned before the journal',
    decide: (real) => (view, event, facts, now, config) => {
      const action = real(view, event, facts, now, config);
      const isRefused = action.do === 'vote' && action.vote === 'ABORT' && view.hold === null;
      return isRefused && event.kind === 'prepare' ? { do: 'tombstone', reason: action.reason } : action;
    },
  },
  {
    name: 'settle-before-journal',
    what: 'last voter settles before it journals',
    decide: (real) => (view, event, facts, now, config) => {
      const action = real(view, event, facts, now, config);
      const peers = facts.votes.filter((vote) => vote.value.ledger !== config.ledger);
      const isLast = peers.length === (view.terms?.legs.length ?? 0) - 1;
      return action.do === 'vote' && action.vote === 'COMMIT' && isLast
        ? { do: 'settle', certificate: peers.map((vote) => vote.attestation) }
        : action;
    },
  },
  {
    name: 'abort-bound-to-terms',
    what: 'ABORT bound to a termsHash',
    decide: (real) => (view, event, facts, now, config) => {
      const hash = view.hold?.termsHash;
      const counts = ({ value }: Verified<Vote>): boolean =>
        value.decision === 'COMMIT' || value.ledger === config.ledger || !hash || equalBytes(value.termsHash, hash);
      return real(view, event, { ...facts, votes: facts.votes.filter(counts) }, now, config);
    },
  },
];

const STORES: readonly Mutant[] = [
  {
    name: 'no-journal',
    what: 'no signer journal with a failover that loses the last commit',
    journalWithLedger: true,
  },
  {
    name: 'vote-before-durable',
    what: 'vote cast before the hold is durable',
    answersUnsynced: true,
  },
  {
    name: 'quote-twice',
    what: 'quote accepted twice',
    signerStore: (store) => ({
      ...store,
      vote: (epoch, requests, context) =>
        store.vote(
          epoch,
          requests.map((request) => (request.vote === 'COMMIT' ? { ...request, quoteIds: [] } : request)),
          context,
        ),
    }),
  },
  {
    name: 'recovery-walks-rows',
    what: 'recovery walks ledger rows only',
    signerStore: (store) => ({ ...store, entriesAfter: async () => [] }),
  },
  {
    name: 'no-epoch-fence',
    what: 'no epoch fence',
    signerStore: (store) => {
      let current = 0n;
      return {
        ...store,
        raiseEpoch: async () => {
          current = await store.raiseEpoch();
          return current;
        },
        vote: (_epoch, requests, context) => store.vote(current, requests, context),
        recordPeerVotes: (_epoch, items) => store.recordPeerVotes(current, items),
        keepCheckpoint: (_epoch, checkpoint) => store.keepCheckpoint(current, checkpoint),
      };
    },
  },
  {
    name: 'cas-without-terms',
    what: 'compare-and-set without termsHash',
    decide: (real) => (view, event, facts, now, config) => {
      const hash = event.kind === 'prepare' ? event.termsHash : view.hold?.termsHash;
      const hold = view.hold && hash ? { ...view.hold, termsHash: hash } : view.hold;
      return real({ ...view, hold }, event, facts, now, config);
    },
    ledger: (ledger) => ({
      ...ledger,
      async submit(command) {
        if (command.kind !== 'settleHold' && command.kind !== 'releaseHold') return ledger.submit(command);
        const hold = (await ledger.holds([command.conditionRef])).get(command.conditionRef);
        return ledger.submit({ ...command, conditionHash: hold?.conditionHash ?? command.conditionHash });
      },
    }),
  },
];

const PARTIES: readonly Mutant[] = [
  {
    name: 'abort-without-tombstone',
    what: 'ABORT answered for an unknown id without a tombstone',
    coSigner: (coSigner) => ({
      ...coSigner,
      vote: (epoch, requests) =>
        Promise.all(
          requests.map(async (request) => {
            const isUnknown = request.vote === 'ABORT' && request.termsHash.length === 0;
            const known = isUnknown ? await coSigner.store.entries([request.pvpId]) : null;
            if (request.vote === 'COMMIT' || known?.size !== 0) return (await coSigner.vote(epoch, [request]))[0]!;
            const entry = unjournalled(coSigner, request);
            return { entry, attestation: coSigner.repeat([entry])[0]!, refused: null };
          }),
        ),
    }),
    ledger: (ledger) => ({
      ...ledger,
      submit: async (command) => {
        const isUnknown = command.kind === 'tombstoneHold' && command.conditionHash.length === 0;
        if (!isUnknown) return ledger.submit(command);
        return ok({ blockSequence: 0n, transactionId: null, hold: unwritten(command) });
      },
    }),
  },
  {
    name: 'no-authorisation',
    what: "PREPARE accepted without the payer's authorisation",
    legCheck: () => ({ check: async (items) => items.map(() => ok(true)) }),
  },
  {
    name: 'traffic-before-reconciliation',
    what: 'traffic opened before reconciliation',
    recover: (real) => async (core) => {
      core.shell.epoch = await core.options.coSigner.store.raiseEpoch();
      core.options.timers.after(RECONCILED_LATER_MS, () => void real(core).catch(() => undefined));
      return { epoch: core.shell.epoch, entryCount: 0, openHoldCount: 0, inDoubtCount: 0, reconciledTo: 0n };
    },
  },
  {
    name: 'settle-as-asked',
    what: 'settle by the vote asked for',
    coSigner: (coSigner) => ({
      ...coSigner,
      async vote(epoch, requests) {
        const cast = await coSigner.vote(epoch, requests);
        return cast.map((item, i) => {
          const request = requests[i]!;
          if (!item.entry || item.entry.decision === request.vote || request.vote === 'ABORT') return item;
          const { termsHash, termsBytes, holdId, heldAt, tokenIds, receiptsHash, receipts, keyId } = request;
          const shown = { termsHash, termsBytes, holdId, heldAt, tokenIds, receiptsHash, receipts, keyId };
          const entry: SignerEntry = { ...item.entry, ...shown, decision: 'COMMIT', reason: null };
          return { entry, attestation: coSigner.repeat([entry])[0]!, refused: null };
        });
      },
    }),
  },
  {
    name: 'own-vote-only',
    what: 'QUERY answers the own vote only',
    port: (port) => ({
      ...port,
      query: async (items) => (await port.query(items)).map((report) => ({ ...report, peerVotes: [] })),
    }),
  },
  {
    name: 'batch-refused',
    what: 'one refused item refuses the batch',
    legCheck: (check) => ({
      async check(items) {
        const answers = await check.check(items);
        const refused = answers.find((answer) => !answer.ok);
        return refused ? items.map(() => refused) : answers;
      },
    }),
  },
];

/** How much later a jurisdiction that opened too early reconciles. */
const RECONCILED_LATER_MS = 5_000;

const NOTHING = new Uint8Array(0);

type AbortRequest = Extract<Parameters<CoSigner['vote']>[1][number], { vote: 'ABORT' }>;

function unjournalled(coSigner: CoSigner, request: AbortRequest): SignerEntry {
  return {
    pvpId: request.pvpId,
    decision: 'ABORT',
    termsHash: NOTHING,
    reason: request.reason,
    decidedAt: 0,
    keyId: coSigner.keyIds[0]!,
    termsBytes: NOTHING,
    holdId: '',
    heldAt: 0,
    tokenIds: [],
    receiptsHash: NOTHING,
    receipts: [],
    peerVotes: [],
  };
}

type Tombstone = Extract<Parameters<Ledger['submit']>[0], { kind: 'tombstoneHold' }>;

function unwritten(command: Tombstone): Hold {
  const { conditionRef, conditionKind, conditionHash, reason, evidence, data } = command;
  return {
    conditionRef,
    conditionKind,
    conditionHash,
    holdId: '',
    debitWallet: null,
    creditWallet: null,
    amountMinor: 0n,
    markId: null,
    creditMark: null,
    charge: null,
    state: 'RELEASED',
    heldAt: 0,
    lapseAt: 0,
    data,
    evidence,
    reason,
    endedAt: 0,
    blockSequence: 0n,
    tokenIds: [],
  };
}

/** Every mutant of the protocol's list, and of the rules of marked and conditionally held money. */
export const MUTANTS: readonly Mutant[] = [...DECISIONS, ...STORES, ...PARTIES, ...DOMESTIC];

/** The mutant of this name; undefined when there is none. */
export const mutantOf = (name: string): Mutant | undefined => MUTANTS.find((mutant) => mutant.name === name);
