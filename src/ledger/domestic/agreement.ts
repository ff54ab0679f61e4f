import { ByteReader, ByteWriter } from '../../kernel/bytes.js';
import { type Refusal, refusal } from '../../kernel/errors.js';
import type { Bic, WalletId } from '../../kernel/ids.js';
import { err, ok, type Result } from '../../kernel/result.js';
import type { Entry } from '../model.js';
import type { RuleView } from '../working.js';
import { beginAddition, readAddition } from './addition.js';

/**
 * An agreement between two wallets, registered before anything is paid under it. It limits what money under its mark
 * may do; several may belong to one mark, and the payee of one may be the payer of the next.
 */
export interface Agreement {
  readonly agreementId: string;
  /** Who registered it. */
  readonly ownerBic: Bic;
  readonly markId: string;
  readonly payer: WalletId;
  readonly payee: WalletId;
  /** Greatest total of marked payments, with the VAT that is paid out of marked money, minor units. */
  readonly transferMaxMinor: bigint;
  /** Greatest total that the payee may take out of the mark, minor units. */
  readonly withdrawalMaxMinor: bigint;
  /** Milliseconds; from then on, by the ledger's clock, nothing happens under it any more. */
  readonly expiresAt: number;
}

/** The topic of all registrations of agreements under a mark. */
export const agreementsTopic = (markId: string): string => `agreements:${markId}`;

/** What was used of an agreement so far, minor units; what came back is not counted. */
export interface AgreementUse {
  /** Paid to the payee, who has it under the mark. */
  readonly transferredMinor: bigint;
  /** Of that, what the payee took out of the mark. */
  readonly withdrawnMinor: bigint;
  /** Held for events: neither paid nor given back yet. */
  readonly heldMinor: bigint;
  /** Paid to the payee as VAT of an invoice, which it has as VAT-marked money. */
  readonly vatMinor: bigint;
}

export const UNUSED: AgreementUse = { transferredMinor: 0n, withdrawnMinor: 0n, heldMinor: 0n, vatMinor: 0n };

export const encodeAgreement = (agreement: Omit<Agreement, 'agreementId' | 'ownerBic'>): Buffer =>
  new ByteWriter()
    .text(agreement.markId)
    .text(agreement.payer)
    .text(agreement.payee)
    .integer(agreement.transferMaxMinor)
    .integer(agreement.withdrawalMaxMinor)
    .integer(agreement.expiresAt)
    .finish();

/** Reads what {@link encodeAgreement} wrote. Throws `RangeError` on anything else. */
export function agreementOf(entry: Pick<Entry, 'entryId' | 'ownerBic' | 'body'>): Agreement {
  const reader = new ByteReader(entry.body);
  const agreement = {
    agreementId: entry.entryId,
    ownerBic: entry.ownerBic,
    markId: reader.text(),
    payer: reader.text() as WalletId,
    payee: reader.text() as WalletId,
    transferMaxMinor: reader.bigint(),
    withdrawalMaxMinor: reader.bigint(),
    expiresAt: reader.integer(),
  };
  reader.end();
  return agreement;
}

export function encodeUse({ transferredMinor, withdrawnMinor, heldMinor, vatMinor }: AgreementUse): Buffer {
  const writer = new ByteWriter().integer(transferredMinor).integer(withdrawnMinor);
  if (heldMinor > 0n || vatMinor > 0n) beginAddition(writer).integer(heldMinor).integer(vatMinor);
  return writer.finish();
}

/** Reads what {@link encodeUse} wrote. Throws `RangeError` on anything else. */
export function useOf(entry: Pick<Entry, 'state'>): AgreementUse {
  const reader = new ByteReader(entry.state);
  const use = { transferredMinor: reader.bigint(), withdrawnMinor: reader.bigint() };
  const more = readAddition(reader, (r) => ({ heldMinor: r.bigint(), vatMinor: r.bigint() }), NOTHING_MORE);
  reader.end();
  return { ...use, ...more };
}

const NOTHING_MORE = { heldMinor: 0n, vatMinor: 0n };

/** What may still be paid under an agreement, minor units. */
export const transferLeft = ({ transferMaxMinor }: Agreement, use: AgreementUse): bigint =>
  transferMaxMinor - use.transferredMinor - use.heldMinor - use.vatMinor;

/** What may be withdrawn of what was paid under an agreement so far, minor units. */
export const withdrawalLeft = ({ withdrawalMaxMinor }: Agreement, use: AgreementUse): bigint =>
  least(withdrawalMaxMinor, use.transferredMinor) - use.withdrawnMinor;

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const above = (a: bigint, b: bigint): bigint => (a > b ? a - b : 0n);

/** The entry once it was used so far; it is closed when nothing is left of it. */
function usedSoFar(entry: Entry, agreement: Agreement, use: AgreementUse): Entry {
  const open = transferLeft(agreement, use) > 0n || withdrawalLeft(agreement, use) > 0n || use.heldMinor > 0n;
  return { ...entry, state: encodeUse(use), open };
}

/** The agreement as it is, in force or not any more. */
function known(state: Pick<RuleView, 'entry'>, agreementId: string) {
  const entry = state.entry('agreement', agreementId);
  return entry ? { entry, agreement: agreementOf(entry), use: useOf(entry) } : null;
}

type KnownAgreement = NonNullable<ReturnType<typeof known>>;

/** An agreement that is in force for money under the mark, with what was used of it. */
export function inForce(state: RuleView, agreementId: string, markId: string): Result<KnownAgreement, Refusal> {
  const found = known(state, agreementId);
  if (!found) return err(refusal('AGREEMENT_UNKNOWN', agreementId));
  if (found.agreement.markId !== markId) return err(refusal('AGREEMENT_FORBIDS', agreementId));
  return state.now < found.agreement.expiresAt ? ok(found) : err(refusal('AGREEMENT_EXPIRED', agreementId));
}

