/** The crash test's messages: both directions, one to five transactions, some of which must be refused. */
import { calendar } from '../../src/gateway/config.js';
import { isoTime } from '../../src/kernel/clock.js';
import type { Dice } from './dice.js';

/** One side of the corridor as the load sees it. `big` accounts are for large amounts only and soon run dry. */
export interface Side {
  readonly ledger: 'KZ' | 'CN';
  readonly bic: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly account: string;
  readonly bigAccount: string;
  /** Amounts are multiples of it, so that nothing is rounded; for them the demo's first provider is the better one. */
  readonly step: bigint;
  /** Target minor units per source minor unit, as a fraction. */
  readonly rate: { readonly numerator: bigint; readonly denominator: bigint };
  /** A large amount, for which the demo's second provider is the better one, and what it gives for it. */
  readonly big: { readonly amountMinor: bigint; readonly targetMinor: bigint };
}

export const SIDES: readonly [Side, Side] = [
  {
    ledger: 'KZ',
    bic: 'ALTNKZ20',
    currency: 'KZT',
    timeZone: 'Asia/Almaty',
    account: 'KZ419010001000000001',
    bigAccount: 'KZ149010001000000002',
    rate: { numerator: 135n, denominator: 10_000n },
    step: 10_000n,
    big: { amountMinor: 4_895_490_000n, targetMinor: 66_200_000n },
  },
  {
    ledger: 'CN',
    bic: 'LONGCN20',
    currency: 'CNY',
    timeZone: 'Asia/Shanghai',
    account: '6222020000000000001',
    bigAccount: '6222020000000000002',
    rate: { numerator: 732n, denominator: 10n },
    step: 10n,
    big: { amountMinor: 98_000_000n, targetMinor: 7_183_400_000n },
  },
];

/** The demo's providers: of usual amounts, and of large ones. */
export const PROVIDERS = { usual: 'OTKLKZ20', big: 'SILKCN20' } as const;

const UNKNOWN_ACCOUNTS = { KZ: 'KZ149010001000000099', CN: '6222020000000000099' } as const;

/** A transaction that was put into a message. */
export interface SentTransaction {
  readonly uetr: string;
  readonly amountMinor: bigint;
  readonly targetMinor: bigint;
  /** Whose offer is the best. */
  readonly provider: string;
  readonly debitWallet: string;
  readonly creditWallet: string;
  /** It names an account that nobody has: it may never settle. */
  readonly refusable: boolean;
}

export interface SentMessage {
  /** Index in {@link SIDES} of the sender. */
  readonly side: 0 | 1;
  readonly msgId: string;
  readonly body: Buffer;
  readonly transactions: readonly SentTransaction[];
  /** HTTP status of each answer that came. */
  readonly answers: number[];
}

interface Draft extends SentTransaction {
  readonly debtorAccount: string;
  readonly creditorAccount: string;
}

type Price = Pick<SentTransaction, 'amountMinor' | 'targetMinor' | 'provider'>;

const large = ({ big }: Side): Price => ({ ...big, provider: PROVIDERS.big });

function usual({ step, rate }: Side, steps: bigint): Price {
  const amountMinor = step * steps;
  return { amountMinor, targetMinor: (amountMinor * rate.numerator) / rate.denominator, provider: PROVIDERS.usual };
}

/** Makes messages: singles, batches, large ones, accounts that nobody has, and UETRs that were used before. */
export function createMessageMaker(dice: Dice): (side: 0 | 1) => SentMessage {
  const used: Draft[][] = [[], []];
  let count = 0;

  const draft = (side: 0 | 1): Draft => {
    const from = SIDES[side];
    const to = SIDES[side === 0 ? 1 : 0];
    const isBig = dice.chance(0.12);
    const refusable = !isBig && dice.chance(0.07);
    const price = isBig ? large(from) : usual(from, BigInt(1 + dice.below(500)));
    return {
      uetr: dice.uuid(),
      ...price,
      debitWallet: `${from.ledger}-${from.bic}-${isBig ? 2 : 1}`,
      creditWallet: `${to.ledger}-${to.bic}-1`,
      refusable,
      debtorAccount: isBig ? from.bigAccount : from.account,
      creditorAccount: refusable ? UNKNOWN_ACCOUNTS[to.ledger] : to.account,
    };
  };

  return (side) => {
    count += 1;
    const size = dice.chance(0.15) ? 2 + dice.below(4) : 1;
    const again = dice.chance(0.03) ? used[side]?.[dice.below(used[side].length)] : undefined;
    const drafts = again ? [again] : Array.from({ length: size }, () => draft(side));
    if (!again) used[side]?.push(...drafts);
    const msgId = `CRASH-${count}-${dice.uuid().slice(0, 8)}`;
    return { side, msgId, body: Buffer.from(document(side, msgId, drafts)), transactions: drafts, answers: [] };
  };
}

