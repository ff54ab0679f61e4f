import fc from 'fast-check';
import type { EventTerms } from '../../../src/ledger/domestic/event.js';
import { type Arrival, VAT_MARK } from '../../../src/ledger/domestic/mark.js';
import type { LedgerCommand, LegMark, MarkPlace } from '../../../src/ledger/types.js';
import { BANK, hash, issue, open, place, release, settle, T0, transfer, w } from '../support.js';
import { TREASURY } from './agreements.js';
import { expire, happened, hold, refused, register, registerProvider, state, termsOfSale } from './event-support.js';
import {
  AGREEMENT_OF,
  CUSTOMERS,
  type Family,
  type InvoiceId,
  type Model,
  partsOf,
  plain,
  refundOf,
  split,
  under,
} from './model.js';

/** Families of commands: which there are, and what each does to the model when the ledger has accepted it. */

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
      ...{ kind: 'registerAgreement', by: TREASURY, agreementId: 'a2', markId: 'pact', payer: w('a'), payee: w('c') },
      ...{ transferMaxMinor: 25n, withdrawalMaxMinor: 0n, expiresAt: T0 + 1_000_000 },
    },
    {
      ...{ kind: 'setAttribute', by: BANK, reference: 'attr1', subject: 'wallet:c', name: 'licence', value: 'x' },
      ...{ validFrom: 0, validTo: null },
    },
    ...(['pact', 'road'] as const).map((markId): LedgerCommand => {
      const amountMinor = { pact: 90n, road: 60n }[markId];
      return { kind: 'mark', by: TREASURY, reference: `start-${markId}`, walletId: w('a'), markId, amountMinor };
    }),
    {
      ...{ kind: 'spend', reference: 'start', debitWallet: w('a'), creditWallet: w('b'), markId: 'pact', markLevel: 0 },
      ...{ agreementId: 'a1', amountMinor: 30n },
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
        if (!model.once(command.reference)) return true;
        model.move(under('b', 'pact', 0), plain('b'), command.amountMinor);
        model.agreements.a1.withdrawn += command.amountMinor;
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
        if (markId === 'pact') model.agreements.a1.transferred += amountMinor;
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
  { eventId: 'e5', debitWallet: w('a'), amountMinor: 31n, mode: 'unlimited' as const, markId: 'pact', markLevel: 0 },
  { eventId: 'e6', debitWallet: w('a'), amountMinor: 20n, mode: 'single' as const, markId: 'pact', markLevel: 0 },
].map((more, i) => {
  const to = { road: [ROUTE[more.markLevel ?? 0]?.[0] ?? ''], pact: ['b', 'c'] }[more.markId ?? ''] ?? ['b', 'c'];
  const receivers = to.map((id, n) => ({
    ...{ walletId: w(id), parts: n === 0 ? 2n : 1n },
    ...(more.markId === 'pact' && { agreementId: AGREEMENT_OF[id as 'b'] }),
  }));
  return termsOfSale({ ...more, receivers, expiresAt: T0 + 15 + i });
});
const terms = fc.constantFrom(...TERMS);
const sequence = fc.constantFrom(1, 1, 1, 2, 3);

/** Pays a release out, of what is held under agreements in proportion to that. */
function payOut(model: Model, event: EventTerms, minor: bigint): void {
  const { eventId, markId, markLevel, receivers } = event;
  const heldFor = model.heldFor.get(eventId);
  const level = heldFor ? 0 : markLevel! + 1;
  for (const [i, share] of split(minor, heldFor ?? receivers.map(({ parts }) => parts)).entries()) {
    const { walletId } = receivers[i]!;
    model.add(markId === null ? plain(walletId) : under(walletId, markId, level), share);
    if (!heldFor) continue;
    heldFor[i]! -= share;
    const agreement = model.agreements[AGREEMENT_OF[walletId as 'b' | 'c']];
    agreement.held -= share;
    agreement.transferred += share;
  }
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
      if (markId !== 'pact') return true;
      const heldFor = split(
        event.amountMinor,
        event.receivers.map(({ parts }) => parts),
      );
      model.heldFor.set(eventId, heldFor);
      for (const [i, { walletId }] of event.receivers.entries())
        model.agreements[AGREEMENT_OF[walletId as 'b' | 'c']].held += heldFor[i]!;
      return true;
    }
    if (!held) return true;
    const back = (): void => {
      model.add(from, held.left);
      model.held.delete(eventId);
      for (const [i, minor] of (model.heldFor.get(eventId) ?? []).entries())
        model.agreements[AGREEMENT_OF[event.receivers[i]!.walletId as 'b' | 'c']].held -= minor;
      model.heldFor.delete(eventId);
    };
    if (command.kind === 'expireEvent') {
      back();
      return true;
    }
    const { statement } = command;
    const wanted = model.decisions.get(eventId) ?? 1;
    if (now >= event.expiresAt || statement.sequence !== wanted || statement.amountMinor > held.left) return true;
    model.decisions.set(eventId, wanted + 1);
    if (statement.kind === 'happened') payOut(model, event, statement.amountMinor);
    held.left -= statement.amountMinor;
    if (statement.kind === 'refused' || event.mode === 'single' || held.left === 0n) back();
    return true;
  },
};

