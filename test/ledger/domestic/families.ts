import fc from 'fast-check';
import type { EventTerms } from '../../../src/ledger/domestic/event.js';
import { type Arrival, VAT_MARK } from '../../../src/ledger/domestic/mark.js';
import type { LedgerCommand, LegMark, MarkPlace } from '../../../src/ledger/types.js';
import { BANK, bic, hash, issue, open, place, release, settle, T0, transfer, w } from '../support.js';
import { expire, happened, hold, refused, register, registerProvider, state, termsOfSale } from './event-support.js';

/**
 * The domestic ledger once more, as plainly as can be: what is in each wallet under each mark at each level, and what is
 * held. Each family says what its commands do to that when the ledger has accepted one.
 */
export const CUSTOMERS = ['a', 'b', 'c'];
export const WALLETS = [...CUSTOMERS, 'bank', 'state'];
const TREASURY = bic('TRSYKZ20');

/** A model of the whole ledger: minor units by `wallet mark level`, where unmarked money is `wallet - -`. */
export class Model {
  readonly pockets = new Map<string, bigint>();
  readonly held = new Map<string, { readonly from: string; readonly to: string | null; left: bigint }>();
  /** Of each event: the number of the decision that is waited for. */
  readonly decisions = new Map<string, number>();
  readonly approvals = new Map<string, Set<string>>();
  invoice = { net: 80n, vat: 20n };
  supply = 0n;
  /** Of each payment the terms that count. */
  readonly terms = new Map<string, number>();
  /** References and holds that had their effect. */
  readonly done = new Set<string>();

  add(pocket: string, minor: bigint): void {
    const after = (this.pockets.get(pocket) ?? 0n) + minor;
    if (after < 0n) throw new Error(`the ledger accepted what leaves ${after} in ${pocket}`);
    this.pockets.set(pocket, after);
  }
  move(from: string, to: string, minor: bigint): void {
    this.add(from, -minor);
    this.add(to, minor);
  }
  once(key: string): boolean {
    return !this.done.has(key) && Boolean(this.done.add(key));
  }
}

export const plain = (walletId: string): string => `${walletId} - -`;
export const under = (walletId: string, markId: string, level: number): string => `${walletId} ${markId} ${level}`;

interface Family {
  /** What is registered before anything else. */
  readonly setup: readonly LedgerCommand[];
  readonly commands: fc.Arbitrary<LedgerCommand>;
  /** What an accepted command does, at block time `now`; false: it is of another family. */
  readonly effect: (model: Model, command: LedgerCommand, now: number) => boolean;
}

const wallet = fc.constantFrom(...CUSTOMERS);
const amount = fc.bigInt({ min: 1n, max: 60n });
const reference = (prefix: string) => fc.integer({ min: 1, max: 400 }).map((n) => `${prefix}${n}`);

const money: Family = {
  setup: [],
  commands: fc.oneof(
    fc.tuple(reference('i'), wallet, amount).map((args) => issue(...args)),
    fc.tuple(reference('t'), wallet, wallet, amount).map((args) => transfer(...args)),
    fc
      .tuple(wallet, fc.constantFrom(undefined, { markId: 'road', markLevel: 1 }, { markId: VAT_MARK, markLevel: 0 }))
      .map(
        ([id, mark]): LedgerCommand => ({
          kind: 'consolidate',
          walletId: w(id),
          ...(mark && { mark }),
          inputCountMax: 3,
        }),
      ),
  ),
  effect: (model, command) => {
    if (command.kind === 'consolidate') return true;
    if (command.kind === 'issue' && model.once(command.reference)) {
      model.add(plain(command.creditWallet), command.amountMinor);
      model.supply += command.amountMinor;
    }
    if (command.kind === 'transfer' && model.once(command.reference))
      model.move(plain(command.debitWallet), plain(command.creditWallet), command.amountMinor);
    return command.kind === 'issue' || command.kind === 'transfer';
  },
};

/**
 * Money under `road` goes from anybody to b, then to c, who spends it freely, and may leave the country that way; under
 * `pact` and `food` it goes by other rules, and stays. What comes from elsewhere may be marked by two of them.
 */
