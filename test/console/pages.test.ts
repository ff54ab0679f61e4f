/**
 * Every page in light and dark, on a laptop and a phone: no serious finding of axe, no complaint of the browser, nothing
 * wider than the screen. With `OTKEL_SCREENSHOTS` it also takes their pictures into that folder (`npm run screenshots`).
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { en } from '../../console/src/i18n/en.js';
import { DEMO_CALLER_KEYS } from '../../src/gateway/demo.js';
import {
  BANK,
  CREDITOR_BANK,
  CUSTOMER_08,
  CUSTOMER_13,
  chinaToKazakhstan,
  fresh,
  setAmount,
  setDebtorAccount,
  setText,
} from '../contract/support.js';
import { axeFindings, type Console, chromiumPath, expectNoFaults, openConsole, sideways } from './browser.js';
import { makeDeskDay } from './desk-scene.js';
import { makeEvent, makeProject, PROJECT, TREASURY } from './scene.js';

/** Names of keys, which are words too. */
const KEY_IDS: ReadonlySet<string> = new Set(DEMO_CALLER_KEYS.map(({ keyId }) => keyId));
const FOLDER = process.env.OTKEL_SCREENSHOTS;
const PICTURES = ['laptop-light', 'phone-dark'];

describe.skipIf(chromiumPath === undefined)('pages', () => {
  let open: Console;
  let paid = '';
  let refused = '';
  let doubtful = '';
  let quoted = '';
  let transaction = '';
  beforeAll(async () => {
    open = await openConsole();
    const { world } = open;
    await makeProject(world);
    await makeEvent(world);
    const amounts = ['1250000.00', '48200.50', '7310000.00', '92000.00', '315000.75', '5400.00'];
    for (const amount of amounts) await world.post(fresh(world, CUSTOMER_08, setAmount(amount)).xml);
    const back = fresh(world, CUSTOMER_08, ...chinaToKazakhstan('18250.00'));
    await world.post(back.xml, { key: CREDITOR_BANK });
    const bad = fresh(world, CUSTOMER_08, setDebtorAccount('NOBODYS'));
    await world.post(bad.xml);
    const long = fresh(world, CUSTOMER_13, setText('EndToEndId', 'E2E-2026-000117'));
    await world.post(long.xml);
    const waiting = fresh(world, CUSTOMER_08, setAmount('640000.00'));
    await world.post(waiting.xml);
    await world.quiet();
    [paid, refused, doubtful] = [long.uetr, bad.uetr, waiting.uetr];
    const asked = { walletId: 'KZ-ALTNKZ20-SETTLEMENT', amount: '5000000.00', currency: 'KZT' };
    for (const id of ['pages-1', 'pages-2'])
      await world.json(BANK, 'POST', '/v1/ledgers/KZ/issuance', asked, { 'idempotency-key': id });
    const { body } = await world.call('operator', 'GET', '/v1/ledgers/KZ/wallets/KZ-TREASURY/statement?limit=1');
    transaction = body.entries[0].transactionId;
    quoted = await makeDeskDay(world);
    // As a gateway stores a payment that waits for a jurisdiction which doesn't answer.
    await gatewayPool().query(
      `UPDATE payment SET status = 'PDNG', state = 'DECIDED', closed_at = NULL, doubted_at = accepted_at + 4000,
              waiting_for = '{CN}' WHERE uetr = $1`,
      [doubtful],
    );
  });
  afterAll(async () => {
    await gatewayPool().query(
      `UPDATE payment SET status = 'ACCC', state = 'CLOSED', closed_at = decided_at, doubted_at = NULL, waiting_for = NULL
        WHERE uetr = $1`,
      [doubtful],
    );
    await open.close();
  });
  const gatewayPool = () => open.world.stack.databases.get('gateway')!.pool;

  interface View {
    readonly name: string;
    readonly key: string;
    readonly place: () => string;
    /** What must be there before the page is looked at. */
    readonly ready: (page: Page) => Promise<unknown>;
  }
  /** Rates are known at the second reading. */
  const counted = async (page: Page) => {
    await text(page, 'cosigner-cn');
    await page.locator('.figures', { hasText: '…' }).waitFor({ state: 'detached' });
  };
  const text = (page: Page, content: string | RegExp) => page.getByText(content).first().waitFor();
  const VIEWS: readonly View[] = [
    {
      name: 'payments',
      key: 'operator',
      place: () => 'payments',
      ready: (page) => page.locator('.row .badge', { hasText: 'PDNG' }).waitFor(),
    },
    {
      name: 'payment',
      key: 'operator',
      place: () => `payments/${paid}`,
      ready: (page) => text(page, 'cosigner-cn'),
    },
    {
      name: 'payment-rejected',
      key: BANK,
      place: () => `payments/${refused}`,
      ready: (page) => text(page, 'DEBTOR_ACCOUNT_UNKNOWN'),
    },
    {
      name: 'desk',
      key: 'desk',
      place: () => 'desk',
      ready: (page) => page.locator('.chart path.ask').first().waitFor(),
    },
    { name: 'desk-quotes', key: 'desk', place: () => 'desk/quotes', ready: (page) => text(page, '84,000.00') },
    { name: 'desk-quote', key: 'desk', place: () => `desk/quotes/${quoted}`, ready: (page) => text(page, 'given') },
    { name: 'desk-positions', key: 'desk', place: () => 'desk/positions', ready: (page) => text(page, 'equal') },
    { name: 'desk-limits', key: 'desk', place: () => 'desk/limits', ready: (page) => text(page, 'desk + desk-2') },
    {
      name: 'desk-queue',
      key: 'desk',
      place: () => 'desk/queue',
      ready: (page) => text(page, 'No payment waits for liquidity.'),
    },
    { name: 'desk-provider', key: 'provider', place: () => 'desk', ready: (page) => text(page, 'A rate by hand') },
    { name: 'doubts', key: 'operator', place: () => 'doubts', ready: (page) => text(page, /Next step/) },
    { name: 'ledgers', key: 'operator', place: () => 'ledgers/KZ', ready: (page) => text(page, 'KZ-ALTNKZ20-2') },
    { name: 'requests', key: 'issuer-kz-1', place: () => 'ledgers/KZ', ready: (page) => text(page, 'ALTNKZ20') },
    { name: 'ledgers-bank', key: BANK, place: () => 'ledgers/KZ', ready: (page) => text(page, 'KZ-ALTNKZ20-2') },
    {
      name: 'tree',
      key: TREASURY,
      place: () => `ledgers/KZ/tree/marks/${PROJECT}`,
      ready: (page) => page.locator('.box.start').waitFor(),
    },
    { name: 'block', key: 'operator', place: () => 'ledgers/KZ/blocks/3', ready: (page) => text(page, 'Merkle root') },
    {
      name: 'transaction',
      key: 'operator',
      place: () => `ledgers/KZ/transactions/${transaction}`,
      ready: (page) => text(page, 'Tokens made'),
    },
    { name: 'health', key: 'operator', place: () => 'health', ready: (page) => counted(page) },
  ];
  const SCREENS = {
    laptop: { width: 1280, height: 800 },
    tablet: { width: 800, height: 1100 },
    phone: { width: 390, height: 844 },
  } as const;

  /** Looks at a page that is there: light and dark on a laptop, a tablet and a phone. */
  async function look(page: Page, name: string, ready: () => Promise<unknown>): Promise<void> {
    for (const [screen, viewport] of Object.entries(SCREENS)) {
      await page.setViewportSize(viewport);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await ready();
        expect(await sideways(page), `${screen}: nothing is beside the screen`).toEqual([]);
        if (FOLDER !== undefined && PICTURES.includes(`${screen}-${colorScheme}`)) {
          mkdirSync(FOLDER, { recursive: true });
          await page.screenshot({ path: join(FOLDER, `${name}-${screen}-${colorScheme}.png`) });
        }
        if (screen === 'laptop' || (screen === 'phone' && colorScheme === 'dark'))
          expect(await axeFindings(page), `${screen}, ${colorScheme}`).toEqual([]);
      }
    }
  }

  it('sign-in', async () => {
    const opened = await open.open();
    await look(opened.page, 'sign-in', () => opened.page.getByLabel('Sign in with your key file').waitFor());
    expectNoFaults(opened);
    await opened.close();
  });

  it.each(VIEWS)('$name', async ({ name, key, place, ready }) => {
    const opened = await open.signIn(key, place());
    await look(opened.page, name, () => ready(opened.page));
    expectNoFaults(opened);
    await opened.close();
  });

  it.each(['ru', 'kk'])('in %s every text of a page is in that language', async (locale) => {
    const opened = await open.signIn('operator', 'payments', { locale });
    await opened.page.locator('.row .badge', { hasText: 'PDNG' }).waitFor();
    const heading = { ru: 'Платежи', kk: 'Төлемдер' }[locale];
    expect(await opened.page.locator('h1').textContent()).toBe(heading);
    expect(await opened.page.locator('html').getAttribute('lang')).toBe(locale);
    const expectTranslated = async (place: string) => {
      const lines = new Set((await opened.page.locator('body').innerText()).split('\n'));
      const left = Object.values(en).filter((text) => text.length > 3 && lines.has(text) && !KEY_IDS.has(text));
      expect(left, place).toEqual([]);
    };
    await expectTranslated('payments');
    if (FOLDER !== undefined) await opened.page.screenshot({ path: join(FOLDER, `payments-${locale}.png`) });
    await opened.page.setViewportSize(SCREENS.phone);
    for (const [place, there] of [
      ['payments', '.row .badge'],
      [`payments/${paid}`, '.message'],
      ['doubts', '.card'],
      ['ledgers/KZ', '.panel table'],
      ['health', '.panel table'],
      ['desk', '.chart'],
      ['desk/quotes', '.row .badge'],
      ['desk/positions', '.panel table'],
      ['desk/limits', '.panel table'],
    ] as const) {
      await opened.page.goto(`${open.url}/#/${place}`);
      await opened.page.locator(there).first().waitFor();
      expect(await sideways(opened.page), place).toEqual([]);
      await expectTranslated(place);
    }
    expectNoFaults(opened);
    await opened.close();
  });
});
