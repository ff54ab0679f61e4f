/** Messages of a wanted size, made from the bundled example. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';

const EXAMPLE = readFileSync(
  new URL('../../../fixtures/pacs.008.001.08/customer-kzt-to-cny.xml', import.meta.url),
  'utf8',
).replace(/>\s+</g, '><');
const TRANSACTION = /<CdtTrfTxInf>.*<\/CdtTrfTxInf>/s;
const INVOICE = /<Strd>.*<\/Strd>/s;

const one = (pattern: RegExp, text: string): string => {
  const [found] = pattern.exec(text) ?? [];
  if (found === undefined) throw new Error(`the example has no ${pattern}`);
  return found;
};

/** Fresh references, so that no two transactions are alike. */
const distinct = (transaction: string): string => {
  const uetr = randomUUID();
  return transaction
    .replace(/<UETR>[^<]*/, `<UETR>${uetr}`)
    .replace(/<(InstrId|EndToEndId|TxId)>[^<]*/g, (_all, name: string) => `<${name}>${uetr.slice(0, 23)}`);
};

/** A pacs.008.001.08 of this many transactions; further invoices fill a message of one up to about `bytes`. */
export function sizedMessage(bytes: number, transactions: number): Buffer {
  const single = one(TRANSACTION, EXAMPLE);
  const invoice = one(INVOICE, single);
  const missing = transactions === 1 ? Math.max(0, bytes - Buffer.byteLength(EXAMPLE)) : 0;
  const filled = single.replace(invoice, invoice.repeat(1 + Math.round(missing / invoice.length)));
  const all = Array.from({ length: transactions }, () => distinct(filled)).join('');
  const text = EXAMPLE.replace(single, all).replace('<NbOfTxs>1<', `<NbOfTxs>${transactions}<`);
  return Buffer.from(text.replace(/<MsgId>[^<]*/, `<MsgId>${randomUUID().slice(0, 23)}`));
}
