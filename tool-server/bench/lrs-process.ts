// An LRS on a port, as a process of its own: takes whatever comes and keeps nothing.
import { startStubLrs } from '../../fixtures/lrs/stub.ts'

const stub = await startStubLrs({ port: Number(process.argv[2]), keep: false })
// Nobody looks at them.
setInterval(() => stub.posts.splice(0), 1000)
