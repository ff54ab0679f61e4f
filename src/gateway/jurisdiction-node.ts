/** One jurisdiction as it runs: ledger, register, co-signer and the PvP leg around them. */
import type pg from 'pg';
import type { MessageReader } from '../iso20022/types.js';
import type { Clock, Monotonic, Timers } from '../kernel/clock.js';
import type { LedgerCode } from '../kernel/ids.js';
import type { Signer } from '../kernel/signature.js';
import { verifySignature } from '../kernel/suites.js';
import { verifyChain } from '../ledger/chain.js';
import { sweepDue } from '../ledger/domestic/sweep.js';
import { createNotary } from '../ledger/notary.js';
import { createOracle, OracleRefusedError } from '../ledger/oracle.js';
import { holdProofs } from '../ledger/proof.pg.js';
import { createLedgerReads, type LedgerReads } from '../ledger/reads.js';
import { LedgerFencedError, type LedgerStore } from '../ledger/store.js';
import { createPgStore } from '../ledger/store.pg.js';
import { createLedger, type LedgerWriter } from '../ledger/writer.js';
import { storedEquivocations } from '../pvp/audit.pg.js';
import { type ClockProof, createClockProof } from '../pvp/clock-proof.js';
import { type CoSigner, createCoSigner } from '../pvp/co-signer.js';
import { createJurisdiction, type Jurisdiction } from '../pvp/jurisdiction.js';
import { ALARM_CODES, type Alarm, type PeerPort, type PvpAlarm } from '../pvp/jurisdiction-port.js';
import { createEvidence, type EvidencePort } from '../pvp/leg-evidence.js';
import type { StoredEquivocation } from '../pvp/signer-store.js';
import { createPgSignerStore } from '../pvp/signer-store.pg.js';
import type { PvpTimes } from '../pvp/terms.js';
import { createVerifier, type KeyRegister } from '../pvp/verify.js';
import { type BalancePort, createBalancePort } from './balance-port.js';
import { type JurisdictionConfig, suspenseWallet } from './config.js';
import { createEventPort, type EventPort } from './event-port.js';
import { type HaltBook, openHaltBook } from './halts.js';
import { createParticipantRegister, type ParticipantRegister } from './identity/participants.js';
import { createPgParticipantStore } from './identity/participants.pg.js';
import { createLegCheck } from './leg-check.js';
import { type Repeating, repeating } from './repeating.js';

export interface JurisdictionNodeOptions {
  readonly config: JurisdictionConfig;
  readonly ledgerPool: pg.Pool;
  readonly signerPool: pg.Pool;
  /** Signs receipts, APPLIEDs and, as the notary, blocks. */
  readonly ledgerSigner: Signer;
  /** The co-signer's key in use first, then retired ones that may still have to repeat votes of theirs. */
  readonly coSigners: readonly Signer[];
  /** The oracle's key: it confirms what moves marked or conditionally held money. */
  readonly confirmer: Signer;
  /** Secret of the account register, 32 bytes. */
  readonly accountKey: Uint8Array;
  readonly keys: KeyRegister;
  /** The other jurisdictions; filled by the caller once all are made. */
  readonly peers: ReadonlyMap<LedgerCode, PeerPort>;
  readonly reader: MessageReader;
  readonly times: PvpTimes;
  readonly clock: Clock;
  readonly monotonic: Monotonic;
  readonly timers: Timers;
  readonly alarm: Alarm;
  readonly onFailure: (what: string, error: unknown) => void;
}

export interface JurisdictionNode {
  readonly config: JurisdictionConfig;
  readonly ledger: LedgerWriter;
  readonly reads: LedgerReads;
  readonly register: ParticipantRegister;
  readonly coSigner: CoSigner;
  readonly clockProof: ClockProof;
  readonly jurisdiction: Jurisdiction;
  /** Ends domestic entries whose time is up. */
  readonly sweeper: Repeating;
  /** How often each alarm was raised since the start. */
  readonly alarmCounts: ReadonlyMap<PvpAlarm['code'], number>;
  /** Stored contradictions of peers, the open ones first. */
  readonly equivocations: () => Promise<readonly StoredEquivocation[]>;
  /** What it can prove of payments. */
  readonly evidence: EvidencePort;
  /** Money that waits for events before it goes into payments. */
  readonly events: EventPort;
  /** Halts of trading by the desk's officers. */
  readonly halts: HaltBook;
  /** What FX providers have in their wallets. */
  readonly balances: BalancePort;
}

const SWEEP_MS = 1_000;

