import type { LedgerCode, QuoteId, Uetr } from '../src/kernel/ids.js';
import { holdOfEvent, type Statement, statementBytes, stateOf } from '../src/ledger/domestic/event.js';
import { pocketKey } from '../src/ledger/model.js';
import { createNotary } from '../src/ledger/notary.js';
import { createOracle } from '../src/ledger/oracle.js';
import type { Ledger, LedgerCommand } from '../src/ledger/types.js';
import { createLedger } from '../src/ledger/writer.js';
import { type Deed, type EventDeed, PROVIDER } from '../src/pvp/simulation/deeds.js';
import {
  identityOf,
  MARK,
  PROVIDERS,
  signStatement,
  TREASURY_BIC,
  termsOfDeed,
  walletOf,
} from '../src/pvp/simulation/domestic.js';
import { createDomesticWatch } from '../src/pvp/simulation/domestic-watch.js';
import { createSimulatedSigner } from '../src/pvp/simulation/keys.js';
import type { Mutant } from '../src/pvp/simulation/mutants.js';
import { oracleKeyId } from '../src/pvp/simulation/oracle-machine.js';
import { createRandom } from '../src/pvp/simulation/random.js';
import { STARTS_AT, setUpOf } from '../src/pvp/simulation/set-up.js';
import { createLedgerImage, type LedgerImage, type Step } from '../src/pvp/simulation/stores.js';
import { encodeTerms, PROTOCOL_VERSION, termsHash } from '../src/pvp/terms.js';

/**
 * Every order of everything that is asked of one ledger about marked money, an event that it is held for, and a leg that
 * it pays: by the product's writer, oracle and notary. A writer is new for each step, as after a crash, or is one that
 * lives while a failover loses its last block.
 */
export interface DomesticExploration {
  readonly states: number;
  readonly transitions: number;
  readonly fault: { readonly fault: string; readonly steps: readonly string[] } | null;
}

const CODE = 'KZ' as LedgerCode;
const IDENTITY = identityOf(CODE);
const PVP_ID = '0b5b8b52-6f3c-4f39-9d2e-2b8f3a1c7d10' as Uetr;
const EXPIRES_AFTER_MS = 1_000;

const eventDeed = (id: number, level: number | null): Deed & EventDeed => ({
  ...{ id, at: 0, ledger: CODE, kind: 'event', from: 0, to: [2], level, amountMinor: 2n },
  ...{ mode: 'unlimited', threshold: 1, expiresAfterMs: EXPIRES_AFTER_MS },
});
const EVENT = termsOfDeed(eventDeed(1, 1), STARTS_AT);
/** Another provider has spoken of it; nothing is held for it. */
const OTHER = termsOfDeed(eventDeed(2, null), STARTS_AT);
const says = (kind: Statement['kind'], sequence: number, amountMinor: bigint, provider = 0): Statement => ({
  ...{
    providerId: PROVIDERS[provider]!.providerId,
    sequence,
    kind,
    amountMinor,
    reason: kind === 'refused' ? 'no' : null,
  },
});
/** Bytes of all that the provider signs. */
const SAID = new Set<string>();
function stated(statement: Statement, of = EVENT, isForged = false): LedgerCommand {
  if (!isForged) SAID.add(statementBytes(IDENTITY, of, statement).toString('latin1'));
  return {
    ...{ kind: 'stateEvent', terms: EVENT, statement: signStatement(IDENTITY, of, statement, isForged) },
  };
}

const NOTHING = new Uint8Array(32);
const LEG = {
  ...{ ledger: CODE, debitWallet: walletOf(CODE, 0), creditWallet: walletOf(CODE, PROVIDER), amountMinor: 5n },
  ...{ currency: IDENTITY.currency, mark: { side: 'debit', markId: MARK, markLevel: 1 } as const },
};
const TERMS = encodeTerms({
  ...{ protocolVersion: PROTOCOL_VERSION, pvpId: PVP_ID, sourceMessageHash: NOTHING, destinationMessageHash: NOTHING },
  legs: [LEG, { ...LEG, ledger: 'CN' as LedgerCode, currency: 'CNY', mark: null }],
  quotes: [{ quoteId: PVP_ID as string as QuoteId, quoteHash: NOTHING, providerSignature: new Uint8Array(64) }],
  ...{ prepareBy: STARTS_AT, voteBy: STARTS_AT + 1, coSignerKeyIds: ['KZ-cosigner', 'CN-cosigner'] },
});
const ofLeg = { conditionRef: PVP_ID, conditionHash: termsHash(TERMS) };
const { debitWallet, creditWallet, amountMinor, mark } = LEG;

