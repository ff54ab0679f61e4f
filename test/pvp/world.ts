import type { Clock, Timers } from '../../src/kernel/clock.js';
import { type Refusal, refusal } from '../../src/kernel/errors.js';
import { sha256 } from '../../src/kernel/hash.js';
import type { Bic, LedgerCode, QuoteId, Uetr, WalletId } from '../../src/kernel/ids.js';
import { uuidFromBytes } from '../../src/kernel/ids.js';
import { err, ok, type Result } from '../../src/kernel/result.js';
import type { Signer } from '../../src/kernel/signature.js';
import { createSigner, generateKeyPair, type SuiteName } from '../../src/kernel/suites.js';
import { createNotary } from '../../src/ledger/notary.js';
import { createOracle } from '../../src/ledger/oracle.js';
import type { LedgerStore } from '../../src/ledger/store.js';
import { createMemoryStore } from '../../src/ledger/store.memory.js';
import { createLedger, type LedgerWriter } from '../../src/ledger/writer.js';
import { createClockProof } from '../../src/pvp/clock-proof.js';
import { type CoSigner, createCoSigner } from '../../src/pvp/co-signer.js';
import { createCoordinator, type Decision, type PvpLog, type PvpPayment } from '../../src/pvp/coordinator.js';
import { createJurisdiction, type Jurisdiction } from '../../src/pvp/jurisdiction.js';
import type { JurisdictionPort, LegCheckItem, PeerPort, PvpAlarm } from '../../src/pvp/jurisdiction-port.js';
import type { SignerStore } from '../../src/pvp/signer-store.js';
import { createMemorySignerStore } from '../../src/pvp/signer-store.memory.js';
import { DEFAULT_TIMES, deadlines, encodeTerms, type PvpTerms, termsHash } from '../../src/pvp/terms.js';
import { createVerifier, type KeyRegister, type PvpKeyRecord } from '../../src/pvp/verify.js';

/** Time that stands still until a test moves it. */
function manualTime(start: number): { clock: Clock; timers: Timers; advance(ms: number): Promise<void> } {
  let now = start;
  let due: { at: number; run: () => void }[] = [];
  return {
    clock: { now: () => now },
    timers: {
      after(delayMs, run) {
        const item = { at: now + delayMs, run };
        due.push(item);
        return () => {
          due = due.filter((other) => other !== item);
        };
      },
    },
    async advance(ms) {
      const end = now + ms;
      for (;;) {
        await settle();
        const next = due.filter((item) => item.at <= end).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        due = due.filter((item) => item !== next);
        now = Math.max(now, next.at);
        next.run();
      }
      now = end;
      await settle();
    },
  };
}

/** Lets everything that needs no timer finish: memory stores answer within microtasks. */
export const settle = async (): Promise<void> => {
  for (let i = 0; i < 5; i += 1) await new Promise((resolve) => setImmediate(resolve));
};

let seed = 0;
/** Unpredictable enough, and the same in every run. */
export const bytes = (count: number): Uint8Array => {
  seed += 1;
  return sha256(`test ${seed}`).subarray(0, count);
};
export const uuid = (): string => uuidFromBytes(bytes(16));

export const T0 = 1_800_000_000_000;
export const AMOUNT = 1_000n;
export const FUNDED = 1_000_000n;

/** A place of failure: the name of a call, before or after it was done durably. */
export type Fault = (point: string) => void;

export interface Side {
  readonly code: LedgerCode;
  readonly currency: string;
  readonly notaryKey: Signer;
  readonly ledgerSigner: Signer;
  coSignerKey: Signer;
  /** Keys that signed before, which the co-signer still has. */
  retiredKeys: Signer[];
  readonly signerStore: SignerStore;
  ledgerStore: LedgerStore;
  ledger: LedgerWriter;
  coSigner: CoSigner;
  jurisdiction: Jurisdiction;
  fault: Fault;
  /** Marked money waits while it is. */
  oracleIsAway: boolean;
  /** How wrong this side's clock is. */
  clockShiftMs: number;
  checked: LegCheckItem[];
  refuse: (item: LegCheckItem) => Refusal | null;
  /** What officers of the FX desk halted here. */
  halted?: Refusal;
  /** Counts uses of each key. */
  readonly signatures: { ledger: number; coSigner: number };
}

