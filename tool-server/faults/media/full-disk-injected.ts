// Loaded before a process of the product where no small disk can be mounted (small-disk.ts): while the file `flag` of
// its address is there, what
// is written ends as on a full disk.
import fs, { type WriteStream } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

const flag = new URL(import.meta.url).searchParams.get('flag') ?? ''
const noRoom = (): NodeJS.ErrnoException => Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
const isFull = (): boolean => flag !== '' && fs.existsSync(flag)

const { copyFile, writeFile } = fs.promises
fs.promises.copyFile = async (...given) => {
  if (isFull()) throw noRoom()
  return copyFile(...given)
}
fs.promises.writeFile = async (...given) => {
  if (isFull() && String(given[0]) !== flag) throw noRoom()
  return writeFile(...given)
}
const { createWriteStream } = fs
fs.createWriteStream = (...given: Parameters<typeof createWriteStream>): WriteStream => {
  const stream = createWriteStream(...given)
  const write = stream._write.bind(stream)
  stream._write = (chunk, encoding, done) => (isFull() ? done(noRoom()) : write(chunk, encoding, done))
  // A stream that has `_writev` is given several chunks at once.
  ;(stream as { _writev?: unknown })._writev = undefined
  return stream
}
syncBuiltinESMExports()
