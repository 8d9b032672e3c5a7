import { readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32, deflateRawSync, gunzipSync, gzipSync, inflateRawSync } from 'node:zlib'
import type { Random } from '../../sample/random'
import { mutateManifest } from './manifest-mutations'
import { mutateText } from './text-mutations'

/** Damages a bill in a folder in one way, and answers what was done. */
export async function mutateBill(root: string, files: readonly string[], random: Random): Promise<string> {
  const manifests = (await readdir(root, { recursive: true }))
    .filter((name) => /manifest\.json$/i.test(name))
    .sort()
    .map((name) => join(root, name))
  const file = files[random.integer(0, files.length - 1)] ?? ''
  const parquet = file.endsWith('.parquet')
  const draw = random.next()
  if (manifests.length > 0 && draw < 0.18) {
    const path = manifests[random.integer(0, manifests.length - 1)] ?? ''
    return await mutateManifest(path, random)
  }
  if (draw < 0.24) return await giveWrongName(file, random)
  if (parquet || draw < 0.45) return await damageContainer(file, random)
  const done = await mutateContent(file, random)
  // Every other time a second thing goes wrong.
  return random.chance(0.3) ? `${done}, and ${await mutateContent(file, random)}` : done
}

async function giveWrongName(file: string, random: Random): Promise<string> {
  const ending = random.pick(['.csv', '.csv.gz', '.zip', '.parquet', '.txt', '', '.csv.csv', '.PARQUET'])
  const name = `${file.replace(/(\.(csv|gz|zip|parquet|snappy))+$/i, '')}${ending}`
  await rename(file, name)
  return `named ${ending === '' ? 'without an ending' : ending}`
}

/** Bytes of the file as it lies there: compressed blocks, Parquet pages, directories and checksums. */
async function damageContainer(file: string, random: Random): Promise<string> {
  const bytes = await readFile(file)
  const somewhere = () => random.integer(0, Math.max(0, bytes.length - 1))
  const kind = random.pick(['bits', 'cut', 'zeros', 'repeat', 'lose', 'append', 'swap', 'tail'])
  switch (kind) {
    case 'bits':
      for (let flip = random.integer(1, 4); flip > 0; flip -= 1) {
        const at = somewhere()
        bytes[at] = (bytes[at] ?? 0) ^ (1 << random.integer(0, 7))
      }
      await writeFile(file, bytes)
      break
    case 'cut':
      await writeFile(file, bytes.subarray(0, somewhere()))
      break
    case 'zeros': {
      const at = somewhere()
      bytes.fill(0, at, at + random.integer(1, 600))
      await writeFile(file, bytes)
      break
    }
    case 'repeat': {
      const [from, to] = [somewhere(), somewhere()].sort((a, b) => a - b) as [number, number]
      await writeFile(file, Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)]))
      break
    }
    case 'lose': {
      const at = somewhere()
      await writeFile(
        file,
        Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + random.integer(1, 900))]),
      )
      break
    }
    case 'append':
      await writeFile(file, Buffer.concat([bytes, Buffer.from(random.hex(random.integer(1, 64)))]))
      break
    case 'swap': {
      const length = random.integer(1, 300)
      const [a, b] = [somewhere(), somewhere()]
      const kept = Buffer.from(bytes.subarray(a, a + length))
      bytes.copy(bytes, a, b, Math.min(bytes.length, b + length))
      kept.copy(bytes, b)
      await writeFile(file, bytes)
      break
    }
    case 'tail': {
      // Where Parquet has its footer and ZIP its directory.
      const at = Math.max(0, bytes.length - random.integer(1, 1_200))
      bytes[at] = random.integer(0, 255)
      await writeFile(file, bytes)
      break
    }
  }
  return `container: ${kind}`
}

/** The text inside, packed again so that the container is whole. */
async function mutateContent(file: string, random: Random): Promise<string> {
  const packed = await readFile(file)
  if (packed[0] === 0x1f && packed[1] === 0x8b) {
    const { bytes, done } = mutateText(gunzipSync(packed), random)
    await writeFile(file, gzipSync(bytes, { level: 1 }))
    return done
  }
  if (packed.subarray(0, 2).toString('latin1') === 'PK') {
    const { bytes, done } = mutateText(memberOf(packed), random)
    await writeFile(file, zipOf('bill.csv', bytes))
    return done
  }
  const { bytes, done } = mutateText(packed, random)
  await writeFile(file, bytes)
  return done
}

/** The one member of an archive, found from its directory. */
function memberOf(archive: Buffer): Buffer {
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  const directory = archive.readUInt32LE(end + 16)
  const compressed = archive.readUInt32LE(directory + 20)
  const local = archive.readUInt32LE(directory + 42)
  const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28)
  return inflateRawSync(archive.subarray(start, start + compressed))
}

function zipOf(name: string, content: Buffer): Buffer {
  const packed = deflateRawSync(content, { level: 1 })
  const sum = crc32(content)
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  const central = Buffer.alloc(46)
  central.writeUInt32LE(0x02014b50, 0)
  central.writeUInt16LE(20, 4)
  for (const [part, at] of [
    [local, 4],
    [central, 6],
  ] as const) {
    part.writeUInt16LE(20, at)
    part.writeUInt16LE(8, at + 4)
    part.writeUInt32LE(sum, at + 10)
    part.writeUInt32LE(packed.length, at + 14)
    part.writeUInt32LE(content.length, at + 18)
    part.writeUInt16LE(Buffer.byteLength(name), at + 22)
  }
  const front = Buffer.concat([local, Buffer.from(name), packed])
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(central.length + Buffer.byteLength(name), 12)
  end.writeUInt32LE(front.length, 16)
  return Buffer.concat([front, central, Buffer.from(name), end])
}
