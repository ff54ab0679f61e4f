/** What a gateway that lies can't get past a jurisdiction: the leg check over real ledgers and registers. */
import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { providerWallet } from '../../src/gateway/config.js';
import { DEMO_PROVIDER } from '../../src/gateway/demo.js';
import { encodeAuthorisation } from '../../src/gateway/identity/authorisation.js';
import { signRequest, verifyRequest } from '../../src/gateway/identity/http-signature.js';
import { createLegCheck } from '../../src/gateway/leg-check.js';
import { BATCH_LIMITS } from '../../src/iso20022/gate.js';
import { createMessageReader } from '../../src/iso20022/reader.js';
import { sha256 } from '../../src/kernel/hash.js';
import type { Bic, LedgerCode, QuoteId, Uetr, WalletId } from '../../src/kernel/ids.js';
import { invariant } from '../../src/kernel/result.js';
import type { LegCharge, LegMark } from '../../src/ledger/types.js';
import type { QuoteCharge } from '../../src/pvp/charge.js';
import type { Rate } from '../../src/pvp/conversion.js';
import type { LegCheckItem } from '../../src/pvp/jurisdiction-port.js';
import { encodeQuote, type Quote, quoteHash } from '../../src/pvp/quote.js';
import { createLocalQuoteSigner } from '../../src/pvp/quote-signature.js';
import { encodeTerms, type PvpTerms, versionOf } from '../../src/pvp/terms.js';
import { CUSTOMER_08, CUSTOMER_13, type Edit, fresh, openWorld, swap, type World } from '../contract/support.js';
import { instruct } from '../support/waiting-payments.js';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const KZ = 'KZ' as LedgerCode;
const CN = 'CN' as LedgerCode;
const BANK = 'ALTNKZ20' as Bic;
const SOURCE_MINOR = 125_000_000n;

const exchangeRate = (rate: string): Edit => swap('<ChrgBr>', `<XchgRate>${rate}</XchgRate><ChrgBr>`);

interface Lie {
  readonly fixture?: string;
  readonly edits?: readonly Edit[];
  readonly quote?: Partial<Quote>;
  /** Key of the demo that signs the quote. */
  readonly signer?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Changes the onward document against the one that the bank signed. */
  readonly onward?: readonly Edit[];
  /** The onward document that is shown, when it is not the one of the terms. */
  readonly shown?: string;
  /** How long after the bank signed, milliseconds. */
  readonly laterMs?: number;
  readonly mark?: LegMark;
  /** What the terms charge, when it is not what the quote does. */
  readonly charge?: LegCharge | null;
  /** What the terms say that the money waited for. */
  readonly eventId?: string;
}

/** The payer's leg as the gateway shows it to KZ: honest but for `lie`. */
async function payerLeg(lie: Lie): Promise<LegCheckItem> {
  const now = Date.now();
  const { xml, uetr } = fresh(world, lie.fixture ?? CUSTOMER_08, ...(lie.edits ?? []));
  const documentBytes = Buffer.from(xml);
  const destination = Buffer.from((lie.onward ?? []).reduce((text, edit) => edit(text), xml));
  const quote: Quote = {
    ...{ quoteId: randomUUID() as QuoteId, requesterBic: BANK, providerBic: DEMO_PROVIDER },
    ...{ sourceCurrency: 'KZT', targetCurrency: 'CNY', rate: '0.0135' as Rate, fixedSide: 'source' },
    ...{ sourceAmountMinor: SOURCE_MINOR, targetAmountMinor: 1_687_500n, sourceLedger: KZ, targetLedger: CN },
    ...{ sourceProviderWallet: providerWallet(KZ), targetProviderWallet: providerWallet(CN), residue: '0' },
    ...{ issuedAt: now, validUntil: now + 600_000, ...lie.quote },
  };
  const quoteBytes = encodeQuote(quote);
  const signer = createLocalQuoteSigner(await world.stack.signer(lie.signer ?? 'provider'));
  const [providerSignature] = await signer.sign([quoteHash(quoteBytes)]);
  invariant(providerSignature, 'the quote is signed');
  const charge = lie.charge === undefined ? quote.charge : (lie.charge ?? undefined);
  const terms: PvpTerms = {
    protocolVersion: versionOf({ charge }),
    pvpId: uetr as Uetr,
    sourceMessageHash: sha256(documentBytes),
    destinationMessageHash: sha256(destination),
    legs: [
      { ledger: KZ, debitWallet: 'KZ-ALTNKZ20-1' as WalletId, creditWallet: quote.sourceProviderWallet },
      { ledger: CN, debitWallet: quote.targetProviderWallet, creditWallet: 'CN-LONGCN20-1' as WalletId },
    ].map((one, i) => ({
      ...one,
      mark: i === 0 ? (lie.mark ?? null) : null,
      amountMinor: i === 0 ? quote.sourceAmountMinor : quote.targetAmountMinor,
      currency: i === 0 ? 'KZT' : 'CNY',
    })),
    quotes: [{ quoteId: quote.quoteId, quoteHash: quoteHash(quoteBytes), providerSignature }],
    ...{ prepareBy: now + 4_000, voteBy: now + 8_000, coSignerKeyIds: ['cosigner-kz', 'cosigner-cn'] },
    ...(lie.eventId !== undefined && { eventId: lie.eventId }),
    ...(charge && { charge: { walletId: charge.walletId, amountMinor: charge.amountMinor } }),
  };
  const record = await authorise(documentBytes, lie.headers ?? {});
  const authorisation = { record, destination: lie.shown === undefined ? destination : Buffer.from(lie.shown) };
  return { terms, termsBytes: encodeTerms(terms), legIndex: 0, documentBytes, authorisation, quotes: [quoteBytes] };
}

