import type { Request } from 'express';
import { RefusalError, refusal } from '../../kernel/errors.js';
import { type Bic, isBic, isWalletId, type WalletId } from '../../kernel/ids.js';
import { parseAmount } from '../../kernel/money.js';
import { badRequest } from './refusal.js';

/** Reading what a request says; everything that doesn't fit ends in BAD_REQUEST naming the field. */
export type Fields = Readonly<Record<string, unknown>>;

/** The JSON object of the body, holding no other fields than these. */
export function bodyOf(req: Request, names: readonly string[]): Fields {
  const body: unknown = req.body;
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return badRequest('body');
  const extra = Object.keys(body).find((name) => !names.includes(name));
  return extra === undefined ? (body as Fields) : badRequest('body');
}

export function textOf(fields: Fields, name: string): string {
  const value = fields[name];
  const isText = typeof value === 'string' && value.length > 0 && value.length <= 256;
  return isText && !value.includes('\0') ? value : badRequest(name);
}

export function oneOf<T extends string>(fields: Fields, name: string, allowed: readonly T[]): T {
  const value = textOf(fields, name);
  return allowed.find((text) => text === value) ?? badRequest(name);
}

export function walletIdOf(text: string, name: string): WalletId {
  return isWalletId(text) ? text : badRequest(name);
}

export function bicOf(fields: Fields, name: string): Bic {
  const text = textOf(fields, name);
  return isBic(text) ? text : badRequest(name);
}

/** `{ "amount": "12.34", "currency": "KZT" }` of the ledger's own currency, in minor units. */
export function amountOf(fields: Fields, currency: string): bigint {
  if (textOf(fields, 'currency') !== currency) throw new RefusalError(refusal('CURRENCY_WRONG', 'currency'));
  const amount = parseAmount(textOf(fields, 'amount'), currency);
  if (amount.ok) return amount.value.minor;
  if (amount.error === 'TOO_MANY_DECIMALS') throw new RefusalError(refusal('AMOUNT_DECIMALS', 'amount'));
  if (amount.error === 'TOO_LARGE') throw new RefusalError(refusal('AMOUNT_TOO_LARGE', 'amount'));
  return badRequest('amount');
}

/** The Idempotency-Key header; it becomes the reference of the transaction. */
export function idempotencyKeyOf(req: Request): string {
  const key = req.get('idempotency-key');
  return key !== undefined && /^[\x21-\x7e]{1,128}$/.test(key) ? key : badRequest('Idempotency-Key');
}

/** A whole number in the query, within bounds. */
export function countOf(req: Request, name: string, standard: number, max: number): number {
  const value = req.query[name];
  if (value === undefined) return standard;
  const count = typeof value === 'string' && /^[1-9]\d{0,5}$/.test(value) ? Number(value) : 0;
  return count >= 1 && count <= max ? count : badRequest(name);
}

const UTC = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?Z$/;

/** A time in ISO 8601, UTC, in milliseconds. */
export function timeOf(fields: Fields, name: string): number {
  const text = textOf(fields, name);
  const at = UTC.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) || at < 0 ? badRequest(name) : at;
}

/** An object within the body, holding no other fields than these. */
export function objectOf(value: unknown, name: string, names: readonly string[]): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return badRequest(name);
  return Object.keys(value).every((key) => names.includes(key)) ? (value as Fields) : badRequest(name);
}

/** A list in the body, each of its items read. */
export function listOf<T>(value: unknown, name: string, read: (item: unknown) => T): T[] {
  return Array.isArray(value) ? value.map(read) : badRequest(name);
}

export const stringOf = (value: unknown, name: string): string =>
  typeof value === 'string' ? value : badRequest(name);
