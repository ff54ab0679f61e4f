/** The console in Debian's Chromium, over the whole of Otkel: signed in by key file, with what goes wrong in it noted. */
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { openWorld, type World } from '../contract/support.js';
import type { StackOptions } from '../support/stack.js';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/snap/bin/chromium'];

/** Where Chromium is: `CHROMIUM_PATH`, or where systems put it; undefined where there is none. */
export const chromiumPath: string | undefined = [process.env.CHROMIUM_PATH ?? '', ...PLACES].find(
  (path) => path !== '' && existsSync(path),
);

if (chromiumPath === undefined)
  console.log('console: not run, there is no Chromium (apt-get install chromium, or CHROMIUM_PATH)');

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export interface Opened {
  readonly page: Page;
  /** Errors of the page and of the console since it was opened, and requests to other hosts. */
  readonly faults: string[];
  readonly close: () => Promise<void>;
}

export interface Console {
  readonly world: World;
  readonly url: string;
  /** A page of its own, not signed in. */
  open(options?: BrowserContextOptions): Promise<Opened>;
  /** A page signed in with a key of the demo, at a place. */
  signIn(key: string, place?: string, options?: BrowserContextOptions): Promise<Opened>;
  /** As if the gateway were gone: every connection is cut, and no new one is taken until `connect`. */
  disconnect(): Promise<void>;
  connect(): Promise<void>;
  close(): Promise<void>;
}

const LAPTOP = { width: 1280, height: 800 };

export async function openConsole(options: StackOptions = {}): Promise<Console> {
  const world = await openWorld(options);
  let server: Server;
  let port = 0;
  const listen = async () => {
    server = createServer(world.stack.app);
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  };
  const cut = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  await listen();
  const url = `http://127.0.0.1:${port}`;
  const browser: Browser = await chromium.launch({
    ...(chromiumPath === undefined ? {} : { executablePath: chromiumPath }),
    args: ['--no-sandbox', '--disable-gpu'],
  });
  const open: Console['open'] = async (options = {}) => {
    const context = await browser.newContext({ viewport: LAPTOP, locale: 'en-GB', ...options });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) faults.push(message.text());
    });
    page.on('pageerror', (error) => faults.push(String(error)));
    page.on('request', (request) => {
      if (!/^(?:blob|data):/.test(request.url()) && !request.url().startsWith(url)) faults.push(request.url());
    });
    await page.goto(url);
    return { page, faults, close: () => context.close() };
  };
  return {
    ...{ world, url, open, connect: listen, disconnect: cut },
    async signIn(key, place = '', options = {}) {
      const opened = await open(options);
      await opened.page.goto(`${url}/#/${place}`);
      await opened.page.locator('#key-file').setInputFiles(join(world.stack.keysFolder, `${key}.json`));
      await opened.page.locator('.connection.live').waitFor();
      return opened;
    },
    async close() {
      await browser.close();
      await cut();
      await world.close();
    },
  };
}

/** What axe finds against WCAG 2.2 AA and its best practices, `minor` left out. */
export async function axeFindings(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const { violations } = (await page.evaluate('axe.run(document, { resultTypes: ["violations"] })')) as {
    violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[];
  };
  return violations
    .filter(({ impact }) => impact !== 'minor')
    .flatMap(({ id, impact, nodes }) =>
      nodes.slice(0, 3).map(({ html, failureSummary }) => `${impact} ${id}: ${html} ${failureSummary}`),
    );
}

/**
 * What one would have to scroll sideways for: what scrolls that way, and what one presses or fills in that is not wholly on
 * the screen. A picture that is walked through moves by itself.
 */
export const sideways = (page: Page): Promise<string[]> =>
  page.evaluate(`(() => {
    const told = (element) => element.outerHTML.slice(0, 120);
    const all = [...document.querySelectorAll('body, body *')].filter((element) => !element.closest('svg, .skip'));
    const shown = all.filter((element) => element.getClientRects().length > 0);
    const scrolling = shown.filter(
      (element) =>
        /auto|scroll/.test(getComputedStyle(element).overflowX) && element.scrollWidth > element.clientWidth + 1,
    );
    const outside = shown
      .filter((element) => element.matches('a, button, input, select, label, h1, h2'))
      .filter((element) => {
        const { left, right } = element.getBoundingClientRect();
        return left < -1 || right > innerWidth + 1;
      });
    return [...scrolling, ...outside].map(told);
  })()`);

/** Fails with what the page complained of. */
export const expectNoFaults = ({ faults }: Opened): void => expect(faults).toEqual([]);
