import { type Entry, fromBuffer, type ZipFile } from 'yauzl'

/** The files inside a workbook, as text. */
export function workbookFiles(workbook: Uint8Array): Promise<ReadonlyMap<string, string>> {
  return new Promise((resolve, reject) => {
    fromBuffer(Buffer.from(workbook), { lazyEntries: true }, (error, zip?: ZipFile) => {
      if (error || zip === undefined) return reject(error)
      const found = new Map<string, string>()
      zip.on('entry', (entry: Entry) => {
        zip.openReadStream(entry, (failure, stream) => {
          if (failure) return reject(failure)
          const parts: Buffer[] = []
          stream.on('data', (part: Buffer) => parts.push(part))
          stream.on('end', () => {
            found.set(entry.fileName, Buffer.concat(parts).toString('utf8'))
            zip.readEntry()
          })
        })
      })
      zip.on('end', () => resolve(found))
      zip.readEntry()
    })
  })
}
