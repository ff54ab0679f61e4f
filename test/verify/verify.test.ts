import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTrustedKeys } from '../../src/gateway/cli/trusted-keys.js';
import type { DatabaseRole } from '../../src/gateway/platform/databases.js';
import type { PvpKeyRecord } from '../../src/pvp/verify.js';
import { openStack, type Stack } from '../support/stack.js';
import { expectVerified } from '../support/verified.js';

const TEMPLATE = readFileSync(
  new URL('../../fixtures/pacs.008.001.08/customer-kzt-to-cny.xml', import.meta.url),
  'utf8',
);

let stack: Stack;
let pools: Map<DatabaseRole, pg.Pool>;
let keys: readonly PvpKeyRecord[];
/** A payment that settled, and one that was refused after terms were formed. */
const settled = randomUUID();
const rejected = randomUUID();

const post = (uetr: string, amount: string) =>
  stack.send('bank-altnkz20', 'POST', '/v1/messages', {
    body: TEMPLATE.replace(/<MsgId>[^<]*/, `<MsgId>M-${uetr.slice(0, 8)}`)
      .replace(/<UETR>[^<]*/, `<UETR>${uetr}`)
      .replaceAll('>1250000.00<', `>${amount}<`)
      .replace(/<IntrBkSttlmDt>[^<]*/, `<IntrBkSttlmDt>${stack.today()}`),
    headers: { prefer: 'wait=30', accept: 'application/xml' },
  });

beforeAll(async () => {
  stack = await openStack();
  pools = new Map([...stack.databases].map(([role, { pool }]) => [role, pool]));
  keys = (await readTrustedKeys(stack.keysFolder)).jurisdictions;
  expect((await post(settled, '1250000.00')).text).toContain('<TxSts>ACCC</TxSts>');
  expect((await post(rejected, '999999999999.00')).text).toContain('<TxSts>RJCT</TxSts>');
});
afterAll(() => stack.close());

describe('the audit of an installation', () => {
  it('finds nothing wrong where nothing is', async () => {
    await expectVerified(pools, keys);
  });
});
