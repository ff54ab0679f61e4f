import { expect } from 'vitest';
import type { paymentView } from '../../../src/gateway/routes/payments.js';
import { children, text } from '../../../src/iso20022/tree.js';
import type { CheckedMessage, XmlElement, XmlNode } from '../../../src/iso20022/types.js';
import type { Stack } from '../../support/stack.js';
import { keyOf } from './corridor.js';
import type { Crossing, Sent } from './traffic.js';
import { type Visit, walk } from './walk.js';

export type PaymentView = ReturnType<typeof paymentView>;

/** A settled payment: what came in, how its parties see it, and every message about it that was sent. */
export interface Settled {
  readonly crossing: Crossing;
  readonly view: PaymentView;
  readonly onward: Sent;
  readonly credit: Sent;
  readonly debit: Sent;
  readonly provider: Sent;
}

const entriesOf = (message: CheckedMessage): XmlElement[] =>
  children(message.document.root, 'Ntfctn').flatMap((one) => children(one, 'Ntry'));

const uetrOf = ({ document: { messageId, root } }: CheckedMessage): string | undefined => {
  if (messageId.startsWith('pacs.008')) return text(root, 'CdtTrfTxInf', 'PmtId', 'UETR');
  return text(root, 'Ntfctn', 'Ntry', 'NtryDtls', 'TxDtls', 'Refs', 'UETR');
};

/** Puts together what was sent about one payment; each message exactly once. */
export async function settledOf(stack: Stack, crossing: Crossing, sent: readonly Sent[]): Promise<Settled> {
  const { uetr } = crossing.instruction;
  const about = sent.filter(({ message }) => uetrOf(message) === uetr);
  const only = (family: string, to: string, direction?: string): Sent => {
    const found = about.filter(
      ({ message, to: owner }) =>
        message.document.messageId.startsWith(family) &&
        owner === to &&
        (direction === undefined || text(entriesOf(message)[0], 'CdtDbtInd') === direction),
    );
    expect(found, `${family} ${direction ?? ''} of ${uetr} to ${to}`).toHaveLength(1);
    return found[0]!;
  };
  const { sender, receiver } = crossing.way;
  expect(about).toHaveLength(4);
  const { body } = await stack.send(keyOf(receiver), 'GET', `/v1/payments/${uetr}`).expect(200);
  return {
    crossing,
    view: body as PaymentView,
    onward: only('pacs.008', receiver.bic),
    credit: only('camt.054', receiver.bic, 'CRDT'),
    debit: only('camt.054', sender.bic, 'DBIT'),
    provider: only('camt.054', 'OTKLKZ20'),
  };
}

/** The entries of a camt.054 as account, amount, currency and side. */
export const bookingsOf = ({ message }: Sent) =>
  children(message.document.root, 'Ntfctn').map((one) => ({
    account: text(one, 'Acct', 'Id', 'IBAN') ?? text(one, 'Acct', 'Id', 'Othr', 'Id'),
    accountCurrency: text(one, 'Acct', 'Ccy'),
    entries: children(one, 'Ntry').map((entry) => {
      const amount = entry.Amt as XmlElement;
      return { amount: amount['#'], currency: amount['@Ccy'], side: entry.CdtDbtInd, status: text(entry, 'Sts', 'Cd') };
    }),
  }));

export const detailsOf = ({ message }: Sent): XmlElement[] =>
  entriesOf(message).flatMap((entry) => children(entry, 'NtryDtls').flatMap((one) => children(one, 'TxDtls')));

const ROOT = '/Document/FIToFICstmrCdtTrf';

/** Every value of a credit transfer's header and one transaction by its XPath; text and attributes are one value. */
function valuesOf(message: CheckedMessage, index: number): Map<string, string> {
  const root = message.document.root;
  const transaction = children(root, 'CdtTrfTxInf')[index]!;
  const isValue = (node: XmlNode): boolean => typeof node === 'string' || '#' in node || '#any' in node;
  const values = new Map<string, string>();
  const keep: Visit = (_name, node, path) => {
    if (isValue(node)) values.set(path(), JSON.stringify(node));
  };
  walk(root.GrpHdr as XmlElement, () => `${ROOT}/GrpHdr`, keep);
  walk(transaction, () => `${ROOT}/CdtTrfTxInf[${index + 1}]`, keep);
  return values;
}

const isAt = (path: string, row: string | null): boolean =>
  row !== null && (path === row || path.startsWith(`${row}/`) || path.startsWith(`${row}[`));

/**
 * Values that differ between what came in and what went on and that no row of the report explains: dropped or
 * changed ones by their path in the source, new ones by theirs in the destination.
 */
export function unexplained({ crossing, view, onward }: Settled): { lost: string[]; appeared: string[] } {
  const { index } = crossing.instruction;
  const before = valuesOf(crossing.source, index);
  const after = valuesOf(onward.message, 0);
  const here = (path: string) => path.replace(`${ROOT}/CdtTrfTxInf[${index + 1}]`, `${ROOT}/CdtTrfTxInf[1]`);
  const there = (path: string) => path.replace(`${ROOT}/CdtTrfTxInf[1]`, `${ROOT}/CdtTrfTxInf[${index + 1}]`);
  const report = [...view.changes, ...view.losses];
  return {
    lost: [...before]
      .filter(([path, value]) => after.get(here(path)) !== value && !report.some((row) => isAt(path, row.from)))
      .map(([path]) => path),
    appeared: [...after]
      .filter(([path, value]) => before.get(there(path)) !== value && !report.some((row) => isAt(path, row.to)))
      .map(([path]) => path),
  };
}
