import express from 'express';
import supertest from 'supertest';
import { describe, expect, test } from 'vitest';
import { createProblemHandler, HttpProblem, problemDocument } from '../../src/gateway/problem.js';
import { QueueFullError } from '../../src/kernel/batcher.js';
import { ERRORS, type ErrorCode, refusal } from '../../src/kernel/errors.js';
import { CommitOutcomeUnknownError, LedgerFencedError } from '../../src/ledger/store.js';

const answerTo = async (error: unknown, reported: unknown[] = []) => {
  const app = express();
  app.use(() => {
    throw error;
  });
  app.use(createProblemHandler((unknown) => reported.push(unknown)));
  return supertest(app).get('/');
};

describe('problem documents (RFC 9457)', () => {
  test.each(Object.keys(ERRORS) as ErrorCode[])('%s has its own type, and the row of the error table', (code) => {
    const { http, iso, retry, title } = ERRORS[code];
    const document = problemDocument(refusal(code));
    expect(document.type).toMatch(/^urn:otkel:problem:[a-z0-9-]+$/);
    expect(document).toMatchObject({ status: http, isoReason: iso, retry, title, code });
  });

  test('a refusal with detail, instance and findings', async () => {
    const findings = [{ code: 'E1', message: 'wrong', line: 3, xpath: '/Document' }];
    const problem = new HttpProblem(refusal('SCHEMA_INVALID', '1 error'), { findings, instance: 'urn:uuid:1' });
    const answer = await answerTo(problem);
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({
      type: 'urn:otkel:problem:schema-invalid',
      title: ERRORS.SCHEMA_INVALID.title,
      status: 400,
      detail: '1 error',
      instance: 'urn:uuid:1',
      code: 'SCHEMA_INVALID',
      isoReason: 'FF01',
      retry: 'never',
      findings,
    });
  });

  test.each(['TOO_MANY_REQUESTS', 'UNAVAILABLE'] as const)('%s says when to come again', async (code) => {
    expect((await answerTo(new HttpProblem(refusal(code)))).headers['retry-after']).toBe('1');
  });

  test.each([
    [new QueueFullError('full'), 'QUEUE_FULL'],
    [new LedgerFencedError('fenced'), 'EPOCH_FENCED'],
    [new CommitOutcomeUnknownError('lost'), 'UNAVAILABLE'],
  ])('%s is %s', async (error, code) => {
    const reported: unknown[] = [];
    const answer = await answerTo(error, reported);
    expect([answer.status, answer.body.code, reported]).toEqual([503, code, []]);
  });

  test('anything else is INTERNAL: reported, and not told', async () => {
    const reported: unknown[] = [];
    const error = new Error('secret');
    const answer = await answerTo(error, reported);
    expect([answer.status, answer.body.code, reported]).toEqual([500, 'INTERNAL', [error]]);
    expect(answer.text).not.toContain('secret');
  });
});