export interface World {
  readonly sides: Side[];
  readonly time: ReturnType<typeof manualTime>;
  readonly keys: Map<string, PvpKeyRecord>;
  readonly register: KeyRegister;
  readonly alarms: PvpAlarm[];
  readonly log: MemoryLog;
  /** Cuts the direct line between jurisdictions. */
  partitioned: boolean;
  /** Whether a co-signer that starts refuses to commit by a clock that it can't prove. */
  provesClocks: boolean;
  /** What a peer answers to direct questions instead of what it would. */
  readonly answers: Map<string, PeerPort['query']>;
  /** A dead gateway sends nothing any more. */
  gatewayIsDead: boolean;
  side(code: string): Side;
  payment(change?: (terms: PvpTerms) => PvpTerms): PvpPayment;
  /** What a restart does: new process state on the same stores. */
  restart(side: Side): Promise<void>;
  /** A failover to a replica that has the set-up and nothing since. */
  loseLedger(side: Side, funded?: boolean): Promise<void>;
  /** What a ledger has from the start, beside the wallets and their money: its replica too. */
  setUp: (ledger: LedgerWriter, code: string) => Promise<void>;
  drive(payment: PvpPayment, through?: (port: JurisdictionPort) => JurisdictionPort): Promise<Decision>;
  available(side: Side, wallet: string): Promise<bigint>;
  expectSums(): Promise<Map<string, bigint>>;
}

export type MemoryLog = PvpLog & { rows: { kind: string; items: readonly { pvpId: Uetr }[] }[] };

function memoryLog(): MemoryLog {
  const rows: MemoryLog['rows'] = [];
  const write = (kind: string) => async (items: readonly { pvpId: Uetr }[]) => {
    rows.push({ kind, items });
  };
  return { rows, preparing: write('preparing'), decided: write('decided'), closed: write('closed') };
}

const SUITES: SuiteName[] = ['ed25519', 'p256', 'secp256k1'];
const CURRENCIES: Record<string, string> = { KZ: 'KZT', CN: 'CNY', US: 'USD' };
const BANK = 'DEMOKZ20' as Bic;
export const wallet = (code: string, name: string): WalletId => `${code.toLowerCase()}-${name}` as WalletId;

async function openLedger(side: Side, world: World, signer: Signer): Promise<LedgerWriter> {
  const identity = { code: side.code, currency: side.currency };
  const clock = clockOf(world, side);
  const oracle = createOracle({ ledger: identity, store: side.ledgerStore, signer, clock });
  return createLedger({
    store: side.ledgerStore,
    notary: (start) => createNotary(identity, signer, start),
    oracle: {
      confirm: async (block) => {
        if (side.oracleIsAway) throw new Error('the oracle is away');
        return oracle.confirm(block);
      },
    },
    clock,
    ...identity,
    accountKey: new Uint8Array(32),
    awaitsReconcile: true,
    consolidation: null,
  });
}

async function fund(ledger: LedgerWriter, world: World, code: string, payerFunded: boolean): Promise<void> {
  for (const name of ['payer', 'payee', 'suspense']) {
    const kind = name === 'suspense' ? 'suspense' : 'customer';
    await ledger.submit({ kind: 'openWallet', wallet: { walletId: wallet(code, name), kind, ownerBic: BANK } });
  }
  const funded = payerFunded ? ['payer', 'suspense'] : ['suspense'];
  for (const name of funded) {
    const creditWallet = wallet(code, name);
    await ledger.submit({ kind: 'issue', reference: `issue-${name}`, creditWallet, amountMinor: FUNDED });
  }
  await ledger.reconcile(() => Promise.resolve());
  await world.setUp(ledger, code);
}

/** A ledger whose calls can be made to fail before or after they were done. */
function faulty(ledger: LedgerWriter, side: Side): LedgerWriter {
  return {
    ...ledger,
    async submit(command) {
      side.fault(`before ${command.kind}`);
      const result = await ledger.submit(command);
      side.fault(`after ${command.kind}`);
      return result;
    },
  };
}

function faultyStore(store: SignerStore, side: () => Side): SignerStore {
  return {
    ...store,
    async vote(epoch, requests, context) {
      side().fault('before vote');
      const votes = await store.vote(epoch, requests, context);
      side().fault('after vote');
      return votes;
    },
  };
}

function counting(signer: Signer, count: () => void): Signer {
  return {
    ...signer,
    sign: (message) => {
      count();
      return signer.sign(message);
    },
  };
}