export const ROUTE = [['b'], ['c']];
const ARRIVALS: Readonly<Record<string, readonly Arrival[]>> = {
  road: [
    { walletId: w('a'), markLevel: 0 },
    { walletId: w('c'), markLevel: 2 },
  ],
  pact: [{ walletId: w('a'), markLevel: 0 }],
};
const mark = (markId: string, rule: Extract<LedgerCommand, { kind: 'registerMark' }>['rule']): LedgerCommand => ({
  ...{ kind: 'registerMark', by: TREASURY, markId, crossBorder: markId === 'road', rule },
  arrivals: ARRIVALS[markId] ?? [],
});
const MARKS = ['road', 'pact', 'food'];
const level = fc.integer({ min: 0, max: 2 });

const marks: Family = {
  setup: [
    mark('road', { by: 'addresses', levels: ROUTE.map((wallets) => wallets.map(w)) }),
    mark('pact', { by: 'agreement' }),
    mark('food', {
      ...{ by: 'criteria', levels: [[{ name: 'licence', oneOf: null }]], purposes: [], returnWallet: w('state') },
      ...{ validFrom: 0, validTo: T0 + 1_000_000 },
    }),
    {
      ...{ kind: 'registerAgreement', by: TREASURY, agreementId: 'a1', markId: 'pact', payer: w('a'), payee: w('b') },
      ...{ transferMaxMinor: 100n, withdrawalMaxMinor: 60n, expiresAt: T0 + 1_000_000 },
    },
    {
      ...{ kind: 'setAttribute', by: BANK, reference: 'attr1', subject: 'wallet:c', name: 'licence', value: 'x' },
      ...{ validFrom: 0, validTo: null },
    },
    ...['pact', 'road'].map(
      (markId): LedgerCommand => ({
        ...{ kind: 'mark', by: TREASURY, reference: `start-${markId}`, walletId: w('a'), markId, amountMinor: 60n },
      }),
    ),
    {
      ...{ kind: 'spend', reference: 'start', debitWallet: w('a'), creditWallet: w('b'), markId: 'pact', markLevel: 0 },
      ...{ agreementId: 'a1', amountMinor: 50n },
    },
  ],
  commands: fc.oneof(
    fc.tuple(reference('m'), wallet, fc.constantFrom(...MARKS), amount).map(
      ([ref, id, markId, minor]): LedgerCommand => ({
        ...{ kind: 'mark', by: TREASURY, reference: ref, walletId: w(id), markId, amountMinor: minor },
      }),
    ),
    fc.tuple(reference('u'), wallet, fc.constantFrom(...MARKS), level, amount).map(
      ([ref, id, markId, markLevel, minor]): LedgerCommand => ({
        ...{ kind: 'unmark', by: TREASURY, reference: ref, walletId: w(id), markId, markLevel, amountMinor: minor },
      }),
    ),
    fc.tuple(reference('s'), wallet, wallet, level, amount, fc.constantFrom('road', 'road', 'pact', 'food')).map(
      ([ref, from, to, markLevel, minor, markId]): LedgerCommand => ({
        ...{ kind: 'spend', reference: ref, debitWallet: w(from), creditWallet: w(to), markId, amountMinor: minor },
        markLevel: markId === 'road' ? markLevel : 0,
        ...(markId === 'pact' && { agreementId: 'a1' }),
        ...(markId === 'food' && { attributes: [`wallet:${to}/licence`, `owner:${BANK}/licence`] }),
      }),
    ),
    fc.tuple(reference('w'), amount).map(
      ([ref, minor]): LedgerCommand => ({
        ...{
          kind: 'withdraw',
          reference: ref,
          agreementId: 'a1',
          markId: 'pact',
          walletId: w('b'),
          amountMinor: minor,
        },
      }),
    ),
  ),
  effect: (model, command) => {
    switch (command.kind) {
      case 'mark':
        if (model.once(command.reference))
          model.move(plain(command.walletId), under(command.walletId, command.markId, 0), command.amountMinor);
        return true;
      case 'unmark':
        if (model.once(command.reference)) {
          const { walletId, markId, markLevel } = command;
          model.move(under(walletId, markId, markLevel), plain(walletId), command.amountMinor);
        }
        return true;
      case 'withdraw':
        if (model.once(command.reference)) model.move(under('b', 'pact', 0), plain('b'), command.amountMinor);
        return true;
      case 'spend': {
        if (!model.once(command.reference)) return true;
        const { debitWallet, creditWallet, markId, markLevel, amountMinor } = command;
        const to = {
          road: markLevel >= ROUTE.length ? plain(creditWallet) : under(creditWallet, 'road', markLevel + 1),
          pact: under(creditWallet, 'pact', 0),
          food: plain(creditWallet),
        }[markId]!;
        const isAllowed = markId === 'road' ? (ROUTE[markLevel] ?? CUSTOMERS).includes(creditWallet) : true;
        if (
          !isAllowed ||
          (markId === 'pact' && `${debitWallet}${creditWallet}` !== 'ab') ||
          (markId === 'food' && creditWallet !== 'c')
        )
          throw new Error('the ledger accepted what the mark forbids');
        model.move(under(debitWallet, markId, markLevel), to, amountMinor);
        return true;
      }
      default:
        return false;
    }
  },
};