/** The payer bank's own signature over these bytes, as the gateway received it. */
async function authorise(body: Buffer, more: Readonly<Record<string, string>>): Promise<Buffer> {
  const now = Date.now();
  const request = {
    ...{ method: 'POST', path: '/v1/messages', query: '', body },
    headers: { 'content-type': 'application/xml', ...more } as Record<string, string>,
  };
  const signer = await world.stack.signer('bank-altnkz20');
  const nonce = randomBytes(12).toString('hex');
  Object.assign(request.headers, signRequest({ ...request, signer, now, nonce, lifeSeconds: 60 }));
  const verified = await verifyRequest(request, world.stack.otkel.gateway.register.key, now);
  invariant(verified.ok, 'the bank signs well');
  return encodeAuthorisation(verified.value.signed);
}

async function judgedByKz(lie: Lie): Promise<string> {
  const node = world.stack.otkel.nodes.find(({ config }) => config.code === KZ);
  invariant(node, 'KZ is open');
  const reader = createMessageReader({ limits: BATCH_LIMITS });
  const check = createLegCheck({
    ledger: node.ledger,
    register: node.register,
    reader,
    clock: { now: () => Date.now() + (lie.laterMs ?? 0) },
    chargeMost: { fixed: '500.00', proportionalBps: '10' },
  });
  const [answer] = await check.check([await payerLeg(lie)]);
  invariant(answer, 'a leg has an answer');
  return answer.ok ? 'held' : answer.error.code;
}

