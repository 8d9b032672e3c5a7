/** The first moment that a ZIP can write down: 1 January 1980. */
const fixedTime = 0
const fixedDate = 0x21

const endRecord = 0x06054b50
const centralRecord = 0x02014b50

/** A workbook is a ZIP, and a ZIP says when each of its files was written: the same report would never be the same file. */
export function withFixedTimes(zip: Buffer): Uint8Array {
  const fixed = Buffer.from(zip)
  let end = fixed.length - 22
  while (end >= 0 && fixed.readUInt32LE(end) !== endRecord) end -= 1
  if (end < 0) throw new Error('the workbook is no ZIP')
  let at = fixed.readUInt32LE(end + 16)
  for (let count = fixed.readUInt16LE(end + 10); count > 0; count -= 1) {
    if (fixed.readUInt32LE(at) !== centralRecord)
      throw new Error('the directory of the workbook is not where it says')
    fixed.writeUInt16LE(fixedTime, at + 12)
    fixed.writeUInt16LE(fixedDate, at + 14)
    const local = fixed.readUInt32LE(at + 42)
    fixed.writeUInt16LE(fixedTime, local + 10)
    fixed.writeUInt16LE(fixedDate, local + 12)
    at += 46 + fixed.readUInt16LE(at + 28) + fixed.readUInt16LE(at + 30) + fixed.readUInt16LE(at + 32)
  }
  return fixed
}
