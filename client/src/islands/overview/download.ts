export { download } from '../../shell/download.ts'