const UNDER_A1 = { agreementId: 'a1', markId: 'pact' };
const PARTIES = { sellerWallet: w('b'), buyerWallet: w('a') };
/** Ordinary money pays the first, the second is paid under an agreement. */
const agreementOf = (invoiceId: string) => (invoiceId === 'n2' ? { agreement: UNDER_A1 } : {});

const invoices: Family = {
  setup: [
    mark(VAT_MARK, { by: 'vat', taxWallet: w('state') }),
    {
      ...{ kind: 'registerInvoice', invoiceId: 'n1', form: 'invoice', ...PARTIES },
      ...{ total: { netMinor: 80n, vatMinor: 20n }, contractId: null },
    },
  ],
  commands: fc.oneof(
    fc.tuple(reference('v'), amount, fc.constantFrom('n1', 'n2', 'n2')).map(
      ([ref, amountMinor, invoiceId]): LedgerCommand => ({
        ...{ kind: 'payInvoice', reference: ref, invoiceId, ...PARTIES, ...agreementOf(invoiceId), amountMinor },
      }),
    ),
    fc.tuple(reference('y'), amount).map(
      ([ref, amountMinor]): LedgerCommand => ({
        ...{ kind: 'refundInvoice', reference: ref, invoiceId: 'n2', ...PARTIES, ...agreementOf('n2'), amountMinor },
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
    if (command.kind !== 'payInvoice' && command.kind !== 'refundInvoice') return false;
    if (!model.once(command.reference)) return true;
    const { due, paid } = model.invoices[command.invoiceId as InvoiceId];
    const { a1 } = model.agreements;
    const isRefund = command.kind === 'refundInvoice';
    const { net, vat } = partsOf(isRefund ? paid : due, command.amountMinor);
    const back = isRefund ? refundOf(model, net, vat) : null;
    const sign = isRefund ? -1n : 1n;
    [due.net, due.vat, paid.net, paid.vat] = [
      ...[due.net - sign * net, due.vat - sign * vat, paid.net + sign * net, paid.vat + sign * vat],
    ] as [bigint, bigint, bigint, bigint];
    if (command.invoiceId === 'n2') [a1.transferred, a1.vat] = [a1.transferred + sign * net, a1.vat + sign * vat];
    const at = (id: string): string => (command.invoiceId === 'n2' ? under(id, 'pact', 0) : plain(id));
    if (!back) {
      model.move(at('a'), at('b'), net);
      model.move(at('a'), under('b', VAT_MARK, 0), vat);
      return true;
    }
    a1.withdrawn -= back.putBack;
    model.move(at('b'), at('a'), back.project);
    model.move(plain('b'), at('a'), back.ordinary);
    model.move(under('b', VAT_MARK, 0), at('a'), back.given);
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

const AGREED_INVOICE: LedgerCommand = {
  ...{ kind: 'registerInvoice', invoiceId: 'n2', form: 'invoice', ...PARTIES, agreement: UNDER_A1 },
  ...{ total: { netMinor: 50n, vatMinor: 10n }, contractId: null },
};

export const SETUP: readonly LedgerCommand[] = [
  ...CUSTOMERS.map((id) => open(id)),
  open('bank', 'settlement'),
  open('state', 'treasury', TREASURY),
  ...CUSTOMERS.map((id) => issue(`start-${id}`, id, 200n)),
  ...FAMILIES.flatMap(({ setup }) => setup),
  AGREED_INVOICE,
];
export const anyCommand: fc.Arbitrary<LedgerCommand> = fc.oneof(...FAMILIES.map(({ commands }) => commands));

export function applyToModel(model: Model, command: LedgerCommand, now: number): void {
  FAMILIES.some(({ effect }) => effect(model, command, now));
}

const paysUnder = (kind: 'payInvoice' | 'refundInvoice', ref: string, amountMinor: bigint): LedgerCommand => ({
  ...{ kind, reference: ref, invoiceId: 'n2', ...PARTIES, agreement: UNDER_A1, amountMinor },
});
/** Commands of which some are refused by what random ones seldom come to. */
export const SELDOM: readonly LedgerCommand[] = [
  place('p9', 'a', 'b', 1n, { conditionHash: hash(2), rebuild: { heldAt: T0, suspenseWallet: w(SUSPENSE) } }),
  place('p9', 'a', 'b', 1n),
  paysUnder('payInvoice', 'seldom-1', 20n),
  {
    ...{ kind: 'unmark', by: TREASURY, reference: 'seldom-2', walletId: w('b'), markId: 'pact', markLevel: 0 },
    amountMinor: 47n,
  },
  paysUnder('refundInvoice', 'seldom-3', 20n),
  {
    ...{
      kind: 'spend',
      reference: 'seldom-4',
      debitWallet: w('a'),
      creditWallet: w('b'),
      markId: 'pact',
      markLevel: 0,
    },
    ...{ agreementId: 'a1', amountMinor: 40n },
  },
  paysUnder('payInvoice', 'seldom-5', 20n),
  ...TERMS.filter(({ eventId }) => eventId === 'e5').map(hold),
];
