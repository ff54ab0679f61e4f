import { ByteReader } from '../kernel/bytes.js';
import { equalBytes } from '../kernel/hash.js';
import type { WalletId } from '../kernel/ids.js';
import { ok } from '../kernel/result.js';
import type { DecodedTransaction } from './canonical.js';
import { paidUnder, withdrawnUnder } from './domestic/agreement.js';
import { attributesAsked, isExpired, routedByCriteria } from './domestic/criteria.js';
import { arrived, departed } from './domestic/crossing.js';
import { eventOfHold, isHoldOfEvent, termsOf } from './domestic/event.js';
import {
  afterPayment,
  afterRefund,
  broughtBack,
  invoiceEntry,
  paymentParts,
  plainPocket,
  refundParts,
  stateOfInvoice,
  termsOfInvoice,
} from './domestic/invoice.js';
import { FIRST_LEVEL, type Mark, markOf, routed, VAT_MARK } from './domestic/mark.js';
import { type SpendDetail, spendDetailOf } from './domestic/marks.js';
import { type Entry, type Pocket, pocketKey, type TransactionKind, type TransactionToken } from './model.js';
import type { RuleView } from './working.js';

/**
 * Marks of the money that a transaction moves, checked again against the rules that the chain has registered before it:
 * a mark disappears only by a spend that its rule permits or where its initiator unmarks, and levels rise along the route.
 */

/** What a transaction changes in one pocket, held money counted with free: above zero came, below zero went. */
interface Flow {
  readonly pocket: Pocket;
  readonly changeMinor: bigint;
}

/** Why the flows of a transaction can't be, or null. Only those that change a pocket are given. */
type FlowRule = (transaction: DecodedTransaction, flows: readonly Flow[], view: RuleView) => string | null;

/** Pockets that a transaction changes, in the order of its tokens. */
export function flowsOf({ inputs, outputs }: Pick<DecodedTransaction, 'inputs' | 'outputs'>): Flow[] {
  const flows = new Map<string, Flow>();
  const add = ({ walletId, markId, markLevel, amountMinor }: TransactionToken, sign: bigint): void => {
    const pocket = { walletId, markId, markLevel };
    const key = pocketKey(pocket);
    flows.set(key, { pocket, changeMinor: (flows.get(key)?.changeMinor ?? 0n) + sign * amountMinor });
  };
  for (const token of inputs) add(token, -1n);
  for (const token of outputs) add(token, 1n);
  return [...flows.values()].filter(({ changeMinor }) => changeMinor !== 0n);
}

const isMarked = ({ pocket }: Flow): boolean => pocket.markId !== null;
const went = (flows: readonly Flow[]): Flow[] => flows.filter(({ changeMinor }) => changeMinor < 0n);
const came = (flows: readonly Flow[]): Flow[] => flows.filter(({ changeMinor }) => changeMinor > 0n);

/** One amount that goes from a pocket to another; null where there is more, or less. */
function move(flows: readonly Flow[]): { from: Pocket; to: Pocket; amountMinor: bigint } | null {
  const [[from, ...less], [to, ...more]] = [went(flows), came(flows)];
  if (!from || !to || less.length > 0 || more.length > 0) return null;
  return { from: from.pocket, to: to.pocket, amountMinor: to.changeMinor };
}

interface Known {
  readonly entry: Entry;
  readonly mark: Mark;
}

function registeredMark(view: RuleView, markId: string | null): Known | null {
  const entry = markId === null ? undefined : view.entry('mark', markId);
  return entry ? { entry, mark: markOf(entry) } : null;
}

const FORBIDDEN = 'the rule of its mark forbids it';
const ELSEWHERE = 'money came to another pocket than the rule of its mark says';

const isPocket = (pocket: Pocket, level: number | null, markId: string | null): boolean =>
  pocket.markLevel === level && pocket.markId === (level === null ? null : markId);

/**
 * The money of a payment between ledgers: what leaves the country goes along the route of a mark that may cross, what
 * comes from elsewhere is marked where its mark says so. Of everything else the hold says what it is.
 */
function crosses(from: Pocket, to: readonly Flow[], view: RuleView): string | null {
  for (const { pocket } of to) {
    const { markId, markLevel } = from;
    if (markId === null && pocket.markId === null) continue;
    const known = registeredMark(view, markId ?? pocket.markId);
    if (!known) return 'its mark is not registered';
    const place =
      markLevel === null ? arrived(known.mark, pocket.walletId) : departed(known.mark, markLevel, pocket.walletId);
    if (!place.ok) return FORBIDDEN;
    if (!isPocket(pocket, place.value?.markLevel ?? null, known.mark.markId)) return ELSEWHERE;
  }
  return null;
}

