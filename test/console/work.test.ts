/** What people do at the console: sign in, look for payments, watch one, approve money, and go on after a lost connection. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BANK, CUSTOMER_08, expectProblem, fresh, setAmount, setDebtorAccount } from '../contract/support.js';
import { type Console, chromiumPath, expectNoFaults, openConsole } from './browser.js';

/** What scrolls, as the page has it. */
interface Box {
  scrollTop: number;
  readonly scrollHeight: number;
}

const PHONE = { width: 390, height: 844 };

describe.skipIf(chromiumPath === undefined)('the console', () => {
  let open: Console;
  beforeAll(async () => {
    open = await openConsole();
  });
  afterAll(() => open.close());

  const pool = (role: 'gateway' | 'ledger-cn') => open.world.stack.databases.get(role)!.pool;
  const rowOf = (page: Page, msgId: string) => page.locator('[role=row]', { hasText: msgId });
  const keyFile = (key: string) => join(open.world.stack.keysFolder, `${key}.json`);

  it('signs in by key file, says what is wrong with another file, and forgets the key', async () => {
    const opened = await open.open();
    const { page } = opened;
    const field = page.locator('#key-file');
    const give = (text: string) =>
      field.setInputFiles({ name: 'key.json', mimeType: 'application/json', buffer: Buffer.from(text) });
    const key = readFileSync(keyFile('operator'), 'utf8');
    const wrong = JSON.parse(key) as { secretKey: string; publicKey: string };
    for (const [content, said] of [
      ['no json', 'not JSON'],
      ['null', 'not JSON'],
      ['{"keyId":"x"}', 'no key file'],
      ['x'.repeat(20_000), 'no key file'],
      [readFileSync(keyFile('operator').replace('.json', '.pub.json'), 'utf8'), 'public half'],
      [JSON.stringify({ ...wrong, secretKey: 'AAAA' }), 'no key file'],
      [JSON.stringify({ ...wrong, secretKey: '%%%' }), 'no key file'],
    ] as const) {
      await give(content);
      await page.locator('#key-fault', { hasText: said }).waitFor();
    }
    await give(JSON.stringify({ ...wrong, keyId: 'nobody' }));
    await page.getByText('does not know this key').waitFor();
    expect(opened.faults.splice(0)).toEqual([expect.stringContaining('401')]);
    await field.setInputFiles(keyFile('operator'));
    await page.locator('.connection.live').waitFor();
    expect(await page.locator('.who').textContent()).toBe('OTKOKZ20 operator');
    const kept = await page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])');
    expect(kept).toBe('[{"otkel.language":"en","otkel.theme":"system"},{},""]');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await field.waitFor();
    await page.reload();
    await field.waitFor();
    expectNoFaults(opened);
    await opened.close();
  });

  it('shows a payment from post to finality, without a reload', async () => {
    const opened = await open.signIn('operator', 'payments');
    const { page } = opened;
    await page.getByText('There are no payments yet.').waitFor();
    const { xml, msgId, uetr } = fresh(open.world, CUSTOMER_08, setAmount('1234.00'));
    // The creditor's ledger writes nothing as long as somebody reads it so.
    const held = await pool('ledger-cn').connect();
    await held.query('BEGIN; LOCK TABLE block IN EXCLUSIVE MODE');
    const posted = await open.world.post(xml, { waitSeconds: null });
    expect(posted.http).toBe(202);
    await rowOf(page, msgId).locator('.badge', { hasText: 'ACTC' }).waitFor();
    await rowOf(page, msgId).getByRole('link').click();
    await page.getByText('In progress', { exact: true }).waitFor();
    await page.getByText('Held on KZ').waitFor();
    await held.query('COMMIT');
    held.release();
    await page.locator('.page-head .badge', { hasText: 'ACCC' }).waitFor();
    for (const said of ['Held on CN', 'Settled on KZ', 'Settled on CN', 'Final status sent', 'vote COMMIT'])
      await page.getByText(said).first().waitFor();
    expect(await page.locator('.message').count()).toBe(3);
    for (const i of [0, 1])
      expect(await page.locator('.message').nth(i).locator('.xml.changed').count()).toBeGreaterThan(3);
    await page.getByText('Nothing was lost on the way.').waitFor();
    // A place in the report leads to its line in the message.
    const report = page.getByRole('region', { name: 'What the translation changed' });
    await report
      .getByRole('button', { name: /MsgId$/ })
      .first()
      .click();
    const line = 'document.activeElement.closest("figure").id + " " + document.activeElement.textContent';
    expect(await page.evaluate(line)).toContain(`message-in <MsgId>${msgId}`);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download the evidence' }).click(),
    ]);
    expect(JSON.parse(readFileSync(await download.path(), 'utf8'))).toMatchObject({
      format: 'otkel/evidence/v1',
      uetr,
    });
    expectNoFaults(opened);
    await opened.close();
  });

  it('finds by UETR, MsgId, bank, amount and status; the address holds the search; what is wrong is said', async () => {
    const [paid, refused] = [
      fresh(open.world, CUSTOMER_08, setAmount('777.00')),
      fresh(open.world, CUSTOMER_08, setDebtorAccount('NOBODYS')),
    ];
    for (const { xml } of [paid, refused]) await open.world.post(xml);
    await open.world.quiet();
    const opened = await open.signIn('operator', `payments?q=${paid.uetr}`);
    const { page } = opened;
    const rows = page.locator('.rows-body [role=row]');
    const found = async (...msgIds: string[]) => {
      await expect.poll(async () => (await rows.locator('.c-msg').allTextContents()).sort()).toEqual(msgIds.sort());
    };
    const fill = (label: string, text: string) => page.getByLabel(label).fill(text);
    await found(paid.msgId);
    await fill('UETR or MsgId', refused.msgId);
    await found(refused.msgId);
    await expect.poll(() => page.url()).toContain(`#/payments?q=${refused.msgId}`);
    await page.reload();
    await page.locator('#key-file').setInputFiles(keyFile('operator'));
    await found(refused.msgId);
    await page.getByRole('button', { name: 'Clear the search' }).click();
    await page.getByLabel('Status').selectOption('RJCT');
    await found(refused.msgId);
    await page.getByLabel('Status').selectOption('');
    await page.goto(`${open.url}/#/payments?status=GONE`);
    await page.getByText('No such status').waitFor();
    await page.getByRole('button', { name: 'Clear the search' }).click();
    await fill('Bank (BIC)', 'longcn20');
    await fill('Amount from', '770');
    await page.getByText('Choose the currency of the amount').waitFor();
    await page.getByLabel('Currency').selectOption('KZT');
    await fill('Amount to', '780,00');
    await found(paid.msgId);
    await fill('Bank (BIC)', 'DALAKZ20');
    await page.getByText('No payment is like this.').waitFor();
    for (const [label, text, said] of [
      ['UETR or MsgId', 'x'.repeat(36), 'at most 35 characters'],
      ['Bank (BIC)', "'; DROP", 'A BIC has 8 or 11'],
      ['Amount from', '-1', 'An amount, for example'],
      ['Amount from', '1e9', 'An amount, for example'],
      ['Amount from', '1.001', 'An amount, for example'],
      ['Amount from', '9999', 'Less than the amount from'],
    ] as const) {
      await fill(label, text);
      await page.getByRole('alert').filter({ hasText: said }).waitFor();
    }
    expectNoFaults(opened);
    await opened.close();
  });

  it('exports what was found as CSV', async () => {
    const refused = fresh(open.world, CUSTOMER_08, setDebtorAccount('NOBODYS'));
    await open.world.post(refused.xml);
    const opened = await open.signIn('operator', `payments?q=${refused.msgId}&status=RJCT`);
    const { page } = opened;
    await page.locator('.rows-body [role=row]').first().waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export CSV' }).click(),
    ]);
    const lines = readFileSync(await download.path(), 'utf8')
      .replace('\ufeff', '')
      .trimEnd()
      .split('\r\n');
    expect(lines[0]).toMatch(/^UETR,Sender,MsgId,Status,/);
    expect(lines.slice(1).every((line) => line.includes(',RJCT,DEBTOR_ACCOUNT_UNKNOWN,'))).toBe(true);
    expect(lines.length).toBe(2);
    expectNoFaults(opened);
    await opened.close();
  });

  it('issues money when two officers approve, each at a page of their own', async () => {
    const [bank, first, second] = await Promise.all([
      open.signIn(BANK, 'ledgers/KZ'),
      open.signIn('issuer-kz-1', 'ledgers/KZ'),
      open.signIn('issuer-kz-2', 'ledgers/KZ', { viewport: PHONE }),
    ]);
    expect(await bank.page.getByRole('button', { name: /Approve|Refuse/ }).count()).toBe(0);
    const ask = bank.page.getByRole('button', { name: 'Ask', exact: true });
    const amount = bank.page.getByLabel('Amount, KZT');
    for (const wrong of ['', 'x', '0', '-5', '1.005']) {
      await amount.fill(wrong);
      await ask.click();
      await bank.page.getByText('An amount, for example').waitFor();
    }
    const wallet = bank.page.getByRole('textbox', { name: 'Wallet' });
    await amount.fill('3 000 000,00');
    await wallet.fill('no such wallet!');
    await ask.click();
    await bank.page.getByText('Letters, digits and . _ : - only').waitFor();
    await wallet.fill('KZ-ALTNKZ20-SETTLEMENT');
    await ask.click();
    await first.page.getByRole('button', { name: 'Approve as first officer' }).click();
    await first.page.getByText('Approved by you; a second officer must approve.').waitFor();
    const approve = second.page.getByRole('button', { name: 'Approve as second officer' });
    const seen = (await approve.boundingBox()) ?? { x: -1, width: 0 };
    expect(seen.x >= 0 && seen.x + seen.width <= PHONE.width, 'the button is on a phone’s screen').toBe(true);
    await approve.click();
    for (const { page } of [bank, first, second]) await page.locator('td .badge', { hasText: 'approved' }).waitFor();
    await bank.page.getByRole('row', { name: /SETTLEMENT settlement open 3,000,000.00/ }).waitFor();
    await amount.fill('4.00');
    await ask.click();
    await first.page.getByRole('button', { name: 'Refuse…' }).click();
    await first.page.getByRole('button', { name: 'Refuse', exact: true }).click();
    await first.page.getByText('Say why, in at most 140 characters').waitFor();
    await first.page.getByLabel('Reason').fill('Collateral is missing');
    await first.page.getByRole('button', { name: 'Refuse', exact: true }).click();
    await bank.page.getByText('Collateral is missing').waitFor();
    for (const opened of [bank, first, second]) {
      expectNoFaults(opened);
      await opened.close();
    }
  });

  it('shows a role what it may do only, and the API refuses the rest', async () => {
    const opened = await open.signIn(BANK, 'health');
    const { page } = opened;
    await page.getByText('There is no page here, or your role is not shown it.').waitFor();
    expect(await page.getByRole('navigation').getByRole('link').allTextContents()).toEqual(['Payments', 'Ledgers']);
    await page.goto(`${open.url}/#/ledgers/CN`);
    await page.getByRole('heading', { name: 'Newest blocks' }).waitFor();
    expect(await page.getByRole('heading', { name: 'Wallets' }).count()).toBe(0);
    for (const path of ['/metrics', '/v1/keys', '/v1/doubts'])
      expectProblem(await open.world.call(BANK, 'GET', path), 403, 'FORBIDDEN', 'AGNT');
    const path = '/v1/ledgers/KZ/requests/none/approval';
    expectProblem(await open.world.json(BANK, 'POST', path, {}), 403, 'FORBIDDEN', 'AGNT');
    expectNoFaults(opened);
    await opened.close();
  });

  it('says that the connection is lost, comes back by itself, and shows what it missed', async () => {
    const opened = await open.signIn('operator', 'payments');
    const { page } = opened;
    await page.locator('.rows-body [role=row]').first().waitFor();
    await open.disconnect();
    await page.getByText('Connection lost').waitFor();
    await page.getByText('What you see may be old').waitFor();
    const { xml, msgId } = fresh(open.world);
    await open.world.post(xml);
    expect(await rowOf(page, msgId).count()).toBe(0);
    await open.connect();
    await page.locator('.connection.live').waitFor();
    await rowOf(page, msgId).waitFor();
    expect(await page.getByText('Connection lost').count()).toBe(0);
    // What the browser itself says of an address where nobody answers.
    expect(opened.faults.filter((fault) => !/ERR_(?:CONNECTION|INCOMPLETE|EMPTY|NETWORK)/.test(fault))).toEqual([]);
    await opened.close();
  });

  it('is worked by the keyboard alone', async () => {
    const opened = await open.signIn('operator', 'payments');
    const { page } = opened;
    await page.locator('.rows-body [role=row]').first().waitFor();
    const focused = () => page.evaluate('document.activeElement?.id || document.activeElement?.className');
    await page.keyboard.press('?');
    await page.getByRole('dialog').getByText('Keyboard shortcuts').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.keyboard.press('/');
    expect(await focused()).toBe('filter-q');
    await page.keyboard.press('Shift+Tab');
    await page.locator('.rows-body').focus();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Time line' }).waitFor();
    expect(await focused()).toBe('main');
    await page.keyboard.press('g');
    await page.keyboard.press('l');
    await page.getByRole('heading', { name: 'Ledgers' }).waitFor();
    await page.keyboard.press('t');
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
    await page.locator('body').focus();
    await page.getByRole('button', { name: 'Skip to the content' }).focus();
    await page.keyboard.press('Enter');
    expect(await focused()).toBe('main');
    expectNoFaults(opened);
    await opened.close();
  });

  it('scrolls through 10,000 payments with a few rows in the page, and stays where it is when new ones come', {
    timeout: 180_000,
  }, async () => {
    await open.world.post(fresh(open.world, CUSTOMER_08, setDebtorAccount('NOBODYS')).xml);
    await pool('gateway').query(
      `INSERT INTO payment (sender, msg_id, tx_index, uetr, owns_uetr, state, status, reason, facts, differences,
                            accepted_at, closed_at)
       SELECT p.sender, 'MANY-' || n, 0, gen_random_uuid()::text, false, 'CLOSED', 'RJCT', p.reason, p.facts,
              p.differences, p.accepted_at - n, p.accepted_at - n
         FROM (SELECT * FROM payment WHERE status = 'RJCT' LIMIT 1) AS p, generate_series(1, 10000) AS n`,
    );
    try {
      const opened = await open.signIn('operator', 'payments');
      const { page } = opened;
      const body = page.locator('.rows-body');
      await body.waitFor();
      await expect
        .poll(
          async () => {
            await body.evaluate((box: Box) => {
              box.scrollTop = box.scrollHeight;
            });
            return page.locator('.page-head [role=status]').first().textContent();
          },
          { timeout: 120_000 },
        )
        .toMatch(/^Payments: 10,0\d\d$/);
      await rowOf(page, 'MANY-10000').waitFor();
      // From one end to the other, five screens at a time: each has its rows one frame later, and a few beside them.
      const seen = (await page.evaluate(`(async () => {
        const element = document.querySelector('.rows-body');
        let frames = 0, rowsMax = 0, blank = 0;
        const end = element.scrollHeight - element.clientHeight;
        for (let top = 0; top < end; top += 5 * element.clientHeight, frames++) {
          element.scrollTop = top;
          await new Promise(requestAnimationFrame);
          await new Promise(requestAnimationFrame);
          const rows = element.querySelectorAll('[role=row]');
          rowsMax = Math.max(rowsMax, rows.length);
          const box = element.getBoundingClientRect();
          const middle = document.elementFromPoint(box.x + 40, box.y + box.height / 2);
          if (!middle?.closest('[role=row]')) blank++;
        }
        return { frames, rowsMax, blank };
      })()`)) as { frames: number; rowsMax: number; blank: number };
      expect(seen.frames).toBeGreaterThan(60);
      expect(seen.rowsMax).toBeLessThan(60);
      expect(seen.blank).toBe(0);
      const placed = () => body.evaluate((box: Box) => box.scrollHeight - box.scrollTop);
      await body.evaluate((box: Box) => {
        box.scrollTop = 5000;
      });
      const before = await placed();
      const { xml } = fresh(open.world);
      await open.world.post(xml);
      await expect.poll(() => body.evaluate((box: Box) => box.scrollTop)).toBe(5032);
      expect(await placed()).toBe(before);
      expectNoFaults(opened);
      await opened.close();
    } finally {
      await pool('gateway').query("DELETE FROM payment WHERE msg_id LIKE 'MANY-%'");
    }
  });
});
