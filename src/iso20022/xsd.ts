/** XML schemas written from the catalogue. They accept and refuse what the schemas of ISO 20022 do. */
import { invariant } from '../kernel/result.js';
import { catalogueMessage, catalogueSimpleType, type TypeDefinition } from './catalogue/catalogue.js';
import type { GroupParticle, Particle, SimpleTypeRow } from './catalogue/notation.js';
import type { MessageId } from './types.js';

const attribute = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const occurs = ({ min, max }: { readonly min: number; readonly max: number }): string => {
  const least = min === 1 ? '' : ` minOccurs="${min}"`;
  if (max === 1) return least;
  return `${least} maxOccurs="${max === Number.POSITIVE_INFINITY ? 'unbounded' : max}"`;
};

const particle = (part: Particle, pad: string): string => {
  if (part.kind === 'element') return `${pad}<xs:element name="${part.name}" type="${part.type}"${occurs(part)}/>\n`;
  if (part.kind === 'any')
    return `${pad}<xs:any namespace="${attribute(part.namespace)}" processContents="${part.processContents}"${occurs(part)}/>\n`;
  return group(part, pad);
};

const group = (part: GroupParticle, pad: string): string => {
  const inside = part.parts.map((child) => particle(child, `${pad}  `)).join('');
  return `${pad}<xs:${part.kind}${occurs(part)}>\n${inside}${pad}</xs:${part.kind}>\n`;
};

const facets = ({ base: _base, enumeration, ...rest }: SimpleTypeRow): string => {
  const single = Object.entries(rest).map(
    ([name, value]) => `      <xs:${name} value="${attribute(String(value))}"/>\n`,
  );
  const codes = enumeration?.split(' ') ?? [];
  return single.concat(codes.map((code) => `      <xs:enumeration value="${attribute(code)}"/>\n`)).join('');
};

const typeDefinition = (type: TypeDefinition, name: string): string => {
  if (type.kind === 'simple')
    return `  <xs:simpleType name="${name}">\n    <xs:restriction base="xs:${type.facets.base}">\n${facets(type.facets)}    </xs:restriction>\n  </xs:simpleType>\n`;
  if (type.kind === 'group')
    return `  <xs:complexType name="${name}">\n${group(type.group, '    ')}  </xs:complexType>\n`;
  const attributes = type.attributes
    .map(
      (use) =>
        `        <xs:attribute name="${use.name}" type="${use.type}"${use.required ? ' use="required"' : ''}/>\n`,
    )
    .join('');
  return `  <xs:complexType name="${name}">\n    <xs:simpleContent>\n      <xs:extension base="${type.base.name}">\n${attributes}      </xs:extension>\n    </xs:simpleContent>\n  </xs:complexType>\n`;
};

/** The schema of a message of the catalogue, in the namespace of ISO 20022. Throws for an id it does not hold. */
export const generateXsd = (id: MessageId): string => {
  const message = catalogueMessage(id);
  invariant(message !== undefined, `the catalogue has no message ${id}`);
  const types = [...message.types.values()].map((type) => typeDefinition(type, type.name)).join('');
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<xs:schema xmlns="${message.namespace}" xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified" targetNamespace="${message.namespace}">\n` +
    `  <xs:element name="${message.root}" type="${message.rootType.name}"/>\n${types}</xs:schema>\n`
  );
};

/** The schema of one element `v`, in no namespace, of a simple type of the catalogue. Throws for a name it does not hold. */
export const generateSimpleTypeXsd = (name: string): string => {
  const type = catalogueSimpleType(name);
  invariant(type !== undefined, `the catalogue has no simple type ${name}`);
  return `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">\n  <xs:element name="v" type="${name}"/>\n${typeDefinition(type, name)}</xs:schema>\n`;
};
