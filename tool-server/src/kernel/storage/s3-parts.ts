// A file in a bucket that is put in parts. Which parts there are, the caller keeps: no call to S3 is needed to go on.
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { checkedKey } from './keys.ts'
import type { StorageParts } from './promises.ts'

export function s3Parts(client: S3Client, Bucket: string): StorageParts {
  const at = (key: string) => ({ Bucket, Key: checkedKey(key) })
  return {
    async begin(key, { contentType }) {
      const { UploadId } = await client.send(new CreateMultipartUploadCommand({ ...at(key), ContentType: contentType }))
      if (!UploadId) throw new Error('S3 began no upload')
      return UploadId
    },
    async put(key, UploadId, PartNumber, Body) {
      const { ETag } = await client.send(new UploadPartCommand({ ...at(key), UploadId, PartNumber, Body }))
      if (!ETag) throw new Error('S3 took a part and gave no tag for it')
      return { etag: ETag }
    },
    async end(key, UploadId, etags) {
      const Parts = etags.map((ETag, place) => ({ ETag, PartNumber: place + 1 }))
      await client.send(new CompleteMultipartUploadCommand({ ...at(key), UploadId, MultipartUpload: { Parts } }))
    },
    async drop(key, UploadId) {
      // What is left of it the bucket's own rule sweeps, too (docs/operations.md).
      await client.send(new AbortMultipartUploadCommand({ ...at(key), UploadId })).catch(() => undefined)
    },
  }
}
