// Storage in an S3 bucket: Amazon's, MinIO, or whatever speaks the same. Large files go in parts, each tried again by itself.
import { createReadStream, createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import type { S3Place } from '../config.ts'
import { checkedKey, checkedPrefix, isFull, MissingFile, storageFull } from './keys.ts'
import type { Source, Storage, StorageParts } from './promises.ts'
import { s3Parts } from './s3-parts.ts'

/** How the client reaches that place. Checksums only where S3 asks for them: MinIO and others do not know the new default. */
function s3ClientConfig(place: S3Place, endpoint = place.endpoint): S3ClientConfig {
  return {
    region: place.region,
    forcePathStyle: place.forcePathStyle,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: 8,
    requestHandler: { connectionTimeout: 3000, requestTimeout: 60_000, socketTimeout: 60_000 },
    ...(endpoint ? { endpoint } : {}),
    ...(place.credentials ? { credentials: place.credentials } : {}),
  }
}

/** Keeps files in the bucket of `place`. */
export function s3Storage(place: S3Place): Storage & { readonly parts: StorageParts } {
  const client = new S3Client(s3ClientConfig(place))
  // Signing needs no connection; a browser may know S3 by another address than we do.
  const signer = new S3Client(s3ClientConfig(place, place.publicEndpoint))
  const Bucket = place.bucket
  const at = (key: string) => ({ Bucket, Key: checkedKey(key) })

  async function list(prefix: string): Promise<string[]> {
    const keys: string[] = []
    let ContinuationToken: string | undefined
    do {
      const page = await client.send(new ListObjectsV2Command({ Bucket, Prefix: checkedPrefix(prefix), ContinuationToken }))
      for (const { Key } of page.Contents ?? []) if (Key) keys.push(Key)
      ContinuationToken = page.IsTruncated ? page.NextContinuationToken : undefined
    } while (ContinuationToken)
    return keys.sort()
  }

  async function read(key: string, range?: { start: number; end: number }): Promise<Readable> {
    try {
      const Range = range ? `bytes=${range.start}-${range.end}` : undefined
      const { Body } = await client.send(new GetObjectCommand({ ...at(key), ...(Range ? { Range } : {}) }))
      return Body as Readable
    } catch (error) {
      throw isMissing(error) ? new MissingFile(key) : error
    }
  }

  const fetchTo = async (key: string, file: string): Promise<void> => {
    try {
      await pipeline(await read(key), createWriteStream(file))
    } catch (error) {
      throw isFull(error) ? storageFull(error) : error
    }
  }

  return {
    kind: 's3',
    growing: null,
    async put(key, source, { contentType }) {
      try {
        return await send(client, { ...at(key), ContentType: contentType }, source)
      } catch (error) {
        throw isFull(error) || isQuota(error) ? storageFull(error) : error
      }
    },
    async stat(key) {
      try {
        const { ContentLength } = await client.send(new HeadObjectCommand(at(key)))
        return { bytes: ContentLength ?? 0 }
      } catch (error) {
        if (isMissing(error)) return null
        throw error
      }
    },
    read,
    fetchTo,
    lend: fetchTo,
    async remove(key) {
      await client.send(new DeleteObjectCommand(at(key)))
    },
    async removeAll(prefix) {
      const keys = await list(prefix)
      for (let from = 0; from < keys.length; from += 1000) {
        const Objects = keys.slice(from, from + 1000).map((Key) => ({ Key }))
        await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }))
      }
    },
    list,
    signedUrl: (key, seconds) =>
      getSignedUrl(signer, new GetObjectCommand(at(key)), { expiresIn: Math.max(1, Math.min(seconds, 604_800)) }),
    parts: s3Parts(client, Bucket),
  }
}

/** What is small or known goes in one call, which is repeated as a whole; the rest in parts of 8 MiB. */
async function send(
  client: S3Client,
  to: { Bucket: string; Key: string; ContentType: string },
  source: Source,
): Promise<{ bytes: number }> {
  if (!(source instanceof Readable) && 'bytes' in source) {
    await client.send(new PutObjectCommand({ ...to, Body: source.bytes }))
    return { bytes: source.bytes.byteLength }
  }
  if (!(source instanceof Readable)) await stat(source.file)
  let bytes = 0
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.byteLength
      done(null, chunk)
    },
  })
  const from = source instanceof Readable ? source : createReadStream(source.file)
  const upload = new Upload({ client, params: { ...to, Body: counted }, partSize: 8 * 1_048_576, queueSize: 3, leavePartsOnError: false })
  // A source that breaks off must not become a shorter file.
  await Promise.all([
    pipeline(from, counted).catch(async (error: unknown) => {
      await upload.abort()
      throw error
    }),
    upload.done(),
  ])
  return { bytes }
}

function isMissing(error: unknown): boolean {
  const { name, $metadata } = (error ?? {}) as { name?: string; $metadata?: { httpStatusCode?: number } }
  return name === 'NoSuchKey' || name === 'NotFound' || $metadata?.httpStatusCode === 404
}

/** MinIO's full disk and quota, and others' words for the same. */
function isQuota(error: unknown): boolean {
  const { name, $metadata } = (error ?? {}) as { name?: string; $metadata?: { httpStatusCode?: number } }
  return (
    $metadata?.httpStatusCode === 507 ||
    /^(XMinioStorageFull|XMinioAdminBucketQuotaExceeded|QuotaExceeded|InsufficientCapacity)/.test(name ?? '')
  )
}
