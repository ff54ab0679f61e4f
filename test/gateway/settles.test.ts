import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { WalletId } from '../../src/kernel/ids.js';
import { decodeTerms } from '../../src/pvp/terms.js';
import { openStack, type Stack } from '../support/stack.js';

let stack: Stack;
beforeAll(async () => {
  // A loaded machine must not turn a slow test into AB03.
  stack = await openStack({ config: { prepareMs: 20_000, voteMs: 40_000 } });
});
afterAll(() => stack.close());

const TEMPLATE = readFileSync(
  new URL('../../fixtures/pacs.008.001.08/customer-kzt-to-cny.xml', import.meta.url),
  'utf8',
);
const fresh = (uetr: string) =>
  TEMPLATE.replace(/<MsgId>[^<]*/, `<MsgId>M-${uetr.slice(0, 8)}`)
    .replace(/<UETR>[^<]*/, `<UETR>${uetr}`)
    .replace(/<IntrBkSttlmDt>[^<]*/, `<IntrBkSttlmDt>${stack.today()}`);

const balances = async () =>
  Promise.all(
    stack.otkel.nodes.flatMap(({ ledger, config }) =>
      config.code === 'KZ'
        ? [ledger.balance('KZ-ALTNKZ20-1' as WalletId), ledger.balance('KZ-FX-PROVIDER' as WalletId)]
        : [ledger.balance('CN-FX-PROVIDER' as WalletId), ledger.balance('CN-LONGCN20-1' as WalletId)],
    ),
  );

it('a posted pacs.008 settles on both ledgers and everybody is told', async () => {
  const uetr = randomUUID();
  const before = await balances();
  const answer = await stack.send('bank-altnkz20', 'POST', '/v1/messages', {
    body: fresh(uetr),
    headers: { prefer: 'wait=30', accept: 'application/xml' },
  });
  expect(answer.status).toBe(200);
  expect(answer.text).toContain('<TxSts>ACCC</TxSts>');
  const after = await balances();
  const moved = after.map((balance, i) => (balance?.availableMinor ?? 0n) - (before[i]?.availableMinor ?? 0n));
  expect(moved).toEqual([-125_000_000n, 125_000_000n, -1_687_500n, 1_687_500n]);
  expect(after.map((balance) => balance?.heldMinor)).toEqual([0n, 0n, 0n, 0n]);
  const inbox = async (key: string) => {
    const { body } = await stack.send(key, 'GET', '/v1/inbox');
    return (body as { items: { message: string; uetr: string }[] }).items
      .filter((item) => item.uetr === uetr)
      .map((item) => item.message);
  };
  expect(await inbox('bank-altnkz20')).toEqual(['camt.054.001.08', 'pacs.002.001.10']);
  expect(await inbox('bank-longcn20')).toEqual(['pacs.008.001.08', 'camt.054.001.08']);
  expect(await inbox('provider')).toEqual(['camt.054.001.08']);
});

it('each payment of a long message has the time to wait for its turn, and all are settled', async () => {
  const COUNT = 300;
  const [transaction] = /<CdtTrfTxInf>[\s\S]*<\/CdtTrfTxInf>/.exec(TEMPLATE) ?? [''];
  const uetrs = Array.from({ length: COUNT }, () => randomUUID());
  const transactions = uetrs.map((uetr) =>
    transaction
      .replace(/<UETR>[^<]*/, `<UETR>${uetr}`)
      .replaceAll('>1250000.00<', '>1250.00<')
      .replace(/<IntrBkSttlmDt>[^<]*/, `<IntrBkSttlmDt>${stack.today()}`),
  );
  const body = TEMPLATE.replace(transaction, transactions.join(''))
    .replace(/<MsgId>[^<]*/, `<MsgId>LONG-${uetrs[0]?.slice(0, 8)}`)
    .replace('<NbOfTxs>1<', `<NbOfTxs>${COUNT}<`);
  const answer = await stack.send('bank-altnkz20', 'POST', '/v1/messages', { body, headers: { prefer: 'wait=50' } });
  expect([...answer.text.matchAll(/<TxSts>(\w+)/g)].map(([, status]) => status)).toEqual(Array(COUNT).fill('ACCC'));
  const pool = stack.databases.get('gateway')?.pool;
  const { rows } = (await pool?.query<{ terms: Buffer }>(
    'SELECT terms FROM payment WHERE uetr = ANY ($1) ORDER BY tx_index',
    [uetrs],
  )) ?? { rows: [] };
  const deadlines = rows.map(({ terms }) => {
    const decoded = decodeTerms(terms);
    return decoded.ok ? decoded.value.prepareBy : 0;
  });
  expect(deadlines.map((prepareBy) => prepareBy - (deadlines[0] ?? 0))).toEqual(uetrs.map((_, i) => i * 20));
});