/** A payer, a payee and the mark that the money is under between them. */
export interface AgreedParties {
  readonly markId: string;
  readonly debitWallet: WalletId;
  readonly creditWallet: WalletId;
}

/** {@link inForce}, between these two. */
export function agreedBetween(
  state: RuleView,
  agreementId: string,
  { markId, debitWallet, creditWallet }: AgreedParties,
): Result<KnownAgreement, Refusal> {
  const found = inForce(state, agreementId, markId);
  if (!found.ok) return found;
  const { payer, payee } = found.value.agreement;
  return payer === debitWallet && payee === creditWallet ? found : err(refusal('AGREEMENT_FORBIDS', agreementId));
}

/** What is taken off an agreement's total of payments, minor units. */
type Taken = Pick<AgreementUse, 'transferredMinor' | 'heldMinor' | 'vatMinor'>;

/** Takes what is paid or held off the agreement: the entry that this leaves, or why the agreement refuses it. */
export function takenUnder(
  state: RuleView,
  agreementId: string,
  parties: AgreedParties,
  taken: Partial<Taken>,
): Result<Entry, Refusal> {
  const found = agreedBetween(state, agreementId, parties);
  if (!found.ok) return found;
  const { entry, agreement, use } = found.value;
  const { transferredMinor = 0n, heldMinor = 0n, vatMinor = 0n } = taken;
  if (transferredMinor + heldMinor + vatMinor > transferLeft(agreement, use))
    return err(refusal('AGREEMENT_EXHAUSTED', agreementId));
  return ok(
    usedSoFar(entry, agreement, {
      ...use,
      transferredMinor: use.transferredMinor + transferredMinor,
      heldMinor: use.heldMinor + heldMinor,
      vatMinor: use.vatMinor + vatMinor,
    }),
  );
}

/** A marked payment under an agreement: the entry that it leaves, or why the agreement refuses it. */
export const paidUnder = (
  state: RuleView,
  agreementId: string,
  paid: AgreedParties & { readonly amountMinor: bigint },
): Result<Entry, Refusal> => takenUnder(state, agreementId, paid, { transferredMinor: paid.amountMinor });

/**
 * Of what is held under an agreement a part is paid and a part given back to it, whatever its time is: the entry that this
 * leaves; null where so much is not held.
 */
export function heldEnded(
  state: Pick<RuleView, 'entry'>,
  agreementId: string,
  { paidMinor, returnedMinor }: { readonly paidMinor: bigint; readonly returnedMinor: bigint },
): Entry | null {
  const found = known(state, agreementId);
  if (!found) return null;
  const { entry, agreement, use } = found;
  const heldMinor = use.heldMinor - paidMinor - returnedMinor;
  if (heldMinor < 0n) return null;
  return usedSoFar(entry, agreement, { ...use, transferredMinor: use.transferredMinor + paidMinor, heldMinor });
}

/** The payee takes money out of the mark: the entry that this leaves, or why the agreement refuses it. */
export function withdrawnUnder(
  state: RuleView,
  agreementId: string,
  taken: { markId: string; walletId: WalletId; amountMinor: bigint },
): Result<Entry, Refusal> {
  const found = inForce(state, agreementId, taken.markId);
  if (!found.ok) return found;
  const { entry, agreement, use } = found.value;
  if (agreement.payee !== taken.walletId) return err(refusal('AGREEMENT_FORBIDS', agreementId));
  if (taken.amountMinor > withdrawalLeft(agreement, use)) return err(refusal('AGREEMENT_EXHAUSTED', agreementId));
  return ok(usedSoFar(entry, agreement, { ...use, withdrawnMinor: use.withdrawnMinor + taken.amountMinor }));
}

/** A refund of what was paid under an agreement, minor units. */
export interface Refunded {
  readonly netMinor: bigint;
  /** Of the net, what comes out of the payee's ordinary money: so much of what it withdrew it puts back. */
  readonly putBackMinor: bigint;
  /** VAT that was marked out of the agreement's money and is under the project's mark again. */
  readonly vatMinor: bigint;
}

/**
 * The least that a refund puts back of what the payee withdrew, so that it keeps no more withdrawn than stays paid; and the
 * most, which is what it withdrew.
 */
export function putBackLimits(
  state: Pick<RuleView, 'entry'>,
  agreementId: string,
  netMinor: bigint,
): { readonly leastMinor: bigint; readonly mostMinor: bigint } {
  const { transferredMinor, withdrawnMinor } = known(state, agreementId)?.use ?? UNUSED;
  return {
    leastMinor: above(withdrawnMinor, transferredMinor - netMinor),
    mostMinor: least(withdrawnMinor, netMinor),
  };
}

/** Gives a refund back to the agreement, whatever its time is: the entry that this leaves; null where it has not so much. */
export function refundedUnder(
  state: Pick<RuleView, 'entry'>,
  agreementId: string,
  { netMinor, putBackMinor, vatMinor }: Refunded,
): Entry | null {
  const found = known(state, agreementId);
  if (!found) return null;
  const { entry, agreement } = found;
  const use = {
    ...found.use,
    transferredMinor: found.use.transferredMinor - netMinor,
    withdrawnMinor: found.use.withdrawnMinor - putBackMinor,
    vatMinor: found.use.vatMinor - vatMinor,
  };
  const fits = use.withdrawnMinor >= 0n && use.withdrawnMinor <= use.transferredMinor && use.vatMinor >= 0n;
  return fits ? usedSoFar(entry, agreement, use) : null;
}
