import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type HttpProxy, openHttpProxy } from '../../bench/support/faults/http-proxy.js';

let server: Server;
let proxy: HttpProxy;
let heard: string[];

beforeEach(async () => {
  heard = [];
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      heard.push(`${request.method} ${request.url} ${request.headers['x-signed']} ${body}`);
      response.setHeader('x-answer', 'yes');
      response.end(`heard ${body}`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  proxy = await openHttpProxy();
  proxy.aim(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`);
});
afterEach(async () => {
  await proxy.close();
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
});

const post = async (path: string, body: string): Promise<string> => {
  const response = await fetch(`${proxy.url}${path}`, { method: 'POST', headers: { 'x-signed': 'a=b' }, body });
  return `${response.status} ${response.headers.get('x-answer')} ${await response.text()}`;
};
const broken = (answer: Promise<string>) => answer.then(String, () => 'broken');

describe('the HTTP proxy', () => {
  it('carries requests and answers as they are', async () => {
    expect(await post('/a?b=c', 'one')).toBe('200 yes heard one');
    expect(heard).toEqual(['POST /a?b=c a=b one']);
  });

  it('breaks every connection of a cut link, and heals', async () => {
    proxy.set('cut');
    expect(await broken(post('/a', 'one'))).toBe('broken');
    expect(heard).toEqual([]);
    proxy.set('open');
    expect(await post('/a', 'two')).toBe('200 yes heard two');
  });

  it('says nothing while the link is silent, and delivers late', async () => {
    proxy.set('silent');
    const answer = post('/a', 'one');
    const race = await Promise.race([answer, new Promise((resolve) => setImmediate(() => resolve('nothing')))]);
    expect(race).toBe('nothing');
    proxy.set('open');
    expect(await answer).toBe('200 yes heard one');
  });

  it('stops the n-th request of a path before the other side has it', async () => {
    const trap = proxy.arm(({ path }) => path === '/a', 'before', 2);
    await post('/a', 'one');
    await post('/b', 'two');
    const answer = broken(post('/a', 'three'));
    const caught = await trap.caught;
    expect(heard).toHaveLength(2);
    caught.drop();
    expect(await answer).toBe('broken');
    expect(heard).toHaveLength(2);
  });

  it('stops a request that the other side has answered', async () => {
    const trap = proxy.arm(({ path }) => path === '/a', 'after');
    const answer = broken(post('/a', 'one'));
    const caught = await trap.caught;
    expect(heard).toHaveLength(1);
    proxy.set('cut');
    caught.release();
    expect(await answer).toBe('broken');
  });

  it('lets an answer go on that was stopped', async () => {
    const trap = proxy.arm(() => true, 'after');
    const answer = post('/a', 'one');
    trap.disarm();
    expect(await answer).toBe('200 yes heard one');
  });
});
