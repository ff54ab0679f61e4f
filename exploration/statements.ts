import { sha256 } from '../src/kernel/hash.js';
import type { LedgerCode, QuoteId, Uetr, WalletId } from '../src/kernel/ids.js';
import { uuidFromBytes } from '../src/kernel/ids.js';
import type { Signer } from '../src/kernel/signature.js';
import {
  type Attestation,
  attest,
  type Decision,
  readReceipt,
  readVote,
  receiptLeaf,
  voteLeaf,
} from '../src/pvp/attestation.js';
import { DEFAULT_TIMES, encodeTerms, lapseAtOf, type PvpTerms, type ReadTerms, readTerms } from '../src/pvp/terms.js';
import { createVerifier, type PvpKeyRecord, type Verifier } from '../src/pvp/verify.js';

/**
 * The world of one payment with symbolic signatures: a signature is the name of its key, and only who owns the key
 * states anything. A statement that the protocol can't tell apart from another (times, batch, reason) is one class,
 * written as a short code: `r1.0` receipt of leg 1 for terms 0, `c1.0` COMMIT, `a1.-` ABORT that names no terms.
 */
export interface Payment {
  readonly codes: readonly LedgerCode[];
  readonly pvpId: Uetr;
  /** The terms of the payment, and others under the same id that a lying gateway shows. */
  readonly terms: readonly ReadTerms[];
  readonly prepareBy: number;
  readonly verifier: Verifier;
  ledgerSigner(leg: number): Signer;
  coSigner(leg: number): Signer;
  /** 0, 1 … of the terms with this hash; -1 for none. */
  termsOf(hash: Uint8Array | null): number;
  /** The statement of a code; the same object each time. */
  statement(code: string): Attestation;
  /** The code of any statement about this payment. */
  codeOf(item: Attestation): string;
  /** What a clock shows in each of its phases. */
  readonly phases: readonly number[];
}

export const T0 = 1_800_000_000_000;
/** Up to prepareBy; up to voteBy; later than voteBy by less than the allowed clock error; after the lapse. */
export const PHASES = 4;
const PVP_ID = uuidFromBytes(sha256('payment')) as Uetr;

export const walletOf = (code: LedgerCode, name: string): WalletId => `${code.toLowerCase()}-${name}` as WalletId;
const CURRENCIES: Record<string, string> = { KZ: 'KZT', CN: 'CNY', US: 'USD' };
export const currencyOf = (code: LedgerCode): string => CURRENCIES[code]!;

const symbolicSigner = (keyId: string): Signer => {
  const signature = sha256('signature of', keyId);
  return { keyId, suite: 'ed25519', publicKey: sha256('key', keyId), sign: () => signature };
};

function termsNamed(codes: readonly LedgerCode[], index: number): PvpTerms {
  const quoteIds = codes.slice(1).map((code) => uuidFromBytes(sha256(`quote ${code}`)) as QuoteId);
  return {
    protocolVersion: 1,
    pvpId: PVP_ID,
    sourceMessageHash: sha256('source'),
    destinationMessageHash: sha256('destination'),
    legs: codes.map((ledger) => ({
      ...{ ledger, debitWallet: walletOf(ledger, 'payer'), creditWallet: walletOf(ledger, 'payee') },
      ...{ amountMinor: 1_000n + BigInt(index), currency: currencyOf(ledger), mark: null },
    })),
    quotes: quoteIds.map((quoteId) => ({
      ...{ quoteId, quoteHash: sha256('quote'), providerSignature: sha256('provider') },
    })),
    prepareBy: T0 + DEFAULT_TIMES.prepareMs,
    voteBy: T0 + DEFAULT_TIMES.voteMs,
    coSignerKeyIds: codes.map((code) => `${code}-cosigner`),
  };
}

export function createPayment(legCodes: readonly string[], termsCount: number): Payment {
  const codes = legCodes as readonly LedgerCode[];
  const terms = Array.from({ length: termsCount }, (_, i) => readTerms(encodeTerms(termsNamed(codes, i))));
  const signers = {
    ledger: codes.map((c) => symbolicSigner(`${c}-ledger`)),
    cosigner: codes.map((c) => symbolicSigner(`${c}-cosigner`)),
  };
  const keys = new Map<string, PvpKeyRecord>();
  for (const role of ['ledger', 'cosigner'] as const) {
    for (const [i, { keyId, suite, publicKey }] of signers[role].entries()) {
      keys.set(keyId, { keyId, suite, publicKey, owner: codes[i]!, role, validFrom: 0, validTo: null });
    }
  }
  const signatures = new Map(
    [...signers.ledger, ...signers.cosigner].map((signer) => [signer.publicKey, signer.sign(new Uint8Array(0))]),
  );
  const verifier = createVerifier(
    { key: (keyId) => keys.get(keyId) },
    256,
    (_suite, publicKey, _message, signature) =>
      Buffer.compare(signatures.get(publicKey) ?? new Uint8Array(0), signature) === 0,
  );
  const termsOf = (hash: Uint8Array | null): number =>
    hash === null ? -1 : terms.findIndex((item) => Buffer.compare(item.termsHash, hash) === 0);

  const made = new Map<string, Attestation>();
  const make = (code: string): Attestation => {
    const leg = Number(code[1]);
    const named = code[3] === '-' ? new Uint8Array(0) : terms[Number(code[3])]!.termsHash;
    const shared = { ledger: codes[leg]!, pvpId: PVP_ID, termsHash: named };
    if (code[0] === 'r') {
      return attest(
        'receipt',
        [receiptLeaf({ ...shared, holdId: `hold ${code}`, heldAt: T0 })],
        signers.ledger[leg]!,
      )[0]!;
    }
    const decision: Decision = code[0] === 'c' ? 'COMMIT' : 'ABORT';
    const reason = decision === 'COMMIT' ? null : ('CANCELLED' as const);
    const leaf = voteLeaf({ ...shared, decision, reason, decidedAt: T0, receiptsHash: sha256('receipts') });
    return attest('vote', [leaf], signers.cosigner[leg]!)[0]!;
  };
  const legOf = (ledger: LedgerCode): number => codes.indexOf(ledger);
  const nameOf = (hash: Uint8Array): string => (hash.length === 0 ? '-' : String(termsOf(hash)));
  const known = new WeakMap<Attestation, string>();
  const read = (item: Attestation): string => {
    const receipt = item.type === 'receipt' ? readReceipt(item.leaf) : null;
    if (receipt?.ok) return `r${legOf(receipt.value.ledger)}.${nameOf(receipt.value.termsHash)}`;
    const vote = readVote(item.leaf);
    if (!vote.ok) throw new Error('not a statement of this payment');
    const { decision, ledger, termsHash } = vote.value;
    return `${decision === 'COMMIT' ? 'c' : 'a'}${legOf(ledger)}.${nameOf(termsHash)}`;
  };
  const first = terms[0]!.terms!;
  return {
    codes,
    pvpId: PVP_ID,
    terms,
    prepareBy: first.prepareBy,
    verifier,
    ledgerSigner: (leg) => signers.ledger[leg]!,
    coSigner: (leg) => signers.cosigner[leg]!,
    termsOf,
    statement(code) {
      let item = made.get(code);
      if (!item) {
        item = make(code);
        made.set(code, item);
        known.set(item, code);
      }
      return item;
    },
    codeOf(item) {
      let code = known.get(item);
      if (!code) {
        code = read(item);
        known.set(item, code);
      }
      return code;
    },
    phases: [T0, first.prepareBy + 1, first.voteBy + 1, lapseAtOf(first, DEFAULT_TIMES) + 1],
  };
}