/**
 * What was held goes to one or several wallets, each along the route of its mark, or under the agreement that the event
 * names for it; unmarked money stays unmarked.
 */
const paysOut: FlowRule = ({ reference }, flows, view) => {
  const [from, ...more] = went(flows);
  if (!from || more.length > 0) return 'it pays out of no pocket, or of several';
  if (!isHoldOfEvent(reference ?? '')) return crosses(from.pocket, came(flows), view);
  const { markId, markLevel } = from.pocket;
  if (markLevel === null) return came(flows).some(isMarked) ? 'unmarked money came to be marked' : null;
  const known = registeredMark(view, markId);
  if (!known) return 'its mark is not registered';
  const event = known.mark.rule.by === 'agreement' ? view.entry('event', eventOfHold(reference ?? '')) : undefined;
  const agreed = event ? termsOf(event).receivers.filter(({ agreementId }) => agreementId !== undefined) : [];
  for (const { pocket } of came(flows)) {
    const isAgreed = agreed.some(({ walletId }) => walletId === pocket.walletId);
    const level = isAgreed ? ok(FIRST_LEVEL) : routed(known.mark, markLevel, pocket.walletId);
    if (!level.ok) return FORBIDDEN;
    if (!isPocket(pocket, level.value, markId)) return ELSEWHERE;
  }
  return null;
};

/** A payment under a mark, by whatever rule the mark has. */
const spends: FlowRule = (transaction, flows, view) => {
  const moved = move(flows);
  const said = spendDetailOf(transaction.detail);
  if (!moved || moved.from.markId !== said.markId || moved.from.markLevel !== said.markLevel)
    return 'it does not move the money that it says';
  const known = registeredMark(view, said.markId);
  if (!known) return 'its mark is not registered';
  const paid = { ...said, debitWallet: moved.from.walletId, creditWallet: moved.to.walletId };
  const level = levelAfter(known, { ...paid, amountMinor: moved.amountMinor }, view);
  if (level === undefined) return FORBIDDEN;
  return isPocket(moved.to, level, said.markId) ? null : ELSEWHERE;
};

interface Paid extends SpendDetail {
  readonly debitWallet: WalletId;
  readonly creditWallet: WalletId;
  readonly amountMinor: bigint;
}

/** The level that the rule gives to money that was paid, null where it clears the mark, undefined where it forbids it. */
function levelAfter({ entry, mark }: Known, paid: Paid, view: RuleView): number | null | undefined {
  const { rule } = mark;
  const { agreementId, creditWallet, markLevel } = paid;
  if (rule.by === 'agreement') {
    const left = agreementId === null ? null : paidUnder(view, agreementId, paid);
    return left?.ok ? FIRST_LEVEL : undefined;
  }
  if (rule.by !== 'criteria') {
    const level = routed(mark, markLevel, creditWallet);
    return level.ok ? level.value : undefined;
  }
  const payee = view.wallet(creditWallet);
  const attributes = payee ? attributesAsked(rule, markLevel, payee) : [];
  const level = routedByCriteria(view, entry, rule, { ...paid, attributes });
  return level.ok ? level.value : undefined;
}

/** Money changes its mark where it is, because the initiator of the mark says so. */
const recoloured =
  (isMarking: boolean): FlowRule =>
  (transaction, flows, view) => {
    const moved = move(flows);
    if (!moved || moved.from.walletId !== moved.to.walletId) return 'it is not one amount in one wallet';
    const [plain, coloured] = isMarking ? [moved.from, moved.to] : [moved.to, moved.from];
    if (plain.markId !== null || coloured.markId === null) return 'it goes from mark to mark';
    if (isMarking && coloured.markLevel !== FIRST_LEVEL) return ELSEWHERE;
    const known = registeredMark(view, coloured.markId);
    const isAsked = known?.mark.ownerBic === initiatorOf(transaction) && known.mark.rule.by !== 'vat';
    return isAsked ? null : 'the initiator of the mark did not ask for it';
  };

/** Who asked to mark or unmark, as the transaction states it. */
function initiatorOf({ detail }: DecodedTransaction): string {
  const reader = new ByteReader(detail);
  reader.text();
  reader.integer();
  const by = reader.text();
  reader.end();
  return by;
}

/** The payee of an agreement takes its money out of the mark, within what the agreement leaves. */
const withdraws: FlowRule = (transaction, flows, view) => {
  const moved = move(flows);
  const reader = new ByteReader(transaction.detail);
  const [markId, agreementId] = [reader.text(), reader.text()];
  if (!moved || moved.from.markId !== markId || moved.from.walletId !== moved.to.walletId || moved.to.markId !== null)
    return 'it is not one amount in one wallet';
  const { walletId } = moved.from;
  const left = withdrawnUnder(view, agreementId, { markId, walletId, amountMinor: moved.amountMinor });
  return left.ok ? null : 'its agreement does not leave so much';
};