const spend = (reference: string, from: number, to: number): LedgerCommand => ({
  ...{ kind: 'spend', reference, debitWallet: walletOf(CODE, from), creditWallet: walletOf(CODE, to), markId: MARK },
  ...{ markLevel: 1, amountMinor: 3n },
});

/** What may be asked at any time and any number of times. */
const ASKED: readonly (readonly [what: string, command: LedgerCommand])[] = [
  ['hold for the event', { kind: 'holdForEvent', terms: EVENT }],
  ['happened 1, a part', stated(says('happened', 1, 1n))],
  ['happened 1, the whole', stated(says('happened', 1, 2n))],
  ['happened 2, the rest', stated(says('happened', 2, 1n))],
  ['refused 1', stated(says('refused', 1, 0n))],
  ['refused 2', stated(says('refused', 2, 0n))],
  ['a statement of another event', stated(says('happened', 1, 2n, 1), OTHER)],
  ['a forged statement', stated(says('happened', 1, 2n), EVENT, true)],
  ['expire', { kind: 'expireEvent', terms: EVENT }],
  ['spend along the route', spend('along', 0, 2)],
  ['spend off the route', spend('off', 0, 4)],
  ['merge', { kind: 'consolidate', walletId: debitWallet, mark: { markId: MARK, markLevel: 1 }, inputCountMax: 4 }],
  [
    'unmark',
    {
      kind: 'unmark',
      by: TREASURY_BIC,
      reference: 'unmark',
      walletId: debitWallet,
      markId: MARK,
      markLevel: 1,
      amountMinor: 3n,
    },
  ],
  [
    'hold the leg',
    {
      kind: 'placeHold',
      conditionKind: 'pvp',
      ...ofLeg,
      debitWallet,
      creditWallet,
      amountMinor,
      mark,
      lapseAt: STARTS_AT,
      data: TERMS,
    },
  ],
  ['settle the leg', { kind: 'settleHold', ...ofLeg, evidence: new Uint8Array(1) }],
  ['release the leg', { kind: 'releaseHold', ...ofLeg, reason: 'CANCELLED', evidence: new Uint8Array(1) }],
];

interface Place {
  readonly code: string;
  readonly history: readonly Step[];
  /** The ledger's and its oracle's clock. */
  readonly now: number;
  readonly steps: readonly string[];
}

/** Breadth first: the first fault found has the shortest way to it. */
export async function exploreDomestic(mutant: Mutant | null): Promise<DomesticExploration> {
  const faults: string[] = [];
  const watch = createDomesticWatch({
    ledgers: [CODE],
    events: new Map([EVENT, OTHER].map((terms) => [holdOfEvent(terms.eventId), terms])),
    said: SAID,
    clockError: () => 0,
    fail: (invariant, detail) => void faults.push(`${invariant}: ${detail}`),
  });
  const world = { mutant, watch, faults };
  const { history } = await setUpOf(CODE, createRandom('exploration'));
  const first = await opened(world, { history, now: STARTS_AT });
  for (const terms of [EVENT, OTHER]) await first.ledger.submit({ kind: 'registerEvent', terms });
  const start = {
    history: first.image.history(),
    now: STARTS_AT,
    steps: [],
    code: await codeOf(first.image, STARTS_AT),
  };
  const found = new Map<string, Place>([[start.code, start]]);
  const counts = { transitions: 0 };
  for (const place of found.values()) {
    const made = await stepsFrom(world, place, counts);
    const [fault] = faults;
    if (fault) return { states: found.size, ...counts, fault: { fault, steps: made.at(-1)!.steps } };
    for (const next of made) if (!found.has(next.code)) found.set(next.code, next);
  }
  return { states: found.size, ...counts, fault: null };
}

interface World {
  readonly mutant: Mutant | null;
  readonly watch: ReturnType<typeof createDomesticWatch>;
  readonly faults: string[];
}

