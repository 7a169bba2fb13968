// s3rver brings no types: what the tests use of it.
declare module 's3rver' {
  // biome-ignore lint/style/noDefaultExport: that is how it exports itself
  export default class S3rver {
    constructor(options: {
      port: number
      address: string
      silent: boolean
      directory: string
      configureBuckets: { name: string; configs: string[] }[]
    })
    readonly httpServer?: { closeAllConnections(): void }
    run(): Promise<unknown>
    close(): Promise<void>
  }
}