/** Where a side keeps its ledger and its journal; memory where nothing is given. */
export type SideStores = Partial<Pick<Side, 'ledgerStore' | 'signerStore'>>;

export async function createWorld(
  codes: readonly string[] = ['KZ', 'CN'],
  stores: Readonly<Record<string, SideStores>> = {},
  setUp: World['setUp'] = async () => {},
): Promise<World> {
  const keys = new Map<string, PvpKeyRecord>();
  const world: World = {
    sides: [],
    time: manualTime(T0),
    keys,
    register: { key: (keyId) => keys.get(keyId) },
    alarms: [],
    log: memoryLog(),
    partitioned: false,
    provesClocks: false,
    answers: new Map(),
    gatewayIsDead: false,
    setUp,
    side: (code) => world.sides.find((side) => side.code === code)!,
    payment: (change = (terms) => terms) => {
      const pvpId = uuid() as Uetr;
      const terms = change(termsOf(world, pvpId));
      const perLeg = terms.legs.map(() => ({ documentBytes: bytes(32), authorisation: 'signed', quotes: [] }));
      return { pvpId, terms, termsBytes: encodeTerms(terms), perLeg };
    },
    async restart(side) {
      side.fault = () => {};
      await start(world, side);
      await side.jurisdiction.recover();
    },
    async loseLedger(side, payerFunded = true) {
      side.ledgerStore = createMemoryStore();
      side.fault = () => {};
      await fund(await openLedger(side, world, side.notaryKey), world, side.code, payerFunded);
      await start(world, side);
    },
    drive: (payment, through = (port) => port) => {
      const jurisdictions = new Map(
        world.sides.map((side) => [side.code, through(live(side, () => world.gatewayIsDead))]),
      );
      const { clock, timers } = world.time;
      const verifier = createVerifier(world.register);
      const coordinator = createCoordinator({ jurisdictions, log: world.log, verifier, clock, timers });
      return coordinator.drive(payment);
    },
    available: async (side, name) => (await side.ledger.balance(wallet(side.code, name)))!.availableMinor,
    async expectSums() {
      const sums = new Map<string, bigint>();
      for (const side of world.sides) {
        let sum = 0n;
        for (const name of ['payer', 'payee', 'suspense']) {
          const balance = (await side.ledger.balance(wallet(side.code, name)))!;
          sum += balance.availableMinor + balance.heldMinor;
        }
        sums.set(side.code, sum);
      }
      return sums;
    },
  };
  for (const [i, code] of codes.entries())
    await addSide(world, code as LedgerCode, SUITES[i % SUITES.length]!, stores[code]);
  for (const side of world.sides) await side.jurisdiction.recover();
  return world;
}

/** The jurisdiction as it is now, also after a restart; out of reach when the caller is dead. */
export function live(side: Side, isDead: () => boolean = () => false): JurisdictionPort {
  const reach = <T>(call: () => Promise<T>): Promise<T> => (isDead() ? new Promise<T>(() => {}) : call());
  return {
    ledger: side.code,
    resolveAccounts: (questions) => reach(() => side.jurisdiction.resolveAccounts(questions)),
    markFaults: (questions) => reach(() => side.jurisdiction.markFaults(questions)),
    prepare: (items) => reach(() => side.jurisdiction.prepare(items)),
    deliver: (items) => reach(() => side.jurisdiction.deliver(items)),
    cancel: (items) => reach(() => side.jurisdiction.cancel(items)),
    query: (items) => reach(() => side.jurisdiction.query(items)),
  };
}

async function addSide(world: World, code: LedgerCode, suite: SuiteName, stores: SideStores = {}): Promise<void> {
  const signatures = { ledger: 0, coSigner: 0 };
  const makeKey = (role: PvpKeyRecord['role']): Signer => {
    const pair = generateKeyPair(suite, bytes);
    const keyId = `${code}-${role}`;
    const { publicKey } = pair;
    world.keys.set(keyId, { keyId, owner: code, suite, publicKey, validFrom: 0, validTo: null, role });
    return createSigner(keyId, suite, pair.secretKey);
  };
  const ledgerKey = makeKey('ledger');
  const signerStore = stores.signerStore ?? createMemorySignerStore();
  const side = {
    ...{ code, currency: CURRENCIES[code]!, signatures, signerStore },
    notaryKey: ledgerKey,
    ledgerSigner: counting(ledgerKey, () => {
      signatures.ledger += 1;
    }),
    coSignerKey: counting(makeKey('cosigner'), () => {
      signatures.coSigner += 1;
    }),
    ledgerStore: stores.ledgerStore ?? createMemoryStore(),
    ...{
      retiredKeys: [],
      fault: () => {},
      oracleIsAway: false,
      clockShiftMs: 0,
      checked: [] as LegCheckItem[],
      refuse: () => null,
    },
  } as unknown as Side;
  await fund(await openLedger(side, world, side.notaryKey), world, code, true);
  world.sides.push(side);
  await start(world, side);
}

