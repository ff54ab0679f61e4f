/** A day at the FX desk: from the first rate to the kill switch, by two officers at pages of their own. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoConfig } from '../../src/gateway/demo.js';
import {
  available,
  BANK,
  CREDITOR_BANK,
  CUSTOMER_08,
  expectProblem,
  fresh,
  setAmount,
  setTariff,
  setText,
} from '../contract/support.js';
import { type Console, chromiumPath, expectNoFaults, type Opened, openConsole } from './browser.js';

const PROVIDER = 'OTKLKZ20';

describe.skipIf(chromiumPath === undefined)('the FX desk', () => {
  let open: Console;
  let first: Opened;
  let second: Opened;
  beforeAll(async () => {
    // Nothing that is looked at here ends by itself meanwhile.
    const corridors = demoConfig.corridors.map((corridor) => ({ ...corridor, queue: { waitMs: 120_000 } }));
    open = await openConsole({ config: { corridors } });
    [first, second] = await Promise.all([open.signIn('desk', 'desk'), open.signIn('desk-2', 'desk')]);
  });
  afterAll(() => open.close());

  const region = (page: Page, name: string | RegExp) => page.getByRole('region', { name });
  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
  const providerRow = (page: Page) => region(page, /^Rates of/).getByRole('row', { name: new RegExp(`^${PROVIDER}`) });
  const said = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();
  const ask = (amount = '1000.00') => {
    const asked = { sourceCurrency: 'CNY', targetCurrency: 'KZT', amount, fixedSide: 'source' };
    return open.world.json('bank-longcn20', 'POST', '/v1/fx/quotes', asked);
  };
  // By its spread: the list may still show one that was decided just now.
  const proposed = (page: Page, spread: string) =>
    region(page, 'Proposed rates')
      .getByRole('row')
      .filter({ hasText: `${spread} bp` });
  const approve = (page: Page, spread: string) =>
    proposed(page, spread).getByRole('button', { name: 'Approve' }).click();

  it('the first rate: one officer proposes, another one’s page shows it, and with the approval it is the rate', async () => {
    const form = first.page.getByRole('form', { name: 'A rate by hand' });
    await form.getByLabel('Provider').selectOption(PROVIDER);
    const propose = form.getByRole('button', { name: 'Propose' });
    const fill = (label: RegExp, text: string) => form.getByLabel(label).fill(text);
    await propose.click();
    await said(first.page, 'A rate, for example 73.45');
    for (const [label, wrong, fault] of [
      [/^Middle/, '0', 'A rate, for example'],
      [/^Middle/, '-1', 'A rate, for example'],
      [/^Middle/, '73.12345678901', 'A rate, for example'],
      [/^Middle/, '123456789012', 'A rate, for example'],
      [/^Middle/, "'; DROP", 'A rate, for example'],
      [/^Spread/, '20000', 'Basis points below'],
      [/^Spread/, '-5', 'Basis points below'],
      [/^Spread/, '1e3', 'Basis points below'],
      [/^At most/, '0', 'An amount, for example'],
      [/^At most/, '1.005', 'An amount, for example'],
    ] as const) {
      await fill(/^Middle/, '73,5');
      await fill(/^Spread/, '40');
      await fill(/^At most/, '');
      await fill(label, wrong);
      await propose.click();
      await form.getByRole('alert').filter({ hasText: fault }).waitFor();
    }
    await fill(/^At most/, '');
    await said(first.page, /Bid and ask will be\s*73.353\s*\/\s*73.647/);
    await propose.click();
    await said(first.page, 'Proposed. Another officer decides.');
    await said(first.page, 'Proposed by you; another officer must approve.');
    expect(await button(first.page, 'Approve as second officer').count()).toBe(0);
    await approve(second.page, '40');
    for (const { page } of [first, second]) {
      await providerRow(page).getByText('73.353').waitFor();
      await providerRow(page).getByText('73.647').waitFor();
    }
    expect((await ask()).body).toMatchObject({ provider: PROVIDER, rate: '73.353', targetAmount: '73353.00' });
  });

  it('the spread by one click waits for the other officer; a refusal says why', async () => {
    await button(first.page, `Widen the spread of ${PROVIDER} by 5 basis points`).click();
    await said(first.page, '+5 bp proposed; another officer decides');
    await approve(second.page, '45');
    for (const { page } of [first, second]) await providerRow(page).getByText('45', { exact: true }).waitFor();
    await button(first.page, `Narrow the spread of ${PROVIDER} by 1 basis points`).click();
    const proposals = proposed(second.page, '44');
    await proposals.getByRole('button', { name: 'Refuse…' }).click();
    const refuse = proposals.getByRole('button', { name: 'Refuse', exact: true });
    await refuse.click();
    await said(second.page, 'Say why, in at most 400 characters');
    await proposals.getByLabel('Reason').fill('x'.repeat(401));
    await refuse.click();
    await said(second.page, 'Say why, in at most 400 characters');
    await proposals.getByLabel('Reason').fill('The market is thin');
    await refuse.click();
    await region(first.page, 'Proposed rates').getByText('The market is thin').waitFor();
    expect((await ask()).body.rate).toBe('73.334625');
  });

  it('the chart is read off by the arrow keys', async () => {
    const chart = first.page.getByRole('group', { name: /Bid and ask, KZT for one CNY/ });
    expect(await chart.locator('path.ask').count()).toBeGreaterThan(0);
    const readout = region(first.page, /^Rates of/).locator('.readout');
    const last = await readout.textContent();
    await chart.focus();
    for (let i = 0; i < 2; i++) await first.page.keyboard.press('ArrowLeft');
    expect(await readout.textContent()).not.toBe(last);
    await first.page.keyboard.press('End');
    await expect.poll(() => readout.textContent()).toBe(last);
    await first.page.getByLabel('Time shown').selectOption('hour');
    await expect.poll(() => first.page.url()).toContain('range=hour');
    await first.page.getByText('Last changes as a table').click();
    await region(first.page, /^Rates of/)
      .getByText('desk + desk-2')
      .first()
      .waitFor();
  });

  it('the blotter shows quotes and their payments as they come, finds them, exports them', async () => {
    const { page } = first;
    await page.goto(`${open.url}/#/desk/quotes`);
    await page.locator('.rows-body [role=row]').first().waitFor();
    const { quoteId } = (await ask('77.00')).body as { quoteId: string };
    const row = page.locator('.rows-body [role=row]', { hasText: '77.00' });
    await row.getByText('open', { exact: true }).waitFor();
    const { xml, uetr } = fresh(open.world, CUSTOMER_08, setAmount('4321.00'));
    await open.world.post(xml);
    const paid = page.locator('.rows-body [role=row]', { hasText: '4,321.00' });
    await paid.getByText('used', { exact: true }).waitFor();
    await paid.locator('.badge', { hasText: 'ACCC' }).waitFor();
    const label = (name: string | RegExp) => page.getByRole('search').getByLabel(name);
    await label('Bank (BIC)').fill('altnkz20');
    await label('State').selectOption('used');
    await expect.poll(() => page.locator('.rows-body [role=row]').count()).toBe(1);
    for (const [name, wrong, fault] of [
      ['Quote id', 'x', 'The id of a quote is a UUID'],
      ['Bank (BIC)', "'; DROP", 'A BIC has 8 or 11'],
      ['Provider (BIC)', '=1+1', 'A BIC has 8 or 11'],
    ] as const) {
      await label(name).fill(wrong);
      await page.getByRole('alert').filter({ hasText: fault }).waitFor();
      await label(name).fill('');
    }
    await label('Bank (BIC)').fill('ALTNKZ20');
    await expect.poll(() => page.url()).toContain('bank=ALTNKZ20');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export CSV' }).click(),
    ]);
    const lines = readFileSync(await download.path(), 'utf8')
      .replace('\ufeff', '')
      .trimEnd()
      .split('\r\n');
    expect(lines[0]).toMatch(/^QuoteId,State,Bank,Provider,/);
    expect(lines.slice(1)).toEqual([expect.stringContaining(`,${uetr},ACCC,`)]);
    await page.goto(`${open.url}/#/desk/quotes/${quoteId}`);
    await region(page, 'Best execution').getByText('given').waitFor();
    await said(page, quoteId);
  });

  it('positions show what payments moved, equal to their quotes; funds below their mark are low', async () => {
    const { page } = first;
    await page.goto(`${open.url}/#/desk/positions`);
    const funds = region(page, 'Funds of the providers');
    const row = funds.getByRole('row', { name: /CN-FX/ }).filter({ hasText: PROVIDER });
    await row.getByText('enough').waitFor();
    await row.getByRole('button', { name: 'Change…' }).click();
    const mark = row.getByLabel('Amount, CNY (or empty)');
    for (const wrong of ['x', '-1', '1.005', '1e9']) {
      await mark.fill(wrong);
      await row.getByRole('button', { name: 'Set' }).click();
      await row.getByText('An amount, for example').waitFor();
    }
    await mark.fill('9 999 999 999,00');
    await row.getByRole('button', { name: 'Set' }).click();
    await row.getByText('low', { exact: true }).waitFor();
    await region(page, /^What payments moved/)
      .getByText('equal', { exact: true })
      .first()
      .waitFor();
    await region(page, 'Positions and result')
      .getByRole('row', { name: /4,321.00 KZT/ })
      .waitFor();
  });

  it('what a payment is charged stands with it and with its quote', async () => {
    const { page } = first;
    await setTariff(open.world, { corridor: 'KZ-CN', fixed: '123.45' });
    const { xml, uetr } = fresh(open.world, CUSTOMER_08, setAmount('9876.00'));
    await open.world.post(xml);
    await setTariff(open.world, { corridor: 'KZ-CN' });
    await page.goto(`${open.url}/#/payments/${uetr}`);
    await said(page, 'KZ-FEE');
    await said(page, '123.45');
    const { quoteId } = (await open.world.call('desk', 'GET', `/v1/payments/${uetr}`)).body;
    await page.goto(`${open.url}/#/desk/quotes/${quoteId}`);
    await said(page, quoteId);
    await said(page, '123.45');
  });

  it('a limit that two officers set holds for the next quote; another takes it away', async () => {
    for (const { page } of [first, second]) await page.goto(`${open.url}/#/desk/limits`);
    const { page } = first;
    await said(page, 'There are no limits.');
    const form = page.getByRole('form', { name: 'Propose a limit' });
    const propose = form.getByRole('button', { name: 'Propose' });
    const most = form.getByLabel(/^At most/);
    const approveLimit = () => region(second.page, 'Proposed limits').getByRole('button', { name: 'Approve' }).click();
    await form.getByLabel('What').selectOption('amount of a payment');
    await form.getByLabel('Currency').selectOption('CNY');
    for (const [name, wrong, fault] of [
      [/^BIC/, 'LONG', 'A BIC has 8 or 11'],
      [/^BIC/, '=1+1', 'A BIC has 8 or 11'],
      [/^At most/, '-1', 'An amount, for example'],
      [/^At most/, '1.005', 'An amount, for example'],
    ] as const) {
      await form.getByLabel(/^BIC/).fill('longcn20');
      await most.fill('500,00');
      await form.getByLabel(name).fill(wrong);
      await propose.click();
      await form.getByRole('alert').filter({ hasText: fault }).waitFor();
    }
    await form.getByLabel('What').selectOption('open quotes');
    await most.fill('1.5');
    await propose.click();
    await form.getByRole('alert').filter({ hasText: 'A whole number' }).waitFor();
    await form.getByLabel('What').selectOption('amount of a payment');
    await most.fill('500.00');
    await propose.click();
    await said(page, 'Proposed by you; another officer must approve.');
    await approveLimit();
    for (const one of [page, second.page])
      await region(one, 'Limits')
        .getByRole('row', { name: /bank LONGCN20.*500.00 CNY.*desk \+ desk-2/ })
        .waitFor();
    expectProblem(await ask(), 422, 'PAYMENT_LIMIT', 'AM14');
    await most.fill('');
    await propose.click();
    await approveLimit();
    await said(page, 'There are no limits.');
    expect((await ask()).status).toBe(201);
  });

  it('payments that wait for funds are shown in their order, until there are funds', async () => {
    const { world } = open;
    const { page } = first;
    await page.goto(`${open.url}/#/desk/queue`);
    await said(page, 'No payment waits for liquidity.');
    const wallets = [
      ['provider', 'CN-FX-PROVIDER'],
      ['provider-silkcn20', 'CN-FX-SILKCN20'],
    ] as const;
    const sink = 'CN-LONGCN20-2';
    const move = async (key: string, debitWallet: string, creditWallet: string, minor: bigint) => {
      const amount = `${minor / 100n}.${String(minor % 100n).padStart(2, '0')}`;
      const headers = { 'idempotency-key': randomUUID() };
      const body = { debitWallet, creditWallet, amount, currency: 'CNY' };
      expect((await world.json(key, 'POST', '/v1/ledgers/CN/transfers', body, headers)).status).toBe(201);
    };
    for (const [key, wallet] of wallets) await move(key, wallet, sink, await available(world, wallet));
    const free = async () =>
      (await world.call('desk', 'GET', '/v1/fx/limits')).body.reserves
        .filter(({ currency }: { currency: string }) => currency === 'CNY')
        .map((reserve: { free: string }) => reserve.free);
    await expect.poll(free, { timeout: 20_000 }).toEqual(['0.00', '0.00']);
    const [normal, high] = ['5000.00', '6000.00'].map((amount) => fresh(world, CUSTOMER_08, setAmount(amount)));
    for (const { xml } of [normal!, { xml: setText('InstrPrty', 'HIGH')(high!.xml) }]) await world.post(xml);
    const rows = region(page, 'Payments that wait for liquidity').getByRole('row');
    await expect.poll(() => rows.getByRole('link').allTextContents()).toEqual([high!.msgId, normal!.msgId]);
    await rows.nth(1).getByText('HIGH').waitFor();
    await rows.nth(2).getByText(/lacks/).waitFor();
    await move(CREDITOR_BANK, sink, 'CN-FX-PROVIDER', 1_000_000_00n);
    await said(page, 'No payment waits for liquidity.');
  });

  it('the kill switch: asked twice, at once, and lifted by two officers', async () => {
    const { page } = first;
    for (const one of [page, second.page]) await one.goto(`${open.url}/#/desk`);
    const form = page.getByRole('form', { name: 'Kill switch' });
    const halt = form.getByRole('button', { name: 'Halt trading…' });
    await halt.click();
    await said(page, 'Say why, in at most 400 characters');
    await form.getByLabel('Reason').fill('y'.repeat(401));
    await halt.click();
    await said(page, 'Say why, in at most 400 characters');
    await form.getByLabel('Reason').fill('The feed is wrong');
    await halt.click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Halt CNY-KZT?').waitFor();
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    expect((await ask()).status).toBe(201);
    await halt.click();
    await dialog.getByRole('button', { name: 'Halt now' }).click();
    await said(page, 'CNY-KZT is halted.');
    expectProblem(await ask(), 422, 'TRADING_HALTED', 'AB04');
    await said(second.page, 'CNY-KZT is halted.');
    await providerRow(second.page).getByText('halted').waitFor();
    const lift = async (of: Page, name: string) => {
      const panel = region(of, 'Kill switch');
      await panel.getByRole('button', { name: `${name}…` }).click();
      const last = panel.getByRole('button', { name, exact: true });
      await last.click();
      await said(of, 'Say why, in at most 400 characters');
      await panel.getByLabel('Why it may go on').fill('The feed is right again');
      await last.click();
    };
    await lift(page, 'Lift as first officer');
    await said(page, 'Lifted by you; a second officer must confirm it.');
    expectProblem(await ask(), 422, 'TRADING_HALTED', 'AB04');
    await lift(second.page, 'Lift as second officer');
    for (const one of [page, second.page]) await said(one, 'Nothing is halted.');
    expect((await ask()).status).toBe(201);
    for (const one of [first, second]) {
      expectNoFaults(one);
      await one.close();
    }
  });

  it('a provider sets its own rates, at once, and sees nobody else’s; the operator sees all and changes nothing', async () => {
    const provider = await open.signIn('provider', 'desk');
    await button(provider.page, `Widen the spread of ${PROVIDER} by 1 basis points`).click();
    await said(provider.page, '+1 bp set');
    await providerRow(provider.page).getByText('46', { exact: true }).waitFor();
    for (const hidden of ['Proposed rates', 'Kill switch']) expect(await region(provider.page, hidden).count()).toBe(0);
    const tabs = provider.page.getByRole('navigation', { name: 'Parts of the desk' }).getByRole('link');
    expect(await tabs.allTextContents()).toEqual(['Rates', 'Quotes', 'Positions', 'Limits']);
    const operator = await open.signIn('operator', 'desk');
    await said(operator.page, 'Nothing is halted.');
    await region(operator.page, 'Proposed rates').getByText('approved').first().waitFor();
    expect(await button(operator.page, /Approve|Refuse|Halt|Widen|Propose|Lift/).count()).toBe(0);
    await operator.page.goto(`${open.url}/#/desk/positions`);
    await region(operator.page, 'Funds of the providers').getByText('low', { exact: true }).waitFor();
    expect(await button(operator.page, /Change/).count()).toBe(0);
    await operator.page.goto(`${open.url}/#/desk/queue`);
    await said(operator.page, 'No payment waits for liquidity.');
    const bank = await open.signIn(BANK, 'desk');
    await said(bank.page, 'There is no page here, or your role is not shown it.');
    const id = '7b1c6f0e-3d52-4c0b-9b0a-5d3a1f6f2c11';
    const card = {
      provider: PROVIDER,
      unitCurrency: 'CNY',
      quotedCurrency: 'KZT',
      mid: '73',
      tiers: [{ spreadBps: '1' }],
    };
    for (const key of ['operator', 'provider', BANK]) {
      for (const [method, path, body] of [
        ['PUT', `/v1/fx/rate-proposals/${id}`, { rates: [card] }],
        ['POST', `/v1/fx/rate-proposals/${id}/approve`, {}],
        ['PUT', `/v1/fx/halts/${id}`, { scope: 'pair', name: 'KZT-CNY', reason: 'x' }],
        ['POST', `/v1/fx/halts/${id}/lift`, { reason: 'x' }],
        ['PUT', `/v1/fx/limit-proposals/${id}`, { limits: [] }],
        ['PUT', `/v1/fx/positions/${PROVIDER}/CNY/low-water`, { amount: '1.00' }],
      ] as const)
        expectProblem(await open.world.json(key, method, path, body), 403, 'FORBIDDEN', 'AGNT');
    }
    for (const one of [provider, operator, bank]) {
      expectNoFaults(one);
      await one.close();
    }
  });

  it('scrolls through 10,000 quotes with a few rows in the page', async () => {
    const pool = open.world.stack.databases.get('gateway')!.pool;
    // The id stands in the canonical bytes after the version and its own length.
    const { rows: many } = await pool.query<{ quote_id: string }>(
      `INSERT INTO fx_quote (quote_id, provider_bic, quote, signature, valid_until, residue_currency, residue_gain)
       SELECT id, q.provider_bic, overlay(q.quote PLACING convert_to(id::text, 'UTF8') FROM 4 FOR 36), q.signature,
              q.valid_until, q.residue_currency, q.residue_gain
         FROM (SELECT * FROM fx_quote WHERE bound_uetr IS NULL ORDER BY sequence LIMIT 1) AS q,
              (SELECT gen_random_uuid() AS id FROM generate_series(1, 10000)) AS many
       RETURNING quote_id`,
    );
    try {
      const opened = await open.signIn('desk', 'desk/quotes');
      const { page } = opened;
      const body = page.locator('.rows-body');
      await body.waitFor();
      await expect
        .poll(
          async () => {
            await body.evaluate((box: { scrollTop: number; readonly scrollHeight: number }) => {
              box.scrollTop = box.scrollHeight;
            });
            return page.locator('.page-head .muted[role=status]').textContent();
          },
          { timeout: 50_000 },
        )
        .toMatch(/^Quotes: 10,0\d\d$/);
      expect(await body.locator('[role=row]').count()).toBeLessThan(60);
      expectNoFaults(opened);
      await opened.close();
    } finally {
      await pool.query('DELETE FROM fx_quote WHERE quote_id = ANY ($1::uuid[])', [many.map((row) => row.quote_id)]);
    }
  });
});