describe('the payer’s jurisdiction', () => {
  it('holds what the payer’s bank signed', async () => {
    expect(await judgedByKz({})).toBe('held');
  });

  it('refuses marked money that the payer’s bank did not ask for', async () => {
    const mark = { side: 'debit', markId: 'road', markLevel: 0 } as const;
    expect(await judgedByKz({ mark })).toBe('AUTHORISATION_INVALID');
  });

  const EVENT = '/EVENT/customs-1/QUOTE/RENEW';
  const ROAD = { side: 'debit', markId: 'road', markLevel: 1 } as const;
  it.each<[string, string, Lie, string]>([
    ['the event that is in the document', EVENT, { eventId: 'customs-1' }, 'held'],
    ['another event', EVENT, { eventId: 'customs-2' }, 'AUTHORISATION_INVALID'],
    ['no event where the document has one', EVENT, {}, 'AUTHORISATION_INVALID'],
    ['an event where the document has none', '/INS/', { eventId: 'customs-1' }, 'AUTHORISATION_INVALID'],
    ['a quote below the least amount', `${EVENT}/MIN/CNY16875.01`, { eventId: 'customs-1' }, 'RATE_WORSE'],
    ['a quote at the least amount', `${EVENT}/MIN/CNY16875.00`, { eventId: 'customs-1' }, 'held'],
    [
      'another quote than the one to be kept',
      '/EVENT/customs-1/QUOTE/KEEP',
      { eventId: 'customs-1', headers: { 'otkel-quote-id': randomUUID() } },
      'QUOTE_MISMATCH',
    ],
    ['an old signature, of money that waited', EVENT, { eventId: 'customs-1', laterMs: 90 * 3_600_000 }, 'held'],
    ['the marked money that is in the document', '/DBTRMARK/road/LEVEL/1', { mark: ROAD }, 'held'],
    ['unmarked money', '/DBTRMARK/road/LEVEL/1', {}, 'AUTHORISATION_INVALID'],
    ['another mark', '/DBTRMARK/bridge/LEVEL/1', { mark: ROAD }, 'AUTHORISATION_INVALID'],
    ['another level', '/DBTRMARK/road/LEVEL/2', { mark: ROAD }, 'AUTHORISATION_INVALID'],
    [
      'no mark for the payee in the onward document',
      '/CDTRMARK/import',
      { onward: [swap(/<InstrForNxtAgt>.*?<\/InstrForNxtAgt>/, '')] },
      'AUTHORISATION_INVALID',
    ],
    [
      'another mark for the payee in the onward document',
      '/CDTRMARK/import',
      { onward: [swap('/CDTRMARK/import', '/CDTRMARK/other')] },
      'AUTHORISATION_INVALID',
    ],
  ])('judges %s', async (_what, instruction, lie, answer) => {
    expect(await judgedByKz({ ...lie, edits: [instruct(instruction)] })).toBe(answer);
  });

  const FEE: QuoteCharge = { bearer: 'creditor', amountMinor: 100_000n, walletId: 'KZ-FEE' as WalletId };
  const charged = (changes: Partial<QuoteCharge> = {}): Partial<Quote> => {
    const charge = { ...FEE, ...changes };
    return { sourceAmountMinor: SOURCE_MINOR - charge.amountMinor, charge };
  };
  const named = randomUUID() as QuoteId;
  const DEBT = swap('<ChrgBr>SHAR', '<ChrgBr>DEBT');
  const instructed = (amount: string): Edit => swap(/<InstdAmt Ccy="KZT">[^<]*/, `<InstdAmt Ccy="KZT">${amount}`);
  it.each<[string, Lie, string]>([
    ['a charge that the quote has, in what the payer’s bank signed', { quote: charged() }, 'held'],
    ['a charge on top of what the payer’s bank signed', { quote: { charge: FEE } }, 'AUTHORISATION_INVALID'],
    [
      'a charge that the quote has not',
      { charge: FEE, quote: { sourceAmountMinor: SOURCE_MINOR - 100_000n } },
      'QUOTE_MISMATCH',
    ],
    [
      'less than the quote charges',
      { quote: { ...charged(), sourceAmountMinor: SOURCE_MINOR - 99_999n }, charge: { ...FEE, amountMinor: 99_999n } },
      'QUOTE_MISMATCH',
    ],
    [
      'a charge for another wallet than the quote says',
      { quote: charged(), charge: { ...FEE, walletId: 'KZ-SUSPENSE' as WalletId } },
      'QUOTE_MISMATCH',
    ],
    [
      'more than this ledger allows: 500.00 and 10 basis points of what is given',
      { quote: charged({ amountMinor: 175_001n }) },
      'CHARGE_AMOUNT',
    ],
    ['as much as this ledger allows', { quote: charged({ amountMinor: 175_000n }) }, 'held'],
    ['no charge where the quote has one', { quote: charged(), charge: null }, 'AUTHORISATION_INVALID'],
    ['a charge for a bank', { quote: charged({ walletId: 'KZ-DALAKZ20-1' as WalletId }) }, 'QUOTE_MISMATCH'],
    ['a charge for the treasury', { quote: charged({ walletId: 'KZ-TREASURY' as WalletId }) }, 'QUOTE_MISMATCH'],
    ['a charge for nobody', { quote: charged({ walletId: 'KZ-NOBODY' as WalletId }) }, 'QUOTE_MISMATCH'],
    [
      'a charge that the payer is to bear and its message not',
      { quote: charged({ bearer: 'debtor' }) },
      'CHARGE_BEARER',
    ],
    ['a charge that the payee is to bear and the message not', { quote: charged(), edits: [DEBT] }, 'CHARGE_BEARER'],
    [
      'the payer’s charge on an amount that it did not state',
      { quote: charged({ bearer: 'debtor' }), edits: [DEBT] },
      'CHARGE_AMOUNT',
    ],
    [
      'the payer’s charge on the amount that it stated',
      { quote: charged({ bearer: 'debtor' }), edits: [DEBT, instructed('1249000.00')] },
      'held',
    ],
    [
      'the payer’s charge on less than it stated',
      { quote: charged({ bearer: 'debtor' }), edits: [DEBT, instructed('1249000.01')] },
      'CHARGE_AMOUNT',
    ],
    [
      'the payer’s charge by the quote that it named',
      {
        quote: { ...charged({ bearer: 'debtor' }), quoteId: named },
        edits: [DEBT],
        headers: { 'otkel-quote-id': named },
      },
      'held',
    ],
    [
      'a charge that the payee bears, by a quote that was named for the payer to bear it',
      { quote: { ...charged(), quoteId: named }, edits: [DEBT], headers: { 'otkel-quote-id': named } },
      'CHARGE_BEARER',
    ],
  ])('of charges, judges %s', async (_what, lie, answer) => {
    expect(await judgedByKz(lie)).toBe(answer);
  });

  it.each(['0.0136', '1'])('refuses a quote worse than the XchgRate %s that the payer signed', async (rate) => {
    expect(await judgedByKz({ edits: [exchangeRate(rate)] })).toBe('RATE_WORSE');
  });

  it('takes a quote that is not worse than the XchgRate', async () => {
    expect(await judgedByKz({ edits: [exchangeRate('0.0134')] })).toBe('held');
  });

  it('refuses a quote worse than a pre-agreed rate that names no quote', async () => {
    const agreed = '<AgrdRate><PreAgrdXchgRate>0.0136</PreAgrdXchgRate></AgrdRate><ChrgBr>';
    expect(await judgedByKz({ fixture: CUSTOMER_13, edits: [swap('<ChrgBr>', agreed)] })).toBe('RATE_WORSE');
  });

  it('refuses any quote when the payer named two', async () => {
    const marks = [1, 2].map(() => `<AddtlRmtInf>/QUOTE/${randomUUID()}</AddtlRmtInf>`).join('');
    const remittance = `<RmtInf><Strd>${marks}</Strd></RmtInf></CdtTrfTxInf>`;
    const edits = [swap(/<RmtInf>[\s\S]*?<\/RmtInf>/, ''), swap('</CdtTrfTxInf>', remittance)];
    expect(await judgedByKz({ edits })).toBe('QUOTE_MISMATCH');
  });

  it('refuses a quote of a participant that is no provider, though it owns wallet and key', async () => {
    const quote = { providerBic: 'DALAKZ20' as Bic, sourceProviderWallet: 'KZ-DALAKZ20-1' as WalletId };
    expect(await judgedByKz({ quote, signer: 'bank-dalakz20' })).toBe('QUOTE_SIGNATURE_INVALID');
  });

  it('refuses a message that expired since the bank signed it', async () => {
    const edits = [swap('</CreDtTm>', '</CreDtTm><XpryDtTm>2026-01-01T00:00:00Z</XpryDtTm>')];
    expect(await judgedByKz({ fixture: CUSTOMER_13, edits })).toBe('MESSAGE_EXPIRED');
  });

  it.each<[string, Edit]>([
    ['another account', swap('6222020000000000001', '6222020000000000002')],
    ['another bank', swap('<BICFI>LONGCN20</BICFI>', '<BICFI>JADECN20</BICFI>')],
    ['another debtor account', swap('KZ419010001000000001', 'KZ149010001000000002')],
    ['another reference', swap(/<EndToEndId>[^<]*/, '<EndToEndId>OTHER')],
    ['another payment', swap(/<UETR>[^<]*/, `<UETR>${randomUUID()}`)],
  ])('refuses an onward document with %s than the payer’s bank signed', async (_what, edit) => {
    expect(await judgedByKz({ onward: [edit] })).toBe('AUTHORISATION_INVALID');
  });

  it('refuses an onward document that is not the one of the terms', async () => {
    expect(await judgedByKz({ shown: '<Document/>' })).toBe('TERMS_INVALID');
  });

  it.each([
    [23, 'held'],
    [25, 'AUTHORISATION_INVALID'],
  ])('%i hours after the bank signed the answer is %s', async (hours, answer) => {
    expect(await judgedByKz({ laterMs: hours * 3_600_000 })).toBe(answer);
  });

  it('refuses a quote for somebody else, and one that the payer did not name', async () => {
    expect(await judgedByKz({ quote: { requesterBic: 'DALAKZ20' as Bic } })).toBe('QUOTE_NOT_YOURS');
    expect(await judgedByKz({ headers: { 'otkel-quote-id': randomUUID() } })).toBe('QUOTE_MISMATCH');
  });
});