const clockOf = (world: World, side: Side): Clock => ({ now: () => world.time.clock.now() + side.clockShiftMs });

/** Builds the process state of one jurisdiction on its stores. */
async function start(world: World, side: Side): Promise<void> {
  const { timers } = world.time;
  const clock = clockOf(world, side);
  const plain = await openLedger(side, world, side.notaryKey);
  side.ledger = faulty(plain, side);
  const { clockErrorMs } = DEFAULT_TIMES;
  const monotonic = { elapsedMs: () => world.time.clock.now() - T0 };
  const clockProof = world.provesClocks ? createClockProof({ clock, monotonic, clockErrorMs }) : undefined;
  side.coSigner = createCoSigner({
    ledger: side.code,
    store: faultyStore(side.signerStore, () => side),
    signers: [side.coSignerKey, ...side.retiredKeys],
    clock,
    clockErrorMs,
    clockIsTrusted: () => !clockProof || clockProof.isTrusted(),
  });
  const peers = new Map<LedgerCode, PeerPort>();
  for (const code of Object.keys(CURRENCIES) as LedgerCode[]) {
    if (code === side.code) continue;
    peers.set(code, {
      async query(items) {
        const peer = world.side(code);
        if (world.partitioned || !peer) throw new Error('partitioned');
        return (world.answers.get(code) ?? peer.jurisdiction.query)(items);
      },
    });
  }
  side.jurisdiction = createJurisdiction({
    ...{
      ledger: side.ledger,
      coSigner: side.coSigner,
      ledgerSigner: side.ledgerSigner,
      clock,
      timers,
      monotonic,
      peers,
    },
    verifier: createVerifier(world.register),
    suspenseWallet: wallet(side.code, 'suspense'),
    times: DEFAULT_TIMES,
    alarm: { raise: (alarm) => world.alarms.push(alarm) },
    ...(clockProof ? { clockProof } : {}),
    verifyLedger: async () => side.fault('verify ledger'),
    halts: {
      isQuiet: () => side.halted === undefined,
      check: async (terms) => terms.map(() => side.halted ?? null),
    },
    legCheck: {
      check: async (items) => {
        side.checked.push(...items);
        return items.map((item): Result<true, Refusal> => {
          const refused = item.authorisation === 'signed' ? side.refuse(item) : refusal('AUTHORISATION_INVALID');
          return refused ? err(refused) : ok(true);
        });
      },
    },
  });
}

export function termsOf(world: World, pvpId: Uetr): PvpTerms {
  const now = world.time.clock.now();
  return {
    protocolVersion: 1,
    pvpId,
    sourceMessageHash: bytes(32),
    destinationMessageHash: bytes(32),
    legs: world.sides.map(({ code, currency }) => ({
      ...{ ledger: code, debitWallet: wallet(code, 'payer'), creditWallet: wallet(code, 'payee') },
      ...{ amountMinor: AMOUNT, currency, mark: null },
    })),
    quotes: world.sides.slice(1).map(() => ({
      ...{ quoteId: uuid() as QuoteId, quoteHash: bytes(32), providerSignature: bytes(32) },
    })),
    ...deadlines(now, [now + 600_000]),
    coSignerKeyIds: world.sides.map((side) => side.coSignerKey.keyId),
  };
}

export const hashOf = (payment: PvpPayment): Buffer => termsHash(payment.termsBytes);
export const prepareItem = (
  payment: PvpPayment,
  leg: number,
  receipts: Parameters<JurisdictionPort['prepare']>[0][0]['receipts'] = [],
) => ({
  ...{ pvpId: payment.pvpId, termsBytes: payment.termsBytes, receipts },
  ...payment.perLeg[leg]!,
});