const legMark: fc.Arbitrary<LegMark | null> = fc.oneof(
  fc.constant(null),
  fc.record({
    side: fc.constant('debit' as const),
    markId: fc.constantFrom('road', 'road', 'road', 'pact', 'food'),
    markLevel: level,
  }),
  fc.record({ side: fc.constant('credit' as const), markId: fc.constantFrom('road', 'pact', 'food') }),
);
export const SUSPENSE = 'c';
/** Of a payment there may be two terms, when a ledger that lost something is put right. */
const legHash = fc.constantFrom(hash(1), hash(1), hash(2));

/** Where the money of a leg is once it is paid; undefined where its mark forbids that. */
export function arrivalOf({
  mark: asked,
  creditWallet,
}: {
  mark: LegMark | null;
  creditWallet: string;
}): string | undefined {
  if (asked === null) return plain(creditWallet);
  if (asked.side === 'credit') {
    const arrival = ARRIVALS[asked.markId]?.find(({ walletId }) => walletId === creditWallet);
    return arrival && under(creditWallet, asked.markId, arrival.markLevel);
  }
  if (asked.markId !== 'road' || !(ROUTE[asked.markLevel] ?? CUSTOMERS).includes(creditWallet)) return undefined;
  return asked.markLevel >= ROUTE.length ? plain(creditWallet) : under(creditWallet, 'road', asked.markLevel + 1);
}

const pvp: Family = {
  setup: [],
  commands: fc.oneof(
    fc
      .tuple(reference('p'), wallet, wallet, amount, legMark, legHash, fc.constantFrom(false, false, true))
      .map(([ref, from, to, minor, asked, conditionHash, isRebuild]) =>
        place(short(ref), from, to, minor, {
          ...{ mark: asked, conditionHash: isRebuild ? conditionHash : hash(1) },
          ...(isRebuild && { rebuild: { heldAt: T0, suspenseWallet: w(SUSPENSE) } }),
        }),
      ),
    fc.tuple(reference('p'), legHash).map(([ref, conditionHash]) => settle(short(ref), conditionHash)),
    fc.tuple(reference('p'), legHash).map(([ref, conditionHash]) => release(short(ref), conditionHash)),
  ),
  effect: (model, command) => {
    if (command.kind === 'placeHold') {
      const { conditionRef, conditionHash, debitWallet, creditWallet, amountMinor, mark: asked, rebuild } = command;
      const terms = conditionHash[0]!;
      if (model.terms.get(conditionRef) === terms) return true;
      model.terms.set(conditionRef, terms);
      const replaced = model.held.get(conditionRef);
      if (replaced) model.add(replaced.from, replaced.left);
      const [pocket, to] = [
        asked?.side === 'debit' ? placeOf(debitWallet, asked) : plain(debitWallet),
        arrivalOf(command),
      ];
      if (to === undefined && !rebuild) throw new Error('the ledger accepted what the mark forbids');
      const isPaid = (to !== undefined || asked?.side === 'credit') && (model.pockets.get(pocket) ?? 0n) >= amountMinor;
      const from = isPaid || !rebuild ? pocket : plain(SUSPENSE);
      const isMarked = to !== undefined && (isPaid || asked?.side === 'credit');
      model.add(from, -amountMinor);
      model.held.set(conditionRef, { from, to: isMarked ? to : plain(creditWallet), left: amountMinor });
      return true;
    }
    if (command.kind !== 'settleHold' && command.kind !== 'releaseHold') return false;
    const held = model.held.get(command.conditionRef);
    if (held) model.add(command.kind === 'settleHold' ? held.to! : held.from, held.left);
    model.held.delete(command.conditionRef);
    return true;
  },
};
const placeOf = (walletId: string, { markId, markLevel }: MarkPlace): string => under(walletId, markId, markLevel);
/** Few enough for holds to be met again. */
const short = (ref: string): string => `p${Number(ref.slice(1)) % 6}`;