/** Payments of so many steps from a side's usual account to the other side's, or of a large amount; one for each UETR. */
export function plainMessage(side: 0 | 1, uetrs: readonly string[], steps: bigint | 'big'): SentMessage {
  const from = SIDES[side];
  const to = SIDES[side === 0 ? 1 : 0];
  const isBig = steps === 'big';
  const price = isBig ? large(from) : usual(from, steps);
  const transactions = uetrs.map(
    (uetr): Draft => ({
      uetr,
      ...price,
      debitWallet: `${from.ledger}-${from.bic}-${isBig ? 2 : 1}`,
      creditWallet: `${to.ledger}-${to.bic}-1`,
      refusable: false,
      debtorAccount: isBig ? from.bigAccount : from.account,
      creditorAccount: to.account,
    }),
  );
  const msgId = `PLAIN-${uetrs[0]?.slice(0, 23)}`;
  return { side, msgId, body: Buffer.from(document(side, msgId, transactions)), transactions, answers: [] };
}

const decimal = (minor: bigint): string => `${minor / 100n}.${(minor % 100n).toString().padStart(2, '0')}`;

function document(side: 0 | 1, msgId: string, drafts: readonly Draft[]): string {
  const now = Date.now();
  const from = SIDES[side];
  const date = calendar(from.timeZone)(now);
  const transactions = drafts.map((item, i) => transaction(side, item, `${msgId}-${i}`, date)).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"><FIToFICstmrCdtTrf><GrpHdr><MsgId>${msgId}</MsgId>\
<CreDtTm>${isoTime(now)}</CreDtTm><NbOfTxs>${drafts.length}</NbOfTxs>\
<SttlmInf><SttlmMtd>CLRG</SttlmMtd></SttlmInf></GrpHdr>${transactions}</FIToFICstmrCdtTrf></Document>`;
}

function transaction(side: 0 | 1, item: Draft, id: string, date: string): string {
  const from = SIDES[side];
  const to = SIDES[side === 0 ? 1 : 0];
  const amount = `Ccy="${from.currency}">${decimal(item.amountMinor)}`;
  const account = (text: string) =>
    /^KZ/.test(text) ? `<Id><IBAN>${text}</IBAN></Id>` : `<Id><Othr><Id>${text}</Id></Othr></Id>`;
  const party = (owner: Side) =>
    `<Nm>Customer of ${owner.bic}</Nm><PstlAdr><TwnNm>Town</TwnNm><Ctry>${owner.ledger}</Ctry></PstlAdr>`;
  const agent = (owner: Side) => `<FinInstnId><BICFI>${owner.bic}</BICFI></FinInstnId>`;
  return `<CdtTrfTxInf><PmtId><InstrId>${id}</InstrId><EndToEndId>${id}</EndToEndId><TxId>${id}</TxId>\
<UETR>${item.uetr}</UETR></PmtId><IntrBkSttlmAmt ${amount}</IntrBkSttlmAmt><IntrBkSttlmDt>${date}</IntrBkSttlmDt>\
<InstdAmt ${amount}</InstdAmt><ChrgBr>SHAR</ChrgBr><InstgAgt>${agent(from)}</InstgAgt>\
<InstdAgt><FinInstnId><BICFI>OTKLKZ20</BICFI></FinInstnId></InstdAgt><Dbtr>${party(from)}</Dbtr>\
<DbtrAcct>${account(item.debtorAccount)}</DbtrAcct><DbtrAgt>${agent(from)}</DbtrAgt><CdtrAgt>${agent(to)}</CdtrAgt>\
<Cdtr>${party(to)}</Cdtr><CdtrAcct>${account(item.creditorAccount)}</CdtrAcct></CdtTrfTxInf>`;
}