/** Money of a voucher whose time is over goes back to its initiator, as ordinary money. */
const expires: FlowRule = (_transaction, flows, view) => {
  const moved = move(flows);
  const known = registeredMark(view, moved?.from.markId ?? null);
  if (!moved || known?.mark.rule.by !== 'criteria' || !isExpired(known.entry)) return 'its mark has not expired';
  return moved.to.walletId === known.mark.rule.returnWallet && moved.to.markId === null ? null : ELSEWHERE;
};

/**
 * An invoice's money: net is ordinary, or under the mark of its agreement; VAT comes VAT-marked as the invoice divides it;
 * and the invoice keeps account of it. What the agreement keeps account of is checked with the agreements.
 */
const invoiced =
  (isPayment: boolean): FlowRule =>
  ({ entries, amountMinor, debitWallet, creditWallet }, flows, view) => {
    const left = entries.find(({ kind }) => kind === 'invoice');
    const entry = left && view.entry('invoice', left.entryId);
    if (!left || !entry) return 'its invoice is not registered, or over';
    const [terms, before] = [termsOfInvoice(entry), stateOfInvoice(entry)];
    const [payer, payee] = isPayment
      ? [terms.buyerWallet, terms.sellerWallet]
      : [terms.sellerWallet, terms.buyerWallet];
    const parts = (isPayment ? paymentParts : refundParts)(terms, before, amountMinor);
    if (!parts.ok || debitWallet !== payer || creditWallet !== payee) return 'its invoice does not ask for it';
    const changed = (walletId: string, markId: string | null): bigint =>
      flows
        .filter(({ pocket }) => pocket.walletId === walletId && pocket.markId === markId)
        .reduce((sum, { changeMinor }) => sum + changeMinor, 0n);
    const [given, taken] = [-changed(payer, VAT_MARK), changed(payee, VAT_MARK)];
    const { markId } = plainPocket(terms, payer);
    const plainGiven = -changed(payer, markId);
    // A seller may put back ordinary money that it withdrew; a buyer pays with the project's alone.
    const ordinaryGiven = markId === null ? 0n : -changed(payer, null);
    const isShared =
      taken === (isPayment ? parts.value.vatMinor : broughtBack(before, parts.value)) &&
      given >= 0n &&
      given <= parts.value.vatMinor &&
      plainGiven >= 0n &&
      ordinaryGiven >= 0n &&
      (ordinaryGiven === 0n || !isPayment) &&
      (markId === null || changed(payee, null) === 0n) &&
      changed(payee, markId) === amountMinor - taken &&
      plainGiven + ordinaryGiven === amountMinor - given &&
      flows.every(({ pocket }) => pocket.markId === null || isVat(pocket) || isFirstOf(pocket, markId)) &&
      flows.every(({ pocket }) => pocket.walletId === payer || pocket.walletId === payee);
    if (!isShared) return 'net and VAT are not as its invoice divides them';
    const after = isPayment ? afterPayment(before, parts.value, given) : afterRefund(before, parts.value);
    return equalBytes(left.state, invoiceEntry(terms, after).state) ? null : 'its invoice keeps another account of it';
  };

const isFirstOf = (pocket: Pocket, markId: string | null): boolean =>
  pocket.markId === markId && pocket.markLevel === FIRST_LEVEL;
const isVat = (pocket: Pocket): boolean => isFirstOf(pocket, VAT_MARK);

const staysWhereItIs: FlowRule = (_transaction, flows) => (flows.length === 0 ? null : 'money changed its pocket');
const unmarkedOnly: FlowRule = (_transaction, flows) => (flows.some(isMarked) ? 'it moves marked money' : null);

/** Kinds that are not named move unmarked money only. */
const RULES: Readonly<Partial<Record<TransactionKind, FlowRule>>> = {
  consolidate: staysWhereItIs,
  hold: staysWhereItIs,
  release: staysWhereItIs,
  draw: paysOut,
  settle: paysOut,
  spend: spends,
  mark: recoloured(true),
  unmark: recoloured(false),
  withdraw: withdraws,
  expire: expires,
  payInvoice: invoiced(true),
  refundInvoice: invoiced(false),
};

/** Why the marks of a transaction can't be, judged by what the chain says before it; or null. Throws `RangeError` on foreign bytes. */
export const marksBroken = (transaction: DecodedTransaction, view: RuleView): string | null =>
  (RULES[transaction.kind] ?? unmarkedOnly)(transaction, flowsOf(transaction), view);
