import type { XmlElement, XmlNode } from '../types.js';

type Child = XmlNode | readonly XmlNode[] | null | undefined;

/** An element of the children that are there: null, undefined and empty lists are left out. */
export function element(children: Readonly<Record<string, Child>>): XmlElement {
  if (Object.values(children).every(isThere)) return children as XmlElement;
  const kept: Record<string, XmlNode | readonly XmlNode[]> = {};
  for (const name in children) {
    const value = children[name];
    if (isThere(value)) kept[name] = value;
  }
  return kept;
}

const isThere = (child: Child): child is XmlNode | readonly XmlNode[] =>
  child !== null && child !== undefined && !(Array.isArray(child) && child.length === 0);

/** An agent named by its BIC (`FinInstnId/BICFI`), or nothing. */
export const agent = (bic: string | null | undefined): XmlElement | undefined =>
  bic === null || bic === undefined ? undefined : { FinInstnId: { BICFI: bic } };

/** `CurrencyAndAmount`. */
export const amount = (text: string, currency: string): XmlElement => ({ '#': text, '@Ccy': currency });

/** An account by its id: `IBAN` when it has the shape of one, else `Othr/Id`. */
export const account = (id: string): XmlElement => ({
  Id: IBAN.test(id) ? { IBAN: id } : { Othr: { Id: id } },
});

const IBAN = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/;
