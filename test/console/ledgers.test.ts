/** A ledger at the console: blocks, transactions, held money, events, and trees of money that one walks through. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BANK } from '../contract/support.js';
import { type Console, chromiumPath, expectNoFaults, openConsole } from './browser.js';
import { EVENT, made, makeEvent, makeProject, OTHER_BANK, PROJECT, TREASURY } from './scene.js';

describe.skipIf(chromiumPath === undefined)('a ledger at the console', () => {
  let open: Console;
  beforeAll(async () => {
    open = await openConsole();
    await makeProject(open.world);
    await makeEvent(open.world);
  });
  afterAll(() => open.close());

  const boxes = (page: Page) => page.locator('.picture .box');
  const standing = (page: Page) => page.locator('.picture .box[aria-current=true]');
  const panel = (page: Page, name: string | RegExp) => page.getByRole('region', { name });

  it('shows the tree of a project, walked by the keyboard', async () => {
    const opened = await open.signIn(TREASURY, 'ledgers/KZ');
    const { page } = opened;
    await panel(page, 'Tree of money').getByRole('link', { name: PROJECT }).click();
    await page.getByRole('heading', { name: `Mark or project ${PROJECT}` }).waitFor();
    // Marking, four payments and a withdrawal; the money of each pocket; four registrations are only counted.
    await expect.poll(() => boxes(page).count()).toBe(6 + 5);
    await page.getByText('Whole: 10 transactions. Of them registrations: 4.').waitFor();
    await standing(page).focus();
    const name = () => standing(page).getAttribute('aria-label');
    expect(await name()).toContain('600,000.00 KZT marking');
    await page.keyboard.press('ArrowLeft');
    expect(await name()).toContain('600,000.00 KZT marking');
    await page.keyboard.press('ArrowRight');
    await expect.poll(name).toContain('300,000.00 KZT spending');
    await page.locator('.standing').getByRole('link', { name: '2027/17-A' }).waitFor();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    expect(await standing(page).getAttribute('class')).toContain('token');
    expect(await page.evaluate('document.activeElement.getAttribute("aria-current")')).toBe('true');
    await page.keyboard.press('ArrowLeft');
    expect(await standing(page).getAttribute('class')).toContain('transaction');
    const zoom = async () => Number(/(\d+) %/.exec((await page.locator('.picture-tools').textContent()) ?? '')?.[1]);
    const before = await zoom();
    await page.keyboard.press('-');
    await expect.poll(zoom).toBeLessThan(before);
    await page.keyboard.press('+');
    await expect.poll(zoom).toBe(before);
    await page.keyboard.press('0');
    expect(await boxes(page).count()).toBe(11);
    // By the pointer: a press goes to a box, a pull moves the picture and goes nowhere.
    await page.getByRole('button', { name: /^600,000.00 KZT marking/ }).click();
    await expect.poll(name).toContain('600,000.00 KZT marking');
    const svg = page.locator('.picture svg');
    const seen = await svg.getAttribute('viewBox');
    const area = (await svg.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    await page.mouse.move(area.x + 20, area.y + area.height - 20);
    await page.mouse.down();
    await page.mouse.move(area.x + 120, area.y + area.height - 60, { steps: 4 });
    await page.mouse.up();
    expect(await svg.getAttribute('viewBox')).not.toBe(seen);
    expect(await name()).toContain('600,000.00 KZT marking');
    expectNoFaults(opened);
    await opened.close();
  });

  it('leads from a project to an agreement, and from money to where it came from and went', async () => {
    const opened = await open.signIn(TREASURY, `ledgers/KZ/tree/marks/${PROJECT}`);
    const { page } = opened;
    const row = panel(page, 'Agreements of the project').getByRole('row', { name: /2027\/17-A/ });
    expect(await row.textContent()).toContain('100,000.00');
    await row.getByRole('link').click();
    await page.getByRole('heading', { name: 'Agreement 2027/17-A' }).waitFor();
    await expect.poll(() => page.url()).toContain('/tree/agreements/2027%2F17-A');
    await page.getByText('Whole: 2 transactions.').waitFor();
    await page.goBack();
    await page.locator('.standing').getByRole('link', { name: 'Where to' }).first().click();
    await page.getByRole('heading', { name: /^Token / }).waitFor();
    expect(await page.locator('.tabs [aria-current]').textContent()).toBe('Where to');
    await boxes(page).first().waitFor();
    await page.getByRole('navigation', { name: 'Tree of money' }).getByRole('link', { name: 'Where from' }).click();
    await page.getByRole('button', { name: /KZT marking/ }).waitFor();
    expectNoFaults(opened);
    await opened.close();
  });

  it('reads a long tree page by page, and draws what is in sight', async () => {
    const chain = 120;
    const transfer = { debitWallet: 'KZ-DALAKZ20-2', creditWallet: 'KZ-DALAKZ20-1', amount: '1.00', currency: 'KZT' };
    await Promise.all(Array.from({ length: chain }, () => made(open.world, OTHER_BANK, '/transfers', transfer)));
    const opened = await open.signIn(OTHER_BANK, 'ledgers/KZ');
    const { page } = opened;
    await page.getByRole('button', { name: 'KZ-DALAKZ20-2' }).click();
    const postings = panel(page, 'Postings of KZ-DALAKZ20-2');
    await postings.locator('tbody tr').first().waitFor();
    expect(await postings.locator('tbody tr').count()).toBe(50);
    await postings.getByRole('button', { name: 'Show more' }).click();
    await expect.poll(() => postings.locator('tbody tr').count()).toBe(100);
    await postings.locator('tbody tr').first().getByRole('link').last().click();
    await page.getByRole('heading', { name: 'Transaction' }).waitFor();
    await panel(page, 'Tokens made')
      .getByRole('row', { name: /KZ-DALAKZ20-2/ })
      .getByText('Where from')
      .click();
    await page.getByText('Read so far: 100 transactions.').waitFor();
    await page.getByRole('button', { name: 'Read more of the tree' }).click();
    await page.getByText(/Whole: 12\d transactions\./).waitFor();
    const title = await page.locator('.panel h2').first().textContent();
    const all = Number(/\d+/.exec(title ?? '')?.[0]);
    expect(all).toBeGreaterThan(150);
    expect(await boxes(page).count()).toBeLessThan(60);
    await page.getByRole('button', { name: 'Show all' }).click();
    await expect.poll(() => boxes(page).count()).toBe(all);
    expectNoFaults(opened);
    await opened.close();
  });

  it('shows held money, events and blocks, and says what is wrong in each field', async () => {
    const opened = await open.signIn(BANK, 'ledgers/KZ');
    const { page } = opened;
    const holds = panel(page, 'Held money');
    await holds.getByText('No money is held.').waitFor();
    await holds.getByLabel('Held for').selectOption('event');
    await holds.getByRole('row', { name: new RegExp(`${EVENT}.*4,200,000.00`) }).waitFor();
    await holds.getByLabel('Wallet').selectOption('KZ-ALTNKZ20-2');
    await holds.getByText('No money is held.').waitFor();
    const events = panel(page, 'Events');
    await events.getByRole('button', { name: EVENT }).click();
    await events.getByText('1 of: vehicles').waitFor();
    const fields = [
      [events, 'Event', ['two words', 'x'.repeat(129), 'не латиница'], 'At most 128 visible characters'],
      [panel(page, 'Newest blocks'), 'Block', ['0', '-1', '1.5', 'last', '9'.repeat(19)], 'A whole number from 1 on'],
    ] as const;
    for (const [where, label, wrong, said] of fields)
      for (const text of wrong) {
        await where.getByLabel(label, { exact: true }).fill(text);
        await where.getByText(said).waitFor();
        expect(await where.getByRole('button', { name: 'Show', exact: true }).isDisabled()).toBe(true);
      }
    const trees = panel(page, 'Tree of money');
    for (const [kind, text, said] of [
      ['tokens', 'abc', '72 digits and letters'],
      ['tokens', 'G'.repeat(72), '72 digits and letters'],
      ['agreements', 'two words', 'At most 128 visible characters'],
    ] as const) {
      await trees.getByLabel('Tree of a').selectOption(kind);
      await trees.getByRole('textbox').fill(text);
      await trees.getByText(said).waitFor();
    }
    // What is well formed and isn't there is the API's to say, in the page.
    await events.getByLabel('Event', { exact: true }).fill('no-such-event');
    await events.getByRole('button', { name: 'Show', exact: true }).click();
    await events.getByRole('alert').filter({ hasText: 'Your role may not do this.' }).waitFor();
    expect(opened.faults.splice(0)).toEqual([expect.stringContaining('403')]);
    const blocks = panel(page, /^(?:Newest|Older) blocks$/);
    await blocks.getByLabel('Block', { exact: true }).fill('3');
    await blocks.getByRole('button', { name: 'Older' }).click();
    await panel(page, 'Older blocks').getByRole('button', { name: 'Newest' }).click();
    await panel(page, 'Newest blocks').getByRole('button', { name: 'Show', exact: true }).click();
    await page.getByRole('heading', { name: 'Block 3' }).waitFor();
    await page.getByText('Notary’s signature').waitFor();
    await page.getByRole('link', { name: '4 →' }).click();
    await page.getByRole('heading', { name: 'Block 4' }).waitFor();
    expectNoFaults(opened);
    await opened.close();
  });

  it('shows the operator anybody’s wallets and all held money', async () => {
    const opened = await open.signIn('operator', 'ledgers/KZ');
    const { page } = opened;
    const wallets = panel(page, /^Wallets of/);
    for (const wrong of ['ALT', "'; DROP", 'ALTNKZ2012345']) {
      await page.getByLabel('Owner (BIC)').fill(wrong);
      await page.getByText('A BIC has 8 or 11 letters and digits').waitFor();
    }
    await page.getByLabel('Owner (BIC)').fill('trsykz20');
    await page.keyboard.press('Enter');
    await wallets.getByRole('row', { name: /KZ-TREASURY/ }).waitFor();
    await page.getByLabel('Participant').selectOption('DALAKZ20');
    await wallets.getByRole('row', { name: /KZ-DALAKZ20-1/ }).waitFor();
    const holds = panel(page, 'Held money');
    await holds.getByLabel('Held for').selectOption('event');
    await holds.getByRole('row', { name: new RegExp(EVENT) }).waitFor();
    expect(await page.getByRole('heading', { name: 'Tree of money' }).count()).toBe(0);
    expectNoFaults(opened);
    await opened.close();
  });
});
