/**
 * A WebAssembly module in which some exported functions do nothing: what they should have put out
 * stays zero in fresh memory. Numbers in the format are LEB128; see the WebAssembly specification,
 * section 5.
 */
export function emptyFunctions(module: Buffer, isEmptied: (name: string) => boolean): Buffer {
  const bytes = Buffer.from(module);
  let at = 8;
  const number = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++]!;
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  const sections = new Map<number, number>();
  while (at < bytes.length) {
    const id = bytes[at++]!;
    const size = number();
    sections.set(id, at);
    at += size;
  }
  const read = <T>(section: number, item: () => T): T[] => {
    if (!sections.has(section)) return [];
    at = sections.get(section)!;
    return Array.from({ length: number() }, item);
  };
  const skipLimits = (): void => {
    if (bytes[at++]! & 1) number();
    number();
  };
  const skipName = (): void => {
    const length = number();
    at += length;
  };
  const imports = read(2, () => {
    skipName();
    skipName();
    const kind = bytes[at++]!;
    if (kind === 0) number();
    else if (kind === 2) skipLimits();
    else throw new Error(`There is an import of kind ${kind}`);
    return kind;
  });
  const imported = imports.filter((kind) => kind === 0).length;
  const emptied = read(7, () => {
    const length = number();
    const name = bytes.toString('utf8', at, at + length);
    at += length;
    const kind = bytes[at++]!;
    const index = number();
    return kind === 0 && isEmptied(name) ? index - imported : -1;
  }).filter((index) => index >= 0);
  if (emptied.length === 0) throw new Error('No such function is exported');
  read(10, () => {
    const size = number();
    const body = { start: at, end: at + size };
    at = body.end;
    return body;
  }).forEach(({ start, end }, index) => {
    if (!emptied.includes(index)) return;
    at = start;
    // Its variables stay; every instruction but the last, `end`, becomes `nop`.
    for (let groups = number(); groups > 0; groups--) {
      number();
      at++;
    }
    bytes.fill(1, at, end - 1);
  });
  return bytes;
}