const TERMS: readonly EventTerms[] = [
  { eventId: 'e1', debitWallet: w('a'), amountMinor: 40n, mode: 'single' as const, markId: null, markLevel: null },
  { eventId: 'e2', debitWallet: w('a'), amountMinor: 50n, mode: 'unlimited' as const, markId: null, markLevel: null },
  { eventId: 'e3', debitWallet: w('a'), amountMinor: 30n, mode: 'unlimited' as const, markId: 'road', markLevel: 0 },
  { eventId: 'e4', debitWallet: w('b'), amountMinor: 20n, mode: 'single' as const, markId: 'road', markLevel: 1 },
].map((more, i) => {
  const to = more.markId === null ? ['b', 'c'] : [ROUTE[more.markLevel]![0]!];
  const receivers = to.map((id, n) => ({ walletId: w(id), parts: n === 0 ? 2n : 1n }));
  return termsOfSale({ ...more, receivers, expiresAt: T0 + 15 + i });
});
const terms = fc.constantFrom(...TERMS);
const sequence = fc.constantFrom(1, 1, 1, 2, 3);

/** Two parts go to the first receiver and one to the second; a unit left over goes to the largest remainder. */
function shares(event: EventTerms, minor: bigint): [string, bigint][] {
  const at = (id: string): string =>
    event.markId === null ? plain(id) : under(id, event.markId, event.markLevel! + 1);
  const [first, second] = event.receivers;
  if (!second) return [[at(first!.walletId), minor]];
  const [whole, rest] = [(2n * minor) / 3n, minor % 3n];
  const more = rest === 1n ? 1n : 0n;
  const toFirst = whole + more;
  return [
    [at(first!.walletId), toFirst],
    [at(second.walletId), minor - toFirst],
  ];
}

const events: Family = {
  setup: [registerProvider('land'), ...TERMS.map(register)],
  commands: fc.oneof(
    terms.map(hold),
    terms.map(hold),
    fc.tuple(terms, amount, sequence).map(([event, minor, n]) => state(event, happened(minor, n))),
    fc.tuple(terms, sequence).map(([event, n]) => state(event, refused('no', n))),
    terms.map(expire),
  ),
  effect: (model, command, now) => {
    if (command.kind !== 'holdForEvent' && command.kind !== 'stateEvent' && command.kind !== 'expireEvent')
      return false;
    const { terms: event } = command;
    const { eventId, debitWallet, markId, markLevel } = event;
    const from = markId === null ? plain(debitWallet) : under(debitWallet, markId, markLevel!);
    const held = model.held.get(eventId);
    if (command.kind === 'holdForEvent') {
      if (!model.once(eventId)) return true;
      model.add(from, -event.amountMinor);
      model.held.set(eventId, { from, to: null, left: event.amountMinor });
      return true;
    }
    if (!held) return true;
    const back = (): void => {
      model.add(from, held.left);
      model.held.delete(eventId);
    };
    if (command.kind === 'expireEvent') {
      back();
      return true;
    }
    const { statement } = command;
    const wanted = model.decisions.get(eventId) ?? 1;
    if (now >= event.expiresAt || statement.sequence !== wanted || statement.amountMinor > held.left) return true;
    model.decisions.set(eventId, wanted + 1);
    for (const [pocket, minor] of statement.kind === 'happened' ? shares(event, statement.amountMinor) : [])
      model.add(pocket, minor);
    held.left -= statement.amountMinor;
    if (statement.kind === 'refused' || event.mode === 'single' || held.left === 0n) back();
    return true;
  },
};