/** Opens the ledger for writing, which fences any older writer. Traffic is refused until the jurisdiction recovered. */
export async function openJurisdiction(given: JurisdictionNodeOptions): Promise<JurisdictionNode> {
  const alarmCounts = new Map(ALARM_CODES.map((code) => [code, 0]));
  const raise = (alarm: PvpAlarm): void => {
    alarmCounts.set(alarm.code, (alarmCounts.get(alarm.code) ?? 0) + 1);
    given.alarm.raise(alarm);
  };
  const options = { ...given, alarm: { raise } };
  const { config, clock } = options;
  const store = createPgStore(options.ledgerPool);
  const identity = { code: config.code, currency: config.currency };
  const ledger = await createLedger({
    ...identity,
    store,
    notary: (start) => createNotary(identity, options.ledgerSigner, start),
    oracle: createOracle({ ledger: identity, store, signer: options.confirmer, clock }),
    onUnconfirmed: (error) => {
      if (!(error instanceof OracleRefusedError)) return;
      const detail = `the oracle refuses a block: ${error.message}`;
      options.alarm.raise({ level: 'page', code: 'LEDGER_INCONSISTENT', ledger: config.code, pvpId: null, detail });
    },
    clock,
    accountKey: options.accountKey,
    awaitsReconcile: true,
    onBroken: (command, { message }) =>
      options.alarm.raise({
        level: 'page',
        code: 'LEDGER_INCONSISTENT',
        ledger: config.code,
        pvpId: null,
        detail: `${command.kind}${'conditionRef' in command ? ` of ${command.conditionRef}` : ''}: ${message}`,
      }),
  });
  const register = createParticipantRegister(createPgParticipantStore(options.ledgerPool), clock);
  const { clockErrorMs } = options.times;
  const clockProof = createClockProof({ clock, monotonic: options.monotonic, clockErrorMs });
  const coSigner = createCoSigner({
    ledger: config.code,
    store: createPgSignerStore(options.signerPool),
    signers: options.coSigners,
    clock,
    clockErrorMs,
    clockIsTrusted: clockProof.isTrusted,
  });
  const halts = await openHaltBook({ ledger, register, pool: options.signerPool });
  const jurisdiction = createJurisdiction({
    ledger,
    coSigner,
    ledgerSigner: options.ledgerSigner,
    verifier: createVerifier(options.keys),
    suspenseWallet: suspenseWallet(config.code),
    clock,
    clockProof,
    timers: options.timers,
    monotonic: options.monotonic,
    times: options.times,
    alarm: options.alarm,
    halts,
    legCheck: createLegCheck({ ledger, register, reader: options.reader, clock, chargeMost: config.chargeMost }),
    peers: options.peers,
    verifyLedger: () => verifyRecentBlocks(store, identity, options.ledgerSigner, ledger.epoch()),
  });
  const reads = createLedgerReads(store);
  const equivocations = () => storedEquivocations(options.signerPool, EQUIVOCATIONS_SHOWN_MAX);
  const evidence = createEvidence({
    ledger,
    coSigner,
    ledgerSigner: options.ledgerSigner,
    proofs: (pvpIds) => holdProofs(options.ledgerPool, pvpIds),
  });
  return {
    config,
    ledger,
    reads,
    register,
    coSigner,
    clockProof,
    jurisdiction,
    sweeper: repeating(options, SWEEP_MS, () => sweepDue({ store, ledger }, clock.now())),
    evidence,
    halts,
    balances: createBalancePort(ledger),
    events: createEventPort({ ledger, reads, register, reader: options.reader, clock }),
    alarmCounts,
    equivocations,
  };
}

/** Recovers, then works of its own accord: what is due on either side of the house ends by itself. */
export async function startJurisdiction({ jurisdiction, sweeper }: JurisdictionNode): Promise<void> {
  await jurisdiction.start();
  sweeper.start();
}

/** Ends the work of its own accord and waits for what is under way. */
export async function stopJurisdiction({ jurisdiction, sweeper, ledger }: JurisdictionNode): Promise<void> {
  await sweeper.stop();
  await jurisdiction.stop();
  await ledger.idle();
}

const EQUIVOCATIONS_SHOWN_MAX = 100;

/** Blocks checked at every start; a full check of the chain is the auditor's. */
const RECENT_BLOCKS = 2_000n;

async function verifyRecentBlocks(
  store: LedgerStore,
  identity: { readonly code: LedgerCode; readonly currency: string },
  notary: Signer,
  writerEpoch: bigint,
): Promise<void> {
  const { sequence, epoch } = await store.head();
  // The signer's epoch belongs to whoever writes the ledger: an older writer must not take it from its successor.
  if (epoch !== writerEpoch) throw new LedgerFencedError('another writer of this ledger took over');
  const first = sequence > RECENT_BLOCKS ? sequence - RECENT_BLOCKS + 1n : 1n;
  const anchor = first > 1n ? await store.block(first - 1n) : null;
  const blocks = await store.blocks(first, Number(RECENT_BLOCKS));
  const fault = verifyChain(identity, blocks, notary, verifySignature, anchor);
  if (fault) throw new Error(`ledger ${identity.code}: block ${fault.sequence} does not verify (${fault.fault})`);
}