interface Open {
  readonly image: LedgerImage;
  readonly ledger: Ledger;
}

/** A new process on what the database has. */
async function opened({ mutant, watch }: World, { history, now }: Pick<Place, 'history' | 'now'>): Promise<Open> {
  let isRestored = false;
  const image = createLedgerImage((commit) => {
    if (isRestored) watch.committed(CODE, commit);
  });
  await image.restore(history);
  isRestored = true;
  watch.lost(CODE, image.commits());
  const clock = { now: () => now };
  const store = image.client({ isOver: false }, AT_ONCE, false);
  const real = createOracle({
    ledger: { ...IDENTITY, openBlock: mutant?.openBlock },
    ...{ store, clock, signer: createSimulatedSigner(oracleKeyId(CODE)) },
  });
  const written = await createLedger({
    ...{ store, clock, ...IDENTITY, accountKey: new Uint8Array(32), consolidation: null },
    notary: (from) => createNotary(IDENTITY, createSimulatedSigner(`${CODE}-ledger`), from),
    oracle: mutant?.oracle?.(real) ?? real,
    openBlock: mutant?.openBlock,
  });
  return { image, ledger: mutant?.ledger?.(written) ?? written };
}

const AT_ONCE = {
  trouble: { slow: 1, full: false, down: false, unknownRate: 0 },
  read: <T>(_life: unknown, _what: string, operation: () => Promise<T>) => operation(),
  write: <T>(_life: unknown, _what: string, operation: () => Promise<T>) => operation(),
};

async function stepsFrom(world: World, place: Place, counts: { transitions: number }): Promise<Place[]> {
  const made: Place[] = [];
  const add = async ({ image }: Open, what: string, now = place.now): Promise<Place> => {
    const steps = [...place.steps, what];
    const next = { history: image.history(), now, steps, code: await codeOf(image, now) };
    made.push(next);
    return next;
  };
  let open = await opened(world, place);
  const isLate = place.now > STARTS_AT;
  await add(open, isLate ? 'the clock goes back' : 'time goes on', isLate ? STARTS_AT : STARTS_AT + EXPIRES_AFTER_MS);
  for (const [what, command] of ASKED) {
    counts.transitions += 1;
    const before = open.image.commits().length;
    await open.ledger.submit(command);
    if (open.image.commits().length === before) continue;
    const next = await add(open, what);
    if (world.faults.length > 0) return made;
    await losesLast(world, place, next, open);
    if (world.faults.length > 0) return made;
    open = await opened(world, place);
  }
  return made;
}

/** The database loses the block; its writer lives on, and does once more what it can. What comes of it is the same. */
async function losesLast(world: World, place: Place, next: Place, { image, ledger }: Open): Promise<void> {
  await image.lose(1);
  world.watch.lost(CODE, image.commits());
  const [, command] = ASKED.find(([what]) => what === next.steps.at(-1))!;
  // The first answer after the loss may be that nobody knows; what is asked again is answered by what is there.
  for (let attempt = 0; attempt < 2; attempt += 1) await ledger.submit(command).catch(() => undefined);
  const code = await codeOf(image, place.now);
  if (code !== next.code) world.faults.push(`after a lost block: ${code} instead of ${next.code}`);
}

/** What later steps depend on. Evidence that was kept is not told apart. */
async function codeOf(image: LedgerImage, now: number): Promise<string> {
  const store = image.store();
  const pockets = await store.pocketsOfMark(MARK, null, 100);
  const [leg] = await store.holds([PVP_ID]);
  const [entry] = await store.entries([{ kind: 'event', entryId: EVENT.eventId }]);
  const { phase, sequence, remainingMinor } = stateOf(entry!);
  const wallets = await store.wallets([0, 2, 4, PROVIDER].map((person) => walletOf(CODE, person)));
  return [
    ...[now - STARTS_AT, phase, sequence, remainingMinor, leg?.state ?? 'NONE'],
    ...pockets.map((row) => `${pocketKey(row)} ${row.amountMinor}`).sort(),
    ...wallets.map(({ availableMinor, heldMinor }) => `${availableMinor}/${heldMinor}`),
  ].join('; ');
}