const invoices: Family = {
  setup: [
    mark(VAT_MARK, { by: 'vat', taxWallet: w('state') }),
    {
      ...{ kind: 'registerInvoice', invoiceId: 'n1', form: 'invoice', sellerWallet: w('b'), buyerWallet: w('a') },
      ...{ total: { netMinor: 80n, vatMinor: 20n }, contractId: null },
    },
  ],
  commands: fc.oneof(
    fc.tuple(reference('v'), amount).map(
      ([ref, minor]): LedgerCommand => ({
        ...{ kind: 'payInvoice', reference: ref, invoiceId: 'n1', sellerWallet: w('b'), buyerWallet: w('a') },
        amountMinor: minor,
      }),
    ),
    fc.tuple(reference('x'), amount).map(
      ([ref, minor]): LedgerCommand => ({
        ...{
          kind: 'spend',
          reference: ref,
          debitWallet: w('b'),
          creditWallet: w('state'),
          markId: VAT_MARK,
          markLevel: 0,
        },
        amountMinor: minor,
      }),
    ),
  ),
  effect: (model, command) => {
    if (command.kind === 'spend' && command.markId === VAT_MARK) {
      if (model.once(command.reference)) model.move(under('b', VAT_MARK, 0), plain('state'), command.amountMinor);
      return true;
    }
    if (command.kind !== 'payInvoice') return false;
    if (!model.once(command.reference)) return true;
    const { net, vat } = model.invoice;
    const share = (vat * command.amountMinor) / (net + vat);
    model.invoice = { net: net - (command.amountMinor - share), vat: vat - share };
    model.move(plain('a'), plain('b'), command.amountMinor - share);
    model.move(plain('a'), under('b', VAT_MARK, 0), share);
    return true;
  },
};

const REQUESTED = 50n;
const request = fc.constantFrom('q1', 'q2', 'z1');
const issuance: Family = {
  setup: [],
  commands: fc.oneof(
    request.map(
      (requestId): LedgerCommand => ({
        ...{
          kind: 'requestMoney',
          by: BANK,
          requestId,
          walletId: w('bank'),
          amountMinor: REQUESTED,
          lifeMs: 1_000_000,
        },
        direction: requestId === 'z1' ? 'redemption' : 'issuance',
      }),
    ),
    fc.tuple(request, fc.constantFrom('k1', 'k2')).map(
      ([requestId, keyId]): LedgerCommand => ({
        ...{ kind: 'approveRequest', requestId, keyId, walletId: w('bank') },
      }),
    ),
    fc.tuple(reference('c'), wallet, amount, fc.boolean()).map(
      ([ref, id, minor, isOut]): LedgerCommand => ({
        ...{ kind: 'convert', by: BANK, reference: ref, direction: isOut ? 'toDigital' : 'toNonCash' },
        ...{ bankWallet: w('bank'), clientWallet: w(id), amountMinor: minor, nonCashEntry: ref },
      }),
    ),
  ),
  effect: (model, command) => {
    if (command.kind === 'requestMoney') return true;
    if (command.kind === 'convert') {
      const [from, to] =
        command.direction === 'toDigital'
          ? [command.bankWallet, command.clientWallet]
          : [command.clientWallet, command.bankWallet];
      if (model.once(command.reference)) model.move(plain(from), plain(to), command.amountMinor);
      return true;
    }
    if (command.kind !== 'approveRequest') return false;
    const officers = model.approvals.get(command.requestId) ?? new Set();
    officers.add(command.keyId);
    model.approvals.set(command.requestId, officers);
    if (officers.size < 2 || !model.once(command.requestId)) return true;
    const change = command.requestId === 'z1' ? -REQUESTED : REQUESTED;
    model.add(plain('bank'), change);
    model.supply += change;
    return true;
  },
};

/** A family more is an entry more. An effect is the first family's that knows the command. */
const FAMILIES: readonly Family[] = [money, invoices, marks, pvp, events, issuance];

export const SETUP: readonly LedgerCommand[] = [
  ...CUSTOMERS.map((id) => open(id)),
  open('bank', 'settlement'),
  open('state', 'treasury', TREASURY),
  ...CUSTOMERS.map((id) => issue(`start-${id}`, id, 200n)),
  ...FAMILIES.flatMap(({ setup }) => setup),
];
export const anyCommand: fc.Arbitrary<LedgerCommand> = fc.oneof(...FAMILIES.map(({ commands }) => commands));

export function applyToModel(model: Model, command: LedgerCommand, now: number): void {
  FAMILIES.some(({ effect }) => effect(model, command, now));
}
